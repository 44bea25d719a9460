import { describe, expect, it } from 'vitest';
import { unpack } from '#unpack/unpack.ts';
import { find, unpackText } from './notebooks.ts';

const OID = 'ab'.repeat(32);
const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${OID}\nsize 98765\n`;

function utf16(text: string, order: 'le' | 'be'): Uint8Array {
  const little = Buffer.from(`\ufeff${text}`, 'utf16le');
  return order === 'le' ? little : little.swap16();
}

describe('what is not text', () => {
  it('says how large the object of a Git LFS pointer is, whatever the file is called', () => {
    for (const path of ['weights.bin', 'train.py', 'a.ipynb'])
      expect(unpackText(path, POINTER)).toEqual({
        parts: [],
        skipped: [{ reason: 'lfs-pointer', detail: '98765 bytes in Git LFS' }],
      });
  });

  it.each([
    ['an extension line', POINTER.replace('oid', `ext-0-foo sha256:${OID}\noid`)],
    ['Windows line endings', POINTER.replaceAll('\n', '\r\n')],
    ['no last newline', POINTER.trimEnd()],
  ])('knows a pointer with %s', (_, text) => {
    expect(unpackText('weights.bin', text).skipped[0]?.reason).toBe('lfs-pointer');
  });

  it.each([
    ['more below it', `${POINTER}token = "x"\n`],
    ['a line between', POINTER.replace('oid', 'import os\noid')],
    ['a size that is no number', POINTER.replace('98765', 'many')],
    ['1024 bytes and more', POINTER.replace('98765', '9'.repeat(1024))],
  ])('reads a file that begins like a pointer and has %s', (_, text) => {
    expect(unpackText('train.py', text).parts[0]?.text).toBe(text);
  });

  it('calls data with a NUL among the first 8000 bytes binary, as git does', () => {
    const data = `\u0001${'a'.repeat(7998)}`;
    expect(unpackText('model.dat', `${data}\0`)).toEqual({
      parts: [],
      skipped: [{ reason: 'binary', detail: '8000 bytes' }],
    });
    expect(unpackText('model.dat', `${data}a\0`).parts).toHaveLength(1);
  });

  it.each(['.env', 'conf/.env.local', 'train.py', 'a.csv', 'Dockerfile'])(
    'is read all the same under the name of a text: %s',
    (path) => {
      const { parts, skipped } = unpackText(path, 'KEY=abc\n\0\u0001');
      expect(parts.map(({ text }) => text)).toEqual(['KEY=abc\n \u0001']);
      expect(skipped).toEqual([{ reason: 'binary', detail: '10 bytes' }]);
    },
  );

  it('takes the byte order mark of UTF-32 for binary', () => {
    expect(unpack('a.txt', new Uint8Array([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0])).skipped[0]?.reason).toBe('binary');
  });
});

describe('encodings', () => {
  it.each([
    ['UTF-8', new TextEncoder().encode('é = "😀"')],
    ['UTF-8 with a mark', new TextEncoder().encode('\ufeffé = "😀"')],
    ['UTF-16 LE with a mark', utf16('é = "😀"', 'le')],
    ['UTF-16 BE with a mark', utf16('é = "😀"', 'be')],
    ['UTF-16 LE without one', utf16('é = "😀"', 'le').subarray(2)],
    ['UTF-16 BE without one', utf16('é = "😀"', 'be').subarray(2)],
  ])('reads %s, and does not count the mark as a column', (_, content) => {
    const [part] = unpack('a.py', content).parts;
    expect(part?.text).toBe('é = "😀"');
    expect(find(part!, '"')).toEqual({ line: 1, column: 5 });
  });

  it('loses no byte of a file that is not UTF-8', () => {
    const content = Uint8Array.from({ length: 255 }, (_, index) => index + 1);
    const text = unpack('a.txt', content).parts[0]!.text;
    expect(text).toHaveLength(255);
    expect(text).toContain('é');
    expect(text).toContain('€');
    expect(new Set(text).size).toBe(255);
  });

  it('reads an empty file as an empty part', () => {
    const { parts, skipped } = unpackText('a.py', '');
    expect(parts[0]?.text).toBe('');
    expect(parts[0]?.locate(0)).toEqual({ line: 1, column: 1 });
    expect(skipped).toEqual([]);
  });
});

describe('the encoding that a Python file declares', () => {
  it.each([
    '# -*- coding: utf-7 -*-\n',
    '#!/usr/bin/python\n# vim: set fileencoding=unicode_escape :\n',
    '\n#coding=rot13\n',
    '# a\r# coding: raw_unicode_escape\r',
    '# coding: utf-16\n',
    '# coding:cp037\n',
    '# coding: hex',
  ])('leaves a gap when code can hide in it: %j', (head) => {
    const { parts, skipped } = unpackText('a.py', `${head}x = 1`);
    expect(parts[0]?.text).toContain('x = 1');
    expect(skipped).toEqual([
      { reason: 'unreadable', detail: expect.stringMatching(/^declares the encoding "[^"]+", in/) },
    ]);
  });

  it.each([
    ...['utf-8', 'UTF8', 'utf_8_sig', 'utf-8-unix', 'latin-1', 'iso-8859-15', 'iso8859_1', 'cp1252', 'windows-1251'],
    ...['koi8-r', 'mac-roman', 'gbk', 'gb2312', 'big5', 'shift_jis', 'euc-jp', 'us-ascii', 'ascii'],
  ])('is no matter when it is %s', (name) => {
    expect(unpackText('a.py', `# -*- coding: ${name} -*-\n`).skipped).toEqual([]);
  });

  it('counts in a comment of the first two lines only, and in Python', () => {
    expect(unpackText('a.py', '\n\n# coding: utf-7').skipped).toEqual([]);
    expect(unpackText('a.py', 'x = 1\n# coding: utf-7').skipped).toEqual([]);
    expect(unpackText('a.py', 's = "coding: utf-7"').skipped).toEqual([]);
    expect(unpackText('a.txt', '# coding: utf-7').skipped).toEqual([]);
  });

  it('is named as it stands in the file', () => {
    expect(unpackText('a.py', '# coding: utf-7').skipped[0]?.detail).toBe(
      'declares the encoding "utf-7", in which code can be hidden',
    );
  });
});

