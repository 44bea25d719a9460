/** What a vendor's reply means; whatever its file does not name means nothing. */
import type { VendorAnswer } from '#domain/verification.ts';
import type { Reply } from './ask.ts';
import type { Condition, Vendor } from './vendor-file.ts';

export function meaningOf({ active, inactive, refused }: Vendor, reply: Reply | null): VendorAnswer {
  if (reply === null) return { answer: 'unknown', reason: 'no-answer' };
  if (active.some((condition) => holds(condition, reply))) return { answer: 'active' };
  if (inactive.some((condition) => holds(condition, reply))) return { answer: 'inactive' };
  if (refused.some((condition) => holds(condition, reply))) return { answer: 'unknown', reason: 'refused' };
  const aboutTheSecret = reply.status < 500 && reply.status !== 429 && !(reply.status >= 300 && reply.status < 400);
  return { answer: 'unknown', reason: aboutTheSecret ? 'unclear' : 'no-answer' };
}

function holds({ status, equals = {}, has = [] }: Condition, reply: Reply): boolean {
  return (
    reply.status === status &&
    Object.entries(equals).every(([path, wanted]) => {
      const value = valueAt(reply.json, path);
      return Array.isArray(wanted) ? wanted.some((one) => one === value) : wanted === value;
    }) &&
    has.every((path) => (valueAt(reply.json, path) ?? null) !== null)
  );
}

function valueAt(json: unknown, path: string): unknown {
  let value = json;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
