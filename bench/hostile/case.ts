/** One hostile input: files that are made when it is measured, since they are large and nobody needs to keep them. */

/** Paths in the folder that is scanned, and what stands there; pieces of a large file one after the other. */
export interface HostileCase {
  readonly name: string;
  readonly files: Readonly<Record<string, () => Iterable<string | Uint8Array>>>;
}

export const MEGABYTE = 1024 * 1024;
/** As large as a file may be that is read (bytes). */
export const LARGEST_READ = 5 * MEGABYTE;

/** `unit` again and again, `bytes` of it and no more; for text of one byte each character. */
export function* filled(bytes: number, unit: string): Generator<string> {
  const piece = unit.repeat(Math.ceil(MEGABYTE / unit.length));
  for (let left = bytes; left > 0; left -= piece.length) yield left < piece.length ? piece.slice(0, left) : piece;
}

export function only(path: string, make: () => Iterable<string | Uint8Array>): HostileCase['files'] {
  return { [path]: make };
}

export function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}
