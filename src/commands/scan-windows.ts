/** Reads the files of a scan in windows, so that a tree of any size fits into memory. */
import type { InspectionTask } from '#domain/inspection.ts';
import type { Skipped } from '#domain/skipped.ts';
import { readScanFile, type ScanFile, sizeOfScanFile } from './scan-files.ts';

/** What a window holds at most before it is handed on (bytes), and in files, which are read at once. */
const WINDOW_BYTES = 4 * 1024 * 1024;
const WINDOW_FILES = 64;

/** What cannot be read is added to `skipped`. `now` is for the suppressions' dates. */
export async function* readWindows(
  files: readonly ScanFile[],
  skipped: Skipped[],
  now: Date,
): AsyncGenerator<InspectionTask[]> {
  for (let start = 0; start < files.length; ) {
    const group = files.slice(start, start + WINDOW_FILES);
    const sizes = await Promise.all(group.map(sizeOfScanFile));
    let end = 1;
    for (let bytes = sizes[0]!; end < group.length; end++) {
      bytes += sizes[end]!;
      if (bytes > WINDOW_BYTES) break;
    }
    const window = group.slice(0, end);
    start += end;
    const contents = await Promise.all(window.map(readScanFile));
    const tasks: InspectionTask[] = [];
    for (const [index, content] of contents.entries()) {
      if (content instanceof Uint8Array) {
        tasks.push({ path: window[index]!.path, side: 'head', bytes: content, now: now.getTime() });
      } else if (content !== null) skipped.push(content);
    }
    yield tasks;
  }
}
