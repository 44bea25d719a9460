/** Builds 7z at test time: folders of streams that are packed already, and the header that tells of them. */

export interface Coder {
  /** Hex, such as `21` for LZMA2. */
  readonly method: string;
  readonly properties?: readonly number[];
}

export interface Folder {
  /** The first one takes what is packed, each next what the one before gives. */
  readonly coders: readonly Coder[];
  readonly packed: Uint8Array;
  readonly files: readonly { readonly name: string; readonly size: number }[];
}

export interface Dishonest {
  /** The header is packed itself, by these coders. */
  readonly header?: { readonly coders: readonly Coder[]; pack(bytes: Buffer): Buffer };
  /** How many files the header states. */
  readonly count?: number;
}

export const COPY: Coder = { method: '00' };
export const LZMA2: Coder = { method: '21', properties: [24] };
export const AES: Coder = { method: '06f10701', properties: [0x13, 0] };

export function sevenZip(folders: readonly Folder[], { header, count }: Dishonest = {}): Buffer {
  const files = folders.flatMap((folder) => folder.files);
  const names = Buffer.concat([Buffer.from([0]), ...files.map(({ name }) => Buffer.from(`${name}\0`, 'utf16le'))]);
  const plain = Buffer.concat([
    Buffer.from([0x01, 0x04]),
    streams(folders, 0),
    Buffer.from([0x05]),
    number(count ?? files.length),
    property(0x11, names),
    Buffer.from([0x00, 0x00]),
  ]);
  const packed = Buffer.concat(folders.map((folder) => folder.packed));
  if (header === undefined) return signed(packed, plain);
  const inner = { coders: header.coders, packed: header.pack(plain), files: [{ name: '', size: plain.length }] };
  return signed(
    Buffer.concat([packed, inner.packed]),
    Buffer.concat([Buffer.from([0x17]), streams([inner], packed.length)]),
  );
}

/** LZMA2 that only stores: one chunk for each 64 KiB. */
export function storedLzma2(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content);
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 65_536) {
    const chunk = bytes.subarray(at, at + 65_536);
    const size = chunk.length - 1;
    chunks.push(Buffer.from([at === 0 ? 1 : 2, size >> 8, size & 255]), chunk);
  }
  return Buffer.concat([...chunks, Buffer.from([0])]);
}

function signed(packed: Buffer, header: Buffer): Buffer {
  const start = Buffer.alloc(32);
  start.set([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4]);
  start.writeBigUInt64LE(BigInt(packed.length), 12);
  start.writeBigUInt64LE(BigInt(header.length), 20);
  return Buffer.concat([start, packed, header]);
}

function streams(folders: readonly Folder[], from: number): Buffer {
  const total = ({ files }: Folder) => files.reduce((sum, { size }) => sum + size, 0);
  return Buffer.concat([
    Buffer.from([0x06]),
    number(from),
    number(folders.length),
    Buffer.from([0x09]),
    ...folders.map(({ packed }) => number(packed.length)),
    Buffer.from([0x00, 0x07, 0x0b]),
    number(folders.length),
    Buffer.from([0]),
    ...folders.map(coderList),
    Buffer.from([0x0c]),
    ...folders.flatMap((folder) => folder.coders.map(() => number(total(folder)))),
    Buffer.from([0x00, 0x08, 0x0d]),
    ...folders.map(({ files }) => number(files.length)),
    Buffer.from([0x09]),
    ...folders.flatMap(({ files }) => files.slice(0, -1).map(({ size }) => number(size))),
    Buffer.from([0x00, 0x00]),
  ]);
}

function coderList({ coders }: Folder): Buffer {
  const listed = coders.map(({ method, properties = [] }) => {
    const id = Buffer.from(method, 'hex');
    const flags = id.length | (properties.length > 0 ? 0x20 : 0);
    return Buffer.from([flags, ...id, ...(properties.length > 0 ? [properties.length, ...properties] : [])]);
  });
  // Each coder but the first is fed by the one before it.
  const bound = coders.slice(1).flatMap((_, index) => [index + 1, index]);
  return Buffer.concat([number(coders.length), ...listed, Buffer.from(bound)]);
}

function property(id: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([id]), number(content.length), content]);
}

/** The first byte says by its ones how many follow. */
function number(value: number): Buffer {
  if (value < 0x80) return Buffer.from([value]);
  const bytes = Buffer.alloc(9, 0xff);
  bytes.writeBigUInt64LE(BigInt(value), 1);
  return bytes;
}
