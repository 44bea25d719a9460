import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  codeBlock,
  codeCell,
  codeSpan,
  markdownProse,
  markdownText,
  percentEncodedPath,
  printableJson,
  shorten,
  shortenBytes,
  trustedProse,
  visible,
  visibleLines,
} from '#publish/escape.ts';

const ZWSP = '\u200B';
/** Each of these would do something on GitHub, or in a terminal, if it came through as it is. */
const HOSTILE = [
  '@octocat',
  '@acme/security',
  '[click](https://evil.example)',
  '![pixel](https://evil.example/p.png)',
  '<img src=x onerror=alert(1)>',
  '</details></summary>',
  '<!-- assay:marker -->',
  'https://evil.example/login',
  'www.evil.example',
  'someone@evil.example',
  '#1',
  'GH-1',
  'acme/vision#1',
  '**APPROVED**',
  '`a` ``b``',
  '~~~\n# heading',
  '| a | b |',
  'a\\|b',
  '&#64;octocat',
  '$\\color{red}x$',
  ':white_check_mark:',
  '\u202Egnp.exe',
  '\u001B[31mred\u001B[0m',
  'a\rb\u0000',
  '\ud800half',
];

describe('what cannot be seen', () => {
  it.each([
    ['an override of direction', 'a\u202Eb', 'a\\u{202E}b'],
    ['an isolate', '\u2066x\u2069', '\\u{2066}x\\u{2069}'],
    ['a zero-width space', 'a\u200Bb', 'a\\u{200B}b'],
    ['a byte order mark', '\uFEFFa', '\\u{FEFF}a'],
    ['an escape sequence', '\u001B[2J', '\\u{1B}[2J'],
    ['a C1 control', '\u009B2J', '\\u{9B}2J'],
    ['a tag character', '\u{E0041}', '\\u{E0041}'],
    ['a variation selector of the supplement', 'a\u{E0100}', 'a\\u{E0100}'],
    ['a Hangul filler', 'a\u3164b', 'a\\u{3164}b'],
    ['half a surrogate pair', 'a\ud800', 'a\\u{D800}'],
    ['line ends', 'a\r\nb\nc\rd\u2028e', 'a b c d e'],
  ])('is shown: %s', (_name, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it.each(['été', '日本語', '😀', '❤️', 'naïve — “quoted”'])('but %s stays as it is', (text) => {
    expect(visible(text)).toBe(text);
  });

  it('keeps the lines of a block', () => {
    expect(visibleLines('a\r\n\tb\u001B\u2028c')).toBe('a\n\tb\\u{1B}\nc');
  });

  it('is escaped in JSON, which reads the same afterwards', () => {
    const value = { a: 'x\u202E\u007F\u{E0041}\u2028y', 'k\u200B': ['\u001B', 'é\n'] };
    const text = printableJson(value);
    expect(text).not.toMatch(/[^\n\P{C}]|\u2028/u);
    expect(text).toContain('x\\u202e\\u007f\\udb40\\udc41\\u2028y');
    expect(JSON.parse(text)).toEqual(value);
  });
});

describe('Markdown', () => {
  it.each(HOSTILE)('has no meaning in %j', (text) => {
    const escaped = markdownText(text);
    // Without what a backslash or an entity has disarmed, nothing is left that could mean something.
    const left = escaped.replace(/\\[!-/:-@[-`{-~]/g, '').replaceAll('&#124;', '');
    expect(left).not.toMatch(/[`*_{}[\]<>()#+!|~&$\n\\]/);
    expect(left).not.toMatch(/\p{Cc}|\u202E/u);
    expect(escaped.replaceAll('&#124;', '|')).not.toMatch(/@\w|#\d|GH-\d|:\/\/|www\.|:\w+:/);
  });

  it('escapes in a way that reads as it was written', () => {
    expect(markdownText('1 * 2 | `x` (#7) @me')).toBe(`1 \\* 2 &#124; \\\`x\\\` \\(\\#${ZWSP}7\\) @${ZWSP}me`);
  });

  it.each([
    ['plain', '`plain`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['``x`', '``` ``x` ```'],
    [' x ', '`  x  `'],
    ['', '`""`'],
    ['a\nb', '`a b`'],
    ['@torch.no_grad()', `\`@${ZWSP}torch.no_grad()\``],
  ])('a code span cannot be left: %j', (text, span) => {
    expect(codeSpan(text)).toBe(span);
  });

  it('a cell of a table cannot be left', () => {
    expect(codeCell('a.py')).toBe('`a.py`');
    expect(codeCell('a|<b>`.py')).toBe('<code>a&#124;\\<b\\>\\`\\.py</code>');
  });

  it('a block cannot be closed from inside', () => {
    expect(codeBlock('x\n````\n</details>\n@all', '  ')).toBe(
      `  \`\`\`\`\`\n  x\n  \`\`\`\`\n  </details>\n  @${ZWSP}all\n  \`\`\`\`\``,
    );
    expect(codeBlock('x')).toBe('```\nx\n```');
  });

  it('prose keeps its code and nothing else', () => {
    expect(markdownProse('  Use `a|b`\n  not *that*. See <b>`` ` ``</b> and a lone ` here')).toBe(
      'Use `a|b` not \\*that\\*\\. See \\<b\\>\\`\\` \\` \\`\\`\\</b\\> and a lone \\` here',
    );
  });
});

describe('paths in addresses', () => {
  it.each([
    ['src/a b.py', 'src/a%20b.py'],
    ['a#b?c%.py', 'a%23b%3Fc%25.py'],
    ["it's (1)!*.py", 'it%27s%20%281%29%21%2A.py'],
    ['été/日.py', '%C3%A9t%C3%A9/%E6%97%A5.py'],
    ['half\ud800', 'half%EF%BF%BD'],
    ['c:\\x', 'c%3A%5Cx'],
  ])('%j', (path, encoded) => {
    expect(percentEncodedPath(path)).toBe(encoded);
  });
});

describe('what is too long', () => {
  it('is cut between code points', () => {
    expect(shorten('abcdef', 6)).toBe('abcdef');
    expect(shorten('abcdefg', 6)).toBe('abcde…');
    expect(shorten('ab😀😀', 4)).toBe('ab…');
    expect(shorten('ab😀😀', 5)).toBe('ab😀…');
  });

  it('is cut between characters of several bytes', () => {
    expect(shortenBytes('ééé', 6)).toBe('ééé');
    expect(shortenBytes('éééé', 7)).toBe('éé…');
    expect(shortenBytes('éééé', 6)).toBe('é…');
    expect(shortenBytes('😀😀😀', 8)).toBe('😀…');
  });
});

it('only the files of words, and those that write JSON, touch these tools', () => {
  const users = readdirSync('src/publish').filter((name) =>
    readFileSync(`src/publish/${name}`, 'utf8').includes("from './escape.ts'"),
  );
  expect(users.filter((name) => !/^(?:words(?:-\w+)?|json|sarif(?:-\w+)?)\.ts$/.test(name))).toEqual([]);
});

describe('prose of a rule', () => {
  it('keeps its addresses, without the sentence around them', () => {
    expect(
      trustedProse('Revoke it at https://wandb.ai/settings (or on `your.own` server), see https://x.example/a?b=1.'),
    ).toBe('Revoke it at <https://wandb.ai/settings> \\(or on `your.own` server\\), see <https://x.example/a?b=1>\\.');
  });

  it('is otherwise as harmless as any', () => {
    expect(trustedProse('ask @octocat [x](https://evil.example) <b>')).toBe(
      `${markdownProse('ask @octocat [x](').replace(/$/, '')}<https://evil.example>\\) \\<b\\>`,
    );
  });
});
