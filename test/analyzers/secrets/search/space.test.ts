/** What the searches of a thread hold is bounded, and who has to forget finds the same. */
import { RE2JS } from 're2js';
import { describe, expect, test } from 'vitest';
import { programOf } from '#analyzers/secrets/expression/program.ts';
import { createAutomaton, MAX_CELLS } from '#analyzers/secrets/search/automaton.ts';
import { createSearch } from '#analyzers/secrets/search/search.ts';
import { createSpace, MAX_THREAD_CELLS } from '#analyzers/secrets/search/space.ts';
import { layOut } from '#analyzers/secrets/search/steps.ts';
import { NO_LIMIT } from '#test/analyzers/secrets/support.ts';

/** An expression with a state for nearly every place in `TEXT`, and one match there. */
const manyStates = (ending: string) => programOf(RE2JS.compile(`[ab]*a[ab]{14}${ending}`));
const LETTERS = Array.from({ length: 3_000 }, (_, at) => ((at * at * 31 + at * 7) % 11 < 5 ? 'a' : 'b')).join('');
const TEXT = ['c', 'd', 'e', 'f', 'g', 'h'].map((ending) => `${LETTERS}a${'b'.repeat(14)}${ending}`).join('');
const ENDINGS = [...'cdefgh'];

function find(search: ReturnType<typeof createSearch>, onMatch?: () => void): [number, number][] {
  const found: [number, number][] = [];
  search(TEXT, [{ from: 0, to: TEXT.length }], NO_LIMIT, (start, end) => {
    found.push([start, end]);
    onMatch?.();
  });
  return found;
}

describe('the searches of one thread', () => {
  const wanted = ENDINGS.map((ending) => find(createSearch(() => manyStates(ending), createSpace())));

  test('hold no more together than is allowed', () => {
    const limit = 2 * MAX_CELLS;
    const space = createSpace(limit);
    const searches = ENDINGS.map((ending) => createSearch(() => manyStates(ending), space));
    for (const round of [1, 2]) {
      searches.forEach((search, index) => {
        expect(find(search), `${ENDINGS[index]}, round ${round}`).toEqual(wanted[index]);
        expect(space.held()).toBeLessThanOrEqual(limit);
      });
    }
  });

  test('may have to forget while who heard of a match searches with another', () => {
    const space = createSpace(1);
    const [outer, inner] = ['a', 'b'].map((source) => createSearch(() => programOf(RE2JS.compile(source)), space));
    const found: [number, number][] = [];
    outer!('abab', [{ from: 0, to: 4 }], NO_LIMIT, (start) =>
      inner!('abab', [{ from: start, to: 4 }], NO_LIMIT, (begin) => found.push([start, begin])),
    );
    expect(found).toEqual([
      [0, 1],
      [0, 3],
      [2, 3],
    ]);
  });

  test('are allowed 64 MiB', () => {
    expect(MAX_THREAD_CELLS * Int32Array.BYTES_PER_ELEMENT).toBe(64 * 1024 * 1024);
  });
});

test.each([
  ['many states', '[ab]*a[ab]{14}c'],
  ['many steps', `(?:${'[ab]{0,900}?[cd]{0,900}?'.repeat(8)})+z`],
])('an automaton of %s keeps to its bound', (_, source) => {
  let held = 0;
  const steps = layOut(programOf(RE2JS.compile(source)));
  const automaton = createAutomaton(steps, { onGrow: (numbers) => (held += numbers) });
  const fixed = held;
  let state = automaton.startAfter(-1);
  for (const letter of LETTERS) {
    const column = automaton.classes.ascii[letter.charCodeAt(0)]!;
    const entry = automaton.table[state + column]!;
    state = (entry >= 0 ? entry : automaton.make(state, column)) >> 1;
    if (state === 0) state = automaton.startAfter(-1);
  }
  // The states themselves, and the places of their hashes beside them.
  expect(held - fixed).toBeLessThanOrEqual(1.25 * MAX_CELLS);
});
