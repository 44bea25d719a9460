/** Shannon entropy on values that can be worked out by hand. */
import { expect, test } from 'vitest';
import { shannonEntropy } from '#analyzers/secrets/entropy.ts';

test.each([
  ['', 0],
  ['aaaa', 0],
  ['ab', 1],
  ['aabb', 1],
  ['abcd', 2],
  ['0123456789abcdef', 4],
  ['aab', 0.9182958],
  ['éà', 1],
  ['😀😁', 0.75],
])('%j has %d bits a character', (text, bits) => {
  expect(shannonEntropy(text)).toBeCloseTo(bits, 6);
});
