/** What a rule looks for, made when a text comes that may hold it: a text meets few of the rules that there are. */
import type { LanguageName } from '#analyzers/sast/language/target-language.ts';
import type { Need } from './formula.ts';
import type { Search } from './search.ts';

export interface LateSearch {
  readonly language: LanguageName;
  /** Met by every text in which something could be found. */
  readonly hint: Need;
  make(): Search;
}

export function searchAtOnce(search: Search): LateSearch {
  return { language: search.language, hint: search.need, make: () => search };
}
