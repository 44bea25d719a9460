/** Texts that tell two engines apart: what an expression matches, what it nearly matches, and what stands around it. */
import { Buffer } from 'node:buffer';
import type { Random } from '#scripts/oracle/generate/random.ts';
import type { Walk } from './walk.ts';

const EDGES = [
  '',
  '',
  '',
  ' ',
  '\n',
  '\r\n',
  '\r',
  '\t',
  '\u000b',
  '\u0085',
  '\u00a0',
  '\0',
  '"',
  "'",
  '=',
  '_',
  '-',
  'a',
];
const TELLING = ['K', 'ſ', 'İ', 'ı', 'é', 'ß', 'Σ', '😀', '\u{10ffff}', '\ufffd', '\u2028', '\ufeff'];
const NEIGHBOURS = [...EDGES, ...TELLING];
/** Bytes that begin nothing in UTF-8, and are neither letters nor spaces in windows-1252. */
const INVALID = [[0x80], [0x99], [0xb6], [0xf7], [0x80, 0x80, 0x80]];
/** UTF-16 units: further than what is looked at first around a keyword. */
const FILLERS = [900, 1_100, 4_000, 17_000];
const STRETCHED = [300, 1_200, 5_000, 18_000];

export function createTexts(walk: Walk, count: number, random: Random): Buffer[] {
  // A byte order mark in front would be dropped when the text is decoded.
  return Array.from({ length: count }, (_, index) => {
    if (index % 12 === 5) return withInvalid(around(mutated(walk, random), random), random);
    if (index % 12 === 9) return Buffer.from(onLongLine(walk, random));
    const text = random.chance(0.5) ? word(walk, random) : mutated(walk, random);
    const more = random.chance(0.4) ? `${random.pick(['', ' ', '\n', ','])}${word(walk, random)}` : '';
    return Buffer.from(around(text + more, random).replace(/^\ufeff+/, ''));
  });
}

function word(walk: Walk, random: Random): string {
  return walk(random, random.pick([4, 20, 60]));
}

function around(text: string, random: Random): string {
  return `${random.pick(NEIGHBOURS)}${text}${random.pick(NEIGHBOURS)}`;
}

function mutated(walk: Walk, random: Random): string {
  const units = [...word(walk, random)];
  for (let times = random.below(3); times >= 0 && units.length > 0; times--) {
    const at = random.below(units.length);
    const one = units[at]!;
    const upper = one.toUpperCase();
    const change = random.below(6);
    if (change === 0) units.splice(at, 1);
    else if (change === 1) units.splice(at, 0, one);
    else if (change === 2) units[at] = one === upper ? one.toLowerCase() : upper;
    else if (change === 3) units.splice(at, 0, random.pick(NEIGHBOURS));
    else if (change === 4) units[at] = random.pick(NEIGHBOURS);
    else units.length = at;
  }
  return units.join('');
}

function onLongLine(walk: Walk, random: Random): string {
  const filler = random.pick(['.', 'x', '", "', ' ', 'a=']);
  const fill = () => filler.repeat(random.pick(FILLERS) / filler.length);
  const text = random.chance(0.5) ? walk(random, random.pick(STRETCHED)) : word(walk, random);
  return `${random.chance(0.6) ? fill() : '"'}${text}${random.chance(0.6) ? fill() : '"'}`;
}

function withInvalid(text: string, random: Random): Buffer {
  const bytes = [...Buffer.from(text.replace(/[^\0-\x7f]/g, '?'))];
  for (let times = random.below(3); times >= 0; times--) {
    bytes.splice(random.below(bytes.length + 1), random.below(2), ...random.pick(INVALID));
  }
  return Buffer.from(bytes);
}
