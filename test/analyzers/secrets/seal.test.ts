/** A sealed secret says nothing, however it is asked. */
import { format, inspect } from 'node:util';
import { serialize } from 'node:v8';
import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it, test } from 'vitest';
import { seal, unseal } from '#analyzers/secrets/seal.ts';

const CLEAR = 'the text that nobody may see';
const sealed = seal(CLEAR, 'dGhlIHRleHQgdGhhdA==');

describe('a sealed secret shows nothing', () => {
  const error = Object.assign(new Error(`failed for ${sealed}`, { cause: sealed }), { secret: sealed });
  const shown: Record<string, () => unknown> = {
    'as a string': () => String(sealed),
    'in a template': () => `${sealed}`,
    'joined to a text': () => `x${sealed as unknown as string}`,
    'in JSON': () => JSON.stringify({ nested: [sealed], key: { [String(sealed)]: sealed } }),
    'to console.log': () => format('%s %o %O %j', sealed, sealed, sealed, { sealed }),
    'to inspect with everything on': () =>
      inspect({ sealed }, { showHidden: true, showProxy: true, depth: Infinity, getters: true }),
    'to inspect without its own word': () =>
      inspect(sealed, { customInspect: false, showHidden: true, depth: Infinity }),
    'by its properties': () =>
      Reflect.ownKeys(sealed).map((key) => [
        String(key),
        String(Reflect.get(sealed, key)),
        `${Reflect.get(sealed, key)()}`,
      ]),
    'spread and copied': () => [
      JSON.stringify({ ...sealed }),
      inspect(Object.assign({}, sealed), { showHidden: true }),
    ],
    'in an error': () => [error.message, error.stack, inspect(error), JSON.stringify(error)],
  };
  test.each(Object.entries(shown))('%s', (_, show) => {
    const said = JSON.stringify(show());
    expect(said.length).toBeGreaterThan(2);
    expect(said).not.toContain('nobody may see');
    expect(said).not.toContain('dGhlIHRleHQ');
  });
});

describe('a sealed secret does not leave its thread', () => {
  const { port1 } = new MessageChannel();
  const ways: Record<string, (value: unknown) => unknown> = {
    'by a structured clone': structuredClone,
    'by a message': (value) => port1.postMessage(value),
    'by serialization': serialize,
  };
  test.each(Object.entries(ways))('%s', (_, send) => {
    expect(() => send({ found: [sealed] })).toThrow(/could not be cloned/);
    try {
      send(sealed);
    } catch (error) {
      expect(inspect(error, { showHidden: true })).not.toContain('nobody may see');
    }
  });
});

it('opens for the detector alone, and only what was sealed', () => {
  expect(unseal(sealed)).toEqual([CLEAR, 'dGhlIHRleHQgdGhhdA==']);
  expect(unseal(seal(CLEAR))).toEqual([CLEAR]);
  expect(() => unseal({ ...sealed })).toThrow(TypeError);
});