describe('lines', () => {
  it('ends them at \\n only, as git and GitHub do', () => {
    const [part] = unpackText('a.py', 'a\r\nb\rc\n\nd').parts;
    expect(find(part!, 'b')).toEqual({ line: 2, column: 1 });
    expect(find(part!, 'c')).toEqual({ line: 2, column: 3 });
    expect(find(part!, 'd')).toEqual({ line: 4, column: 1 });
    expect(part!.locate(part!.text.length)).toEqual({ line: 4, column: 2 });
  });

  it('lets Python see a lone \\r as the end of a line, at its place in the file', () => {
    const [part] = unpackText('a.py', '# hi\rimport a\r\nb\r').parts;
    expect(part?.text).toBe('# hi\nimport a\r\nb\n');
    expect(find(part!, 'import')).toEqual({ line: 1, column: 6 });
    expect(find(part!, 'b')).toEqual({ line: 2, column: 1 });
    expect(unpackText('a.txt', 'a\rb').parts[0]?.text).toBe('a\rb');
  });

  it('counts columns in UTF-16 units', () => {
    expect(find(unpackText('a.py', 'x\n😀é=1').parts[0]!, '=')).toEqual({ line: 2, column: 4 });
  });
});

describe('language and kind', () => {
  it.each([
    ['a.py', ''],
    ['stubs/a.pyi', ''],
    ['gui.PYW', ''],
    ['SConstruct', ''],
    ['lib/wscript', ''],
    ['bin/train', '#!/usr/bin/env python3\n'],
    ['bin/train', '#!/usr/bin/python3.11 -u\n'],
    ['bin/train', '#!/usr/bin/env -S uv run --script\n'],
  ])('%s with %j is Python', (path, text) => {
    expect(unpackText(path, text).parts[0]).toMatchObject({ language: 'python', kind: 'source' });
  });

  it.each([
    ['BUILD', ''],
    ['a.pyx', ''],
    ['python', 'import os'],
    ['run', '#!/bin/sh\n# python3\n'],
    ['run', '#!/usr/bin/env python-config\n'],
    ['requirements.txt', 'torch'],
    ['a.toml', ''],
  ])('%s with %j is source in no known language', (path, text) => {
    expect(unpackText(path, text).parts[0]).toMatchObject({ language: null, kind: 'source' });
  });

  it.each([
    ['params.yaml', 'yaml'],
    ['.github/workflows/CI.YML', 'yaml'],
    ['data.json', 'json'],
    ['run.sh', 'bash'],
    ['run.bash', 'bash'],
  ])('%s is source in %s', (path, language) => {
    expect(unpackText(path, '').parts[0]).toMatchObject({ language, kind: 'source' });
  });

  it.each(['README.md', 'docs/a.RST', 'a.markdown'])('%s is prose', (path) => {
    expect(unpackText(path, '# Title').parts[0]).toMatchObject({ language: null, kind: 'prose' });
  });

  it('reads a jupytext script as plain Python', () => {
    const text = '# %%\nimport torch\n# %% [markdown]\n# Title\n';
    expect(unpackText('nb.py', text).parts).toMatchObject([{ text, language: 'python' }]);
  });
});
