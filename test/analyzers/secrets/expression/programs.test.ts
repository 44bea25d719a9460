/** What re2js has compiled is bounded, and who has dropped a program answers as before. */
import { describe, expect, test } from 'vitest';
import { programOf } from '#analyzers/secrets/expression/program.ts';
import { createPrograms } from '#analyzers/secrets/expression/programs.ts';

const SOURCES = Array.from({ length: 50 }, (_, index) => `key${index}=[a-z]{100}`);
const MAX_STEPS = 1_000;

describe('the programs of a thread', () => {
  test('have no more steps together than is allowed', () => {
    const programs = createPrograms(MAX_STEPS);
    for (const source of [...SOURCES, ...SOURCES]) {
      programs.get(source);
      expect(programs.steps()).toBeLessThanOrEqual(MAX_STEPS);
    }
  });

  test('are the same while they are kept, and answer the same when they are made again', () => {
    const programs = createPrograms(MAX_STEPS);
    const first = programs.get(SOURCES[0]!);
    programs.get(SOURCES[1]!);
    expect(programs.get(SOURCES[0]!)).toBe(first);
    for (const source of SOURCES.slice(1)) programs.get(source);
    expect(programs.get(SOURCES[0]!)).not.toBe(first);
    for (const [index, source] of SOURCES.entries()) {
      const found = SOURCES.filter((_, other) => programs.get(source).test(`key${other}=${'a'.repeat(100)}`));
      expect(found).toEqual([SOURCES[index]]);
    }
  });

  test('go when nobody asked for them the longest', () => {
    const programs = createPrograms(MAX_STEPS);
    const often = programs.get(SOURCES[0]!);
    for (const source of SOURCES.slice(1)) {
      programs.get(source);
      expect(programs.get(SOURCES[0]!)).toBe(often);
    }
  });

  test('may be larger alone than all may be together', () => {
    const programs = createPrograms(10);
    expect(programs.get('a{100}').test('a'.repeat(100))).toBe(true);
    programs.get('b');
    expect(programs.steps()).toBeLessThanOrEqual(10);
  });

  test('share the empty array of steps that take no character', () => {
    const { inst } = programOf(createPrograms().get('(?:ab|cd)*(e|f)?'));
    const empty = new Set(inst.filter(({ runes }) => runes.length === 0).map(({ runes }) => runes));
    expect(empty.size).toBe(1);
  });
});
