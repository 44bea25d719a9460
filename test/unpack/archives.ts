/** Builds archives at test time, the sound and the dishonest: the bytes that the reader is asked about. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly stored?: boolean;
  readonly method?: number;
  readonly encrypted?: boolean;
  /** The compressed size that the directory states. */
  readonly statedSize?: number;
  /** Sizes stand after the data, and not before them. */
  readonly descriptor?: boolean;
  readonly zip64?: boolean;
  readonly symlink?: boolean;
  /** The directory does not name it. */
  readonly unlisted?: boolean;
  /** The directory says that it stands here, and not where it does. */
  readonly place?: number;
  /** What stands before the data, where that is not what the directory says. */
  readonly local?: { readonly name?: string; readonly method?: number; readonly size?: number };
}

export function zip(files: readonly ZipFile[], comment = ''): Buffer {
  const body: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const content = Buffer.from(file.content);
    const data = file.stored === true ? content : deflateRawSync(content);
    const name = Buffer.from(file.name);
    const method = file.method ?? (file.stored === true ? 0 : 8);
    const flags = (file.encrypted === true ? 1 : 0) | (file.descriptor === true ? 8 : 0) | 0x800;
    const sums = (length: number) => {
      const bytes = Buffer.alloc(12);
      bytes.writeUInt32LE(crc32(content), 0);
      bytes.writeUInt32LE(length, 4);
      bytes.writeUInt32LE(content.length, 8);
      return bytes;
    };
    const localName = Buffer.from(file.local?.name ?? file.name);
    const local = Buffer.concat([
      words(0x4b50, 0x0403, 20, flags, file.local?.method ?? method, 0, 0),
      file.descriptor ? Buffer.alloc(12) : sums(file.local?.size ?? data.length),
      words(localName.length, 0),
      localName,
      data,
    ]);
    const after = file.descriptor ? Buffer.concat([words(0x4b50, 0x0807), sums(data.length)]) : Buffer.alloc(0);
    body.push(local, after);
    const extra = file.zip64
      ? Buffer.concat([words(1, 24), big(content.length), big(data.length), big(offset)])
      : Buffer.alloc(0);
    const sizes = sums(file.statedSize ?? data.length);
    if (file.zip64) sizes.fill(0xff, 4);
    const place = Buffer.alloc(4);
    place.writeUInt32LE(file.zip64 ? 0xffffffff : (file.place ?? offset));
    const attributes = file.symlink ? words(0, 0xa1ff) : words(0, 0);
    if (!file.unlisted)
      directory.push(
        words(0x4b50, 0x0201, 0x0314, 20, flags, method, 0, 0),
        sizes,
        words(name.length, extra.length, 0, 0, 0),
        attributes,
        place,
        name,
        extra,
      );
    offset += local.length + after.length;
  }
  const listed = Buffer.concat(directory);
  const count = files.filter(({ unlisted }) => !unlisted).length;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...body, listed, end, Buffer.from(comment)]);
}

export interface TarFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly type?: string;
  readonly prefix?: string;
  /** The size that the header states. */
  readonly statedSize?: number;
}

export function tar(files: readonly TarFile[]): Buffer {
  return Buffer.concat([...files.map(tarEntry), Buffer.alloc(1024)]);
}

/** A file whose name stands in a header of its own: pax, or GNU's. */
export function longName(style: 'pax' | 'gnu', name: string, content: string): Buffer {
  const record = (length: number): string => `${length} path=${name}\n`;
  let length = record(0).length;
  while (record(length).length !== length) length = record(length).length;
  const head =
    style === 'pax'
      ? { name: 'pax', content: record(length), type: 'x' }
      : { name: '././@LongLink', content: `${name}\0`, type: 'L' };
  return Buffer.concat([tarEntry(head), tarEntry({ name: name.slice(0, 99), content }), Buffer.alloc(1024)]);
}

function tarEntry({ name, content, type = '0', prefix = '', statedSize }: TarFile): Buffer {
  const data = Buffer.from(content);
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write('0000644\0', 100);
  header.write(`${(statedSize ?? data.length).toString(8).padStart(11, '0')}\0`, 124);
  header.write(type, 156);
  header.write('ustar\0', 257);
  header.write('00', 263);
  header.write(prefix, 345);
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, data, Buffer.alloc((512 - (data.length % 512)) % 512)]);
}

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value, index * 2);
  return bytes;
}

function big(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
