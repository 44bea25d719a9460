/** The Python parser at its limits: more indentation than its scanner can count, and time that runs out while it reads. */
import { describe, expect, it } from 'vitest';
import { capIndentation } from '#analyzers/sast/syntax/indentation.ts';
import { loadPythonParser } from '#analyzers/sast/syntax/parser.ts';
import { linesFound } from './find.ts';

const nested = (line: string, depth: number, last: string) =>
  [...Array.from({ length: depth }, (_, i) => ' '.repeat(i) + line), ' '.repeat(depth) + last].join('\n');

describe('indentation', () => {
  it('leaves code that people write as it is', () => {
    const text = 'def f():\n\tif a:\n\t\treturn 1\n\n        # far out\n';
    expect(capIndentation(text)).toBe(text);
  });

  it('keeps every offset where there are too many levels', () => {
    const text = nested('if a:', 2_000, 'eval(x)');
    const capped = capIndentation(text);
    expect(capped).toHaveLength(text.length);
    expect(capped.replace(/\f/g, ' ')).toBe(text);
  });

  it('finds what stands within 2,000 functions, and again what comes after', async () => {
    const text = nested('def f(a):', 2_000, 'eval(x)');
    expect(await linesFound('pattern: eval(...)', text)).toEqual([2_001]);
    expect(await linesFound('pattern: eval(...)', 'eval(x)\n')).toEqual([1]);
  });

  it('finds what stands behind a table that is indented in every way', async () => {
    const table = Array.from({ length: 900 }, (_, i) => `${' '.repeat(i)}1,`).join('\n');
    expect(await linesFound('pattern: eval(...)', `x = [\n${table}\n]\neval(x)\n`)).toEqual([903]);
  });
});

describe('time that runs out', () => {
  const text = 'eval(x)\n'.repeat(100_000);

  it('leaves the beginning of the file, and says where it stopped', async () => {
    const parser = await loadPythonParser();
    let asked = 0;
    const whole = parser.parse(text, { expired: () => ++asked < 0 })!;
    expect(whole.readTo).toBeNull();
    const last = asked - 10;
    asked = 0;
    const part = parser.parse(text, { expired: () => ++asked > last })!;
    expect(part.readTo).toBeGreaterThan(0);
    expect(part.nodes.length).toBeGreaterThan(1_000);
    expect(part.nodes.length).toBeLessThan(whole.nodes.length);
    expect(part.nodes.every((node) => node.start <= part.readTo!)).toBe(true);
  });

  it('leaves nothing when it was up before', async () => {
    const parser = await loadPythonParser();
    expect(parser.parse(text, { expired: () => true })).toBeNull();
  });
});
