/** The words of a text, by which most files are dismissed before they are parsed: none may be overlooked. */
import { describe, expect, it } from 'vitest';
import { createVocabulary } from '#analyzers/sast/rule/vocabulary.ts';
import { linesFound } from './find.ts';

const found = (words: string[], text: string) => words.filter(createVocabulary(words).wordsIn(text));

describe('words', () => {
  it.each<[string[], string, string[]]>([
    [['load', 'torch'], 'torch.load(x)', ['load', 'torch']],
    [['load'], 'reload(x); loads(y); load2', []],
    [['load'], 'x=load', ['load']],
    [['load'], '', []],
    [['eval('], 'model.eval()', []],
    [['eval('], 'model\n  .  eval(x)', []],
    [['eval('], '# What the user gave.\neval(x)', ['eval(']],
    [['eval('], '# What the user gave.\r\n\r\n  eval(x)', ['eval(']],
    [['exec('], 'x = 1.\rexec(x)', ['exec(']],
    [['eval('], '# see def\neval(x)', ['eval(']],
    [['eval('], 'def eval(x): pass', []],
    [['eval('], 'undef; eval(x)', ['eval(']],
    [['eval('], 'eval\\\n(x)', ['eval(']],
    [['eval('], '(eval)(x)', ['eval(']],
    [['eval('], 'f = eval', []],
    [['eval(', 'eval'], 'model.eval()\neval (x)', ['eval(', 'eval']],
    [['exec('], 'exec code', ['exec(']],
    [['eval('], '𝐞val(x)', ['eval(']],
  ])('%j in %j', (words, text, expected) => {
    expect(found(words, text)).toEqual(expected);
  });

  it('tells a thousand words apart', () => {
    const words = Array.from({ length: 1_000 }, (_, i) => `w${i * 7919}`);
    expect(found(words, words.filter((_, i) => i % 3 === 0).join(' + '))).toEqual(words.filter((_, i) => i % 3 === 0));
  });
});

describe('a rule runs although', () => {
  it.each([
    ['the import renames what it looks for', 'torch.load(...)', 'from torch import load as l\nl(x)\n', 2],
    ['its literal comes through a name', 'f(k=True)', 'yes = not False\nf(k=yes)\n', 2],
    ['its string has other quotes', 'd["key"]', "d['key']\n", 1],
    ['one of its branches is missing', '$X.load(...)', 'a.load()\n', 1],
  ])('%s', async (_, pattern, text, line) => {
    expect(await linesFound(`pattern: ${pattern}`, text)).toEqual([line]);
  });
});
