/** A rule that takes too long for a text, or finds too much in it, is stopped, and named. */
import { expect, it } from 'vitest';
import { createShortened, MAX_FOUND, RULE_LIMIT_MS } from '#analyzers/secrets/shortened.ts';
import { NO_LIMIT } from './support.ts';

it('says nothing of rules that kept to what is theirs', () => {
  const shortened = createShortened(NO_LIMIT, () => 0);
  expect(shortened.forRule('quick', () => MAX_FOUND - 1).expired()).toBe(false);
  expect(shortened.words()).toEqual({});
});

it('names the rules that found too much, and those that took too long', () => {
  let now = 0;
  const shortened = createShortened(NO_LIMIT, () => now);
  expect(shortened.forRule('many', () => 5_000).expired()).toBe(true);
  const slow = shortened.forRule('slow', () => 0);
  now = 2_000;
  expect(slow.expired()).toBe(false);
  now = 2_001;
  expect(slow.expired()).toBe(true);
  expect(shortened.words()).toEqual({
    cut: 'only the first 5000 findings of many',
    stopped: 'stopped in rule slow',
  });
  expect([MAX_FOUND, RULE_LIMIT_MS]).toEqual([5_000, 2_000]);
});

it('names three of them, and counts the others', () => {
  const shortened = createShortened(NO_LIMIT, () => 0);
  for (const id of ['a', 'b', 'c', 'd', 'e']) shortened.forRule(id, () => MAX_FOUND).expired();
  expect(shortened.words().cut).toBe('only the first 5000 findings of a, b, c and 2 more');
});

it('names no rule where the whole text has had its time', () => {
  const shortened = createShortened({ expired: () => true }, () => 0);
  expect(shortened.forRule('any', () => MAX_FOUND).expired()).toBe(true);
  expect(shortened.words()).toEqual({});
});
