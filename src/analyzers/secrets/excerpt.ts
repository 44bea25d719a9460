/** Shows a secret's place without the secret: the name that it is assigned to, and what stands for it. */

/** UTF-16 offsets, `end` exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * `redacted` stands for the secret. `secrets` are the ranges of all secrets of the text, sorted and without overlaps; none of them
 * shows, whole or in part. The answer is one line without control characters or broken surrogates.
 */
export function excerptOf(text: string, secret: Range, redacted: string, secrets: readonly Range[]): string {
  const before = context(text, secret.start, secrets);
  const name = NAME.exec(before)?.[0].trimStart() ?? '';
  const quote = /^["'`]/.exec(text.slice(secret.end, secret.end + 1))?.[0] ?? '';
  const clear = text.slice(secret.start, secret.end);
  const excerpt = `${name.replaceAll(clear, redacted)}${redacted}${quote}`;
  return excerpt.toWellFormed().replace(/\p{Cc}/gu, ' ');
}

/** The line up to the secret, or its last 80 units, with another secret cut out as a line break. */
function context(text: string, end: number, secrets: readonly Range[]): string {
  let start = Math.max(0, end - CONTEXT);
  for (let index = lastBefore(secrets, end); index >= 0; index--) {
    const other = secrets[index]!;
    if (other.start < end) {
      start = Math.max(start, Math.min(other.end, end));
      break;
    }
  }
  const before = text.slice(start, end);
  return before.slice(before.lastIndexOf('\n') + 1);
}

function lastBefore(secrets: readonly Range[], offset: number): number {
  let [low, high] = [0, secrets.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (secrets[middle]!.start < offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const CONTEXT = 80;
/** A name, what joins it to its value, and the opening quote; what stands further left may be another value. */
const NAME =
  /["'`]?(?:[\w.$-]+[[("'`\])\\]+){0,2}[\w.$-]*[ \t]*(?:[=:]|:=|=>)?[ \t]*[bfru]?\\?["'`]?(?:(?:bearer|basic|token) )?$/i;
