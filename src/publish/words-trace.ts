/** How tainted data came to where it was found, in words: from its source over the variables that held it to the sink. */
import type { Location } from '#domain/location.ts';
import type { JudgedFinding } from '#domain/verdict.ts';
import { cellPhrase } from './words-places.ts';

/** More places than this are told by the first and the last ones. */
const MAX_PLACES = 6;

export function stepName(index: number, length: number): string {
  if (index === 0) return 'source';
  return index === length - 1 ? 'sink' : 'passed on';
}

/** `source line 3 → line 5 → sink line 9`; null where there is no way to tell, or all of it is on one line. */
export function tracePhrase({ trace }: Pick<JudgedFinding, 'trace'>): string | null {
  const places = (trace ?? []).map(placePhrase).filter((place, i, all) => place !== all[i - 1]);
  const [source, ...others] = places;
  const sink = others.pop();
  if (source === undefined || sink === undefined) return null;
  const left = others.length - MAX_PLACES;
  const between = left <= 0 ? others : [...others.slice(0, MAX_PLACES / 2), '…', ...others.slice(-MAX_PLACES / 2)];
  return [`source ${source}`, ...between, `sink ${sink}`].join(' → ');
}

function placePhrase({ startLine, cell }: Location): string {
  return cell === undefined ? `line ${startLine}` : cellPhrase(cell);
}
