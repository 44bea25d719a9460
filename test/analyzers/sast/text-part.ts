/** Parts of other languages than Python, and budgets that end. */
import type { Budget } from '#domain/analyzer.ts';
import type { Language, Part, PartKind } from '#domain/part.ts';
import { threadTime } from '#domain/thread-time.ts';

export function textPart(text: string, language: Language = null, kind: PartKind = 'source'): Part {
  const path = language === null ? 'notes.txt' : `conf.${language}`;
  return { path, kind, language, text, locate: () => ({ line: 1, column: 1 }) };
}

/** A budget that ends after so many milliseconds. */
export function within(ms: number): Budget {
  const end = threadTime() + ms;
  return { expired: () => threadTime() > end };
}
