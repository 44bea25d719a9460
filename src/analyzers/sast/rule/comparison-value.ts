/** The values of metavariable-comparison: what Semgrep calculates with, and how. Nothing holds for what is not known. */

/** Integers have 64 bits. A list is equal only to one with values of the same types. */
export type Value = bigint | number | string | boolean | readonly Value[];

/** Not known: so is all that is made of it. */
export const UNKNOWN = undefined;
export type Maybe = Value | typeof UNKNOWN;

const INTEGER = /^([+-]?)(0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:0u)?\d[\d_]*)$/;
const MAX_DIGITS = 100;

/** An integer as text; unknown where it has more than 64 bits. */
export function toInteger(text: string): Maybe {
  const [, sign, digits] = INTEGER.exec(text) ?? [];
  if (digits === undefined || digits.length > MAX_DIGITS) return UNKNOWN;
  const plain = digits.replaceAll('_', '').replace(/^0u/, '');
  const value = /^0[xXoObB]$/.test(plain) ? UNKNOWN : BigInt(plain);
  if (value === UNKNOWN || BigInt.asIntN(64, value) !== value) return UNKNOWN;
  return sign === '-' ? -value : value;
}

/** A day as `2026-03-01`, in seconds since 1970. */
export function toTime(text: string): Maybe {
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
  if (day === undefined) return UNKNOWN;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
    ? date.getTime() / 1000
    : UNKNOWN;
}

export function compare(operator: string, a: Maybe, b: Maybe): Maybe {
  if (a === UNKNOWN || b === UNKNOWN) return UNKNOWN;
  if (operator === '==') return isSame(a, b);
  if (operator === '!=') return !isSame(a, b);
  if (operator === 'in' || operator === 'not in') {
    const holds = isIn(a, b);
    return holds === UNKNOWN ? UNKNOWN : holds === (operator === 'in');
  }
  if (!isNumber(a) || !isNumber(b)) return UNKNOWN;
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    default:
      return UNKNOWN;
  }
}

function isIn(a: Value, b: Value): boolean | typeof UNKNOWN {
  if (typeof b === 'string') return typeof a === 'string' ? b.includes(a) : UNKNOWN;
  return typeof b === 'object' ? b.some((item) => isSame(a, item)) : UNKNOWN;
}

function isSame(a: Value, b: Value): boolean {
  if (isNumber(a) && isNumber(b)) return Number(a) === Number(b) && (typeof a !== typeof b || a === b);
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  return a.length === b.length && a.every((item, i) => typeof item === typeof b[i]! && isSame(item, b[i]!));
}

export function calculate(operator: string, a: Maybe, b: Maybe): Maybe {
  if (typeof a === 'bigint' && typeof b === 'bigint') {
    const value = calculateInteger(operator, a, b);
    return typeof value === 'bigint' ? BigInt.asIntN(64, value) : value;
  }
  return isNumber(a) && isNumber(b) ? calculateFloat(operator, Number(a), Number(b)) : UNKNOWN;
}

/** Division and remainder are those of machines: towards zero. */
function calculateInteger(operator: string, a: bigint, b: bigint): bigint | typeof UNKNOWN {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0n ? UNKNOWN : a / b;
    case '%':
      return b === 0n ? UNKNOWN : a % b;
    case '**': {
      const power = Number(a) ** Number(b);
      return Number.isSafeInteger(power) ? BigInt(power) : UNKNOWN;
    }
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    case '<<':
      return b < 0n || b > 63n ? UNKNOWN : a << b;
    case '>>':
      return b < 0n || b > 63n ? UNKNOWN : a >> b;
    default:
      return UNKNOWN;
  }
}

function calculateFloat(operator: string, a: number, b: number): number | typeof UNKNOWN {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '**':
      return a ** b;
    default:
      return UNKNOWN;
  }
}

export function isNumber(value: Maybe): value is bigint | number {
  return typeof value === 'bigint' || typeof value === 'number';
}
