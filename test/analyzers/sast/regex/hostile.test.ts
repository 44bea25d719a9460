import { describe, expect, it } from 'vitest';
import { compileExpression, isExpressionError } from '#analyzers/sast/regex/expression.ts';
import { compiled } from './compiled.ts';

const A = 'a'.repeat(20_000);

describe('an expression that PCRE would not finish', () => {
  it.each([
    ['(?>a+)+(?!a)b|\\d(?=x)', `${A}!`],
    ['(?=(a+)+$)a', `${A}!`],
    ['(a*)*\\1b|c(?!d)', `${A}cd`],
    ['(?:(a+)+)+\\1$', `${A}!`],
    ['(?R)', 'a'],
    ['(?:(?R)|a)+', A],
    ['((?1)?a)+\\1b?$', `${A}!`],
    ['\\((?:[^()]|(?R))*\\)', '('.repeat(200_000)],
    ['(?:(?:(?:){65535}){65535}){65535}', 'b'],
    ['(?:a?){65535}a{65535}(?=x)?', A],
    ['a(?:a|a)*b|a', A],
  ])('%s ends, and says that its answer is not whole', (source, text) => {
    let reports = 0;
    for (const _ of compiled(source).findAll(text, () => reports++));
    expect(reports).toBe(1);
  });

  it('says so as well where one answer is asked for', () => {
    const reports: string[] = [];
    const expression = compiled('(?=(a+)+$)a|\\1b');
    expect(expression.search(`${A}!`, () => reports.push('search'))).toBe(false);
    expect(expression.lookingAt(`${A}!`, () => reports.push('lookingAt'))).toBe(false);
    expect(reports).toEqual(['search', 'lookingAt']);
  });
});

describe('a long text', () => {
  const long = 'a'.repeat(1_000_000);

  it.each([['(a|b)*c?'], ['(?:a(?=a|$))+'], ['(?s)^(?:.|\\n)+$'], ['(?>a|b)+'], ['((?:a){3})+']])(
    'is matched by %s without a deep stack',
    (source) => {
      const [match] = compiled(source).findAll(long);
      expect(match!.end).toBeGreaterThan(900_000);
    },
  );

  it.each([['\\w+\\('], ['.*password'], ['(?i)[a-z]+\\s*=(?!=)'], ['(?<!\\w)a+=']])(
    'is searched by %s in few steps',
    (source) => {
      let exhausted = false;
      const found = compiled(source).search(`${long}\nlogin(a=password)`, () => {
        exhausted = true;
      });
      expect({ found, exhausted }).toEqual({ found: true, exhausted: false });
    },
  );
});

describe('a hostile expression', () => {
  it.each([
    ['optional characters', 'a?'.repeat(5_000)],
    ['assertions', '(?=a)'.repeat(10_000)],
    ['word boundaries', '\\b'.repeat(30_000)],
    ['empty alternatives', '|'.repeat(60_000)],
    ['alternatives', Array.from({ length: 10_000 }, (_, i) => `w${i.toString(36)}`).join('|')],
    ['groups', '()'.repeat(20_000)],
    ['nested repeats', `${'(?:'.repeat(249)}a{1,9}${'){0,9}'.repeat(249)}`],
    ['references in a look behind', `()${'((?1)(?1))'.repeat(2)}(?<=(?2)(?3)${'(?1)'.repeat(5_000)})a`],
    ['classes', '[a-z\\d_-]'.repeat(7_000)],
    ['text that is no expression', '\\Q('.repeat(10_000)],
  ])('of many %s is compiled and run', (_, source) => {
    const expression = compileExpression(source, 'm');
    expect(isExpressionError(expression)).toBe(false);
    if (!isExpressionError(expression)) for (const _match of expression.findAll('ab ab ab'));
  });
});
