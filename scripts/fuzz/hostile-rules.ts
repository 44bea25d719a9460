/** Rule files that nobody writes by accident: operators in operators, patterns without end, values of any type. */
import { CONSTRUCTS } from './constructs.ts';
import type { Random } from './random.ts';

const HEAD = 'id: r, message: m, severity: ERROR, languages: [python, generic, json, yaml, bash]';
const flow = (keys: string) => `rules:\n- {${HEAD}, ${keys}}\n`;
const block = (keys: string) => `rules:\n- id: r\n  message: $X\n  severity: ERROR\n  languages: [python]\n${keys}`;
const text = (pattern: string) => block(`  pattern: |\n${pattern.replace(/^/gm, '    ')}\n`);

const OPERATORS = [
  'pattern',
  'patterns',
  'pattern-either',
  'pattern-inside',
  'pattern-not',
  'metavariable-pattern',
  'match',
];
const VALUES = [
  'null',
  '1',
  '[]',
  '{}',
  '""',
  '[[[]]]',
  '{a: {b: c}}',
  '~',
  '2026-01-01',
  '1e999',
  '!!binary "aGk="',
  '"\\0"',
];
const NAMES = [
  '$X',
  '$',
  '$$',
  '$x',
  '$X Y',
  '$...X',
  '$_',
  '$1',
  '$99999999999',
  '"__proto__"',
  'constructor',
  '"\\n"',
  '$ÄÖ',
];

type Make = (random: Random, size: number) => string;

const MAKERS: readonly Make[] = [
  (random, size) => {
    const operator = random.pick(['patterns', 'pattern-either']);
    return flow(`${`${operator}: [{`.repeat(size)}pattern: x${'}]'.repeat(size)}`);
  },
  (random, size) => {
    const operator = random.pick(['pattern-not', 'pattern-inside', 'pattern-not-inside']);
    return flow(`patterns: [{pattern: x}, {${`${operator}: {`.repeat(size)}pattern: x${'}'.repeat(size)}}]`);
  },
  (_, size) => flow(`match: ${'{any: ['.repeat(size)}x${']}'.repeat(size)}`),
  (_, size) =>
    flow(
      `patterns: [{pattern: f($X)}, ${'{metavariable-pattern: {metavariable: $X, patterns: ['.repeat(size)}{pattern: x}${']}}'.repeat(size)}]`,
    ),
  (random, size) => text(random.pick(CONSTRUCTS).write(size)),
  (_, size) => block(`  pattern-either:\n${'  - pattern: f($X, ...)\n'.repeat(size * 10)}`),
  (_, size) => block(`  pattern: f(${'..., $X, '.repeat(size)}...)\n`),
  (_, size) => text('$X = f()\n...\n'.repeat(size)),
  (random, size) =>
    block(
      `  pattern-regex: "${random.pick(['(a|b)*', '(', '[a-z]{1,9}', '(?=a', 'a{1000}', '(?i)\\\\p{L}'])}`.concat(
        'a?'.repeat(size),
        '"\n',
      ),
    ),
  (_, size) => block(`  pattern-regex: '${'('.repeat(size)}${')*'.repeat(size)}'\n`),
  (_, size) =>
    `a: &a0 [x, x]\n${Array.from({ length: Math.min(size, 90) }, (_, i) => `a${i}: &a${i + 1} [*a${i}, *a${i}]\n`).join('')}rules: *a3\n`,
  (_, size) => `rules:\n${`- {${HEAD}, pattern: f($X)}\n`.repeat(size)}`,
  (_, size) => `rules: ${'['.repeat(size)}${']'.repeat(size)}`,
  (random) => flow(`${random.pick(OPERATORS)}: ${random.pick(VALUES)}`),
  (random) => flow(`patterns: [{pattern: 'f($X)'}, {${random.pick(OPERATORS)}: ${random.pick(VALUES)}}]`),
  (random) => `rules: ${random.pick(VALUES)}`,
  (random) =>
    `rules:\n- {id: ${random.pick(VALUES)}, message: ${random.pick(VALUES)}, severity: ERROR, languages: [python], pattern: x}`,
  (random) =>
    flow(
      `patterns: [{pattern: 'f($X)'}, {metavariable-regex: {metavariable: ${random.pick(NAMES)}, regex: ${random.pick(VALUES)}}}, {focus-metavariable: ${random.pick(NAMES)}}]`,
    ),
  (_, size) =>
    block(
      `  patterns:\n  - pattern: f($X)\n  - metavariable-comparison:\n      comparison: ${'('.repeat(size)}$X > 1${')'.repeat(size)}\n`,
    ),
  (_, size) =>
    block(
      `  patterns:\n  - pattern: f($X)\n  - metavariable-comparison:\n      comparison: $X ${'** 9 '.repeat(size)} > 1\n`,
    ),
  (_, size) =>
    `rules:\n- {${HEAD}, mode: taint, pattern-sources: [{pattern: x, requires: '${'('.repeat(size)}A${')'.repeat(size)}'}], pattern-sinks: [${'{pattern: f($X), requires: A and not B},'.repeat(size)}]}`,
  (random, size) =>
    `rules:\n- {${HEAD}, pattern: x, options: {${random.pick(['generic_ellipsis_max_span: 1e9', 'taint_focus_on: 3', 'ac_matching: [1]'])}}, paths: {include: ['${'**/'.repeat(size)}*', '${'{a,'.repeat(size)}', '${'*a'.repeat(size)}']}}`,
];

export function hostileRules(random: Random): string {
  const size = random.percent(30) ? 1_000 + random.below(4_000) : 1 + random.below(120);
  return random.pick(MAKERS)(random, size);
}
