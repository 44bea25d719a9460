import { describe, expect, it } from 'vitest';
import { decodeText, isBinary } from '#domain/text-bytes.ts';

const ENV = 'USER=ada\r\nTOKEN=x\r\n';
const LOG = 'epoch 1, loss 0.25\n'.repeat(40);
const wide = (text: string) => Buffer.from(text, 'utf16le');
const big = (text: string) => wide(text).swap16();
const LITTLE = Buffer.from([0xff, 0xfe]);
const BIG = Buffer.from([0xfe, 0xff]);

describe('text with zero bytes', () => {
  it.each([
    ['UTF-16 LE', Buffer.concat([LITTLE, wide(ENV)]), ENV],
    ['UTF-16 BE', Buffer.concat([BIG, big(ENV)]), ENV],
    ['UTF-16 LE without a mark', wide(ENV), ENV],
    ['UTF-16 BE without a mark', big(ENV), ENV],
    ['UTF-16 without a mark, and letters beyond ASCII', wide(`${ENV}André: 模型 Ā\r\n`), `${ENV}André: 模型 Ā\r\n`],
    ['what PowerShell appends to a file', Buffer.concat([Buffer.from(LOG), wide(ENV)]), LOG + ENV],
    ['what it appends behind letters beyond ASCII', Buffer.concat([Buffer.from('é\n'), wide(ENV)]), `é\n${ENV}`],
    ['what is appended to its file', Buffer.concat([LITTLE, wide(ENV), Buffer.from(LOG)]), ENV + LOG],
    ['the same without a mark', Buffer.concat([wide(ENV), Buffer.from(LOG)]), ENV + LOG],
    ['the same in BE', Buffer.concat([BIG, big(ENV), Buffer.from(LOG)]), ENV + LOG],
    ['a log with a stray zero', Buffer.from(`${LOG}\0\n${ENV}`), `${LOG} \n${ENV}`],
    [
      'the environment of a process',
      Buffer.from('HOME=/home/ada\0TOKEN=x\0SHELL=sh\0'),
      'HOME=/home/ada TOKEN=x SHELL=sh ',
    ],
    ['colours of a terminal', Buffer.from(`\x1b[31m${LOG}\x1b[0m\0`), `\x1b[31m${LOG}\x1b[0m `],
  ])('%s', (_, bytes, text) => {
    expect(isBinary(bytes)).toBe(false);
    expect(decodeText(bytes)).toBe(text);
  });

  it('is told by its first 8000 bytes, where a character may be cut', () => {
    expect(isBinary(Buffer.from(`\0${'a'.repeat(7998)}é`))).toBe(false);
    expect(isBinary(Buffer.concat([Buffer.from('a'.repeat(8000)), Buffer.alloc(90)]))).toBe(false);
  });

  it('keeps UTF-16 of other scripts whole', () => {
    const text = '模型的训练数据'.repeat(50);
    expect(decodeText(Buffer.concat([LITTLE, wide(text)]))).toBe(text);
  });
});

describe('data', () => {
  const words = (numbers: readonly number[]) => Buffer.from(Uint16Array.from(numbers).buffer);
  it.each([
    ['zeros', Buffer.alloc(64)],
    ['one zero', Buffer.alloc(1)],
    ['numbers of two bytes', words([1, 2, 3, 40, 50, 60, 70, 80])],
    ['numbers of four bytes', Buffer.from(Int32Array.from([65, 66, 67, 68]).buffer)],
    ['UTF-32', Buffer.concat([LITTLE, Buffer.alloc(2), Buffer.from(Int32Array.from([65, 66]).buffer)])],
    ['UTF-16 of another script, without a mark', wide('模型 训练 数据\n'.repeat(9))],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d])],
    ['text and a control character', Buffer.from(`${LOG}\0\u0001`)],
    [
      'text and a byte that is none of UTF-8',
      Buffer.concat([Buffer.from(`${LOG}\0`), Buffer.from([0xff]), Buffer.from(LOG)]),
    ],
    ['names in a table', Buffer.from('a\0\0\0\0\0\0\0bc\0\0\0\0\0\0')],
  ])('%s', (_, bytes) => {
    expect(isBinary(bytes)).toBe(true);
  });
});
