/** Values of another type than their key asks for, taken as Gitleaks takes them: a number as text, text as a number, one text as a list. */
import { z } from 'zod';

type Convert = (value: unknown) => unknown;

const loose = <T extends z.ZodType>(convert: Convert, schema: T) => z.preprocess(convert, schema);
const each = (convert: Convert): Convert => {
  return (value) => (Array.isArray(value) ? value.map(convert) : value);
};

export const looseText = loose(toText, z.string());
export const looseTexts = loose((value) => each(toText)(toList(value)), z.array(z.string()).default([]));
export const looseNumber = loose((value) => toNumber(value, toDecimal), z.number());
export const looseInteger = loose((value) => truncate(toNumber(value, toInteger)), z.number());
export const looseFlag = loose(toFlag, z.boolean());

/** A table, or a list of tables. */
export function oneOrMore<T extends z.ZodType>(item: T) {
  const convert: Convert = (value) => (value === undefined || Array.isArray(value) ? value : [value]);
  return loose(convert, z.array(item).default([]));
}

function toText(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return typeof value === 'number' ? String(value) : value;
}

function toList(value: unknown): unknown {
  if (typeof value === 'string') return value === '' ? [] : value.split(',');
  return typeof value === 'number' || typeof value === 'boolean' ? [value] : value;
}

function toNumber(value: unknown, ofText: (text: string) => number | null): unknown {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'string' ? (value === '' ? 0 : (ofText(value) ?? value)) : value;
}

function toDecimal(text: string): number | null {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
}

/** As Go has its literals: a leading zero alone means octal. */
function toInteger(text: string): number | null {
  const match = /^([+-]?)(\d+|0x[\da-f]+|0o[0-7]+|0b[01]+)$/i.exec(text);
  if (match === null) return null;
  const size = Number(match[2]!.replace(/^0(?=\d)/, '0o'));
  return match[1] === '-' ? -size : size;
}

function truncate(value: unknown): unknown {
  return typeof value === 'number' ? Math.trunc(value) : value;
}

function toFlag(value: unknown): unknown {
  if (typeof value === 'number') return value !== 0;
  if (typeof value !== 'string') return value;
  if (/^(?:1|t|true|True|TRUE|T)$/.test(value)) return true;
  return /^(?:|0|f|false|False|FALSE|F)$/.test(value) ? false : value;
}
