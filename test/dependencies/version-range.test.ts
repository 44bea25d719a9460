/** Specifiers of PEP 440, Poetry and conda as intervals: what may be installed, and what must be. */
import { describe, expect, it } from 'vitest';
import { isWithin, overlaps, versionRange } from '#dependencies/version-range.ts';

describe('against <2.6', () => {
  it.each([
    ['==2.5.1', true, true],
    ['==2.5.1+cu121', true, true],
    ['==2.6.0', false, false],
    ['2.6.0', false, false],
    ['===2.5', true, true],
    ['==2.5.*', true, true],
    ['==2.6.*', false, false],
    ['==2.*', true, false],
    ['>=2.6', false, false],
    ['>=2.6.0,<3', false, false],
    ['>=2.0', true, false],
    ['>2.5', true, false],
    ['>2.6', false, false],
    ['<2.6', true, true],
    ['<=2.6', true, false],
    ['<2.4,>=2.1', true, true],
    ['~=2.5', true, false],
    ['~=2.5.0', true, true],
    ['~=2.6.1', false, false],
    ['^2.6', false, false],
    ['^2.1', true, false],
    ['^1.13', true, true],
    ['^0.4.1', true, true],
    ['~2.5', true, true],
    ['~2', true, false],
    ['=2.5', true, true],
    ['=2.6', false, false],
    ['!=2.5.0', true, false],
    ['>=2.6,!=2.7', false, false],
    ['==2.6.0rc1', true, true],
    ['', true, false],
    ['@ git+https://example.com/torch', true, false],
    ['>=2.6 || <1', true, false],
    ['>='.repeat(1000), true, false],
  ])('%s', (specifier, possible, certain) => {
    const [range, asked] = [versionRange(specifier), versionRange('<2.6')];
    expect([overlaps(range, asked), isWithin(range, asked)]).toEqual([possible, certain]);
  });
});

it('holds two sides against each other', () => {
  expect(overlaps(versionRange('>=2.0,<2.6'), versionRange('>=2.6'))).toBe(false);
  expect(overlaps(versionRange('<=2.6'), versionRange('>=2.6'))).toBe(true);
  expect(isWithin(versionRange('==2.3.1'), versionRange('>=2.0,<2.6'))).toBe(true);
});
