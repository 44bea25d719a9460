/** Reads the files of a scan in windows, so that a tree of any size fits into memory. */
import type { InspectionTask } from '#domain/inspection.ts';
import type { Skipped } from '#domain/skipped.ts';
import { readScanFile, type ScanFile } from './scan-files.ts';

/** What a window holds before it is handed on (bytes); one is being read while another is inspected. */
const WINDOW_BYTES = 16 * 1024 * 1024;
/** Files that are read at once. */
const READS = 64;

/** What cannot be read is added to `skipped`. `now` is for the suppressions' dates. */
export async function* readWindows(
  files: readonly ScanFile[],
  skipped: Skipped[],
  now: Date,
): AsyncGenerator<InspectionTask[]> {
  let window: InspectionTask[] = [];
  let size = 0;
  for (let start = 0; start < files.length; start += READS) {
    const group = files.slice(start, start + READS);
    const contents = await Promise.all(group.map(readScanFile));
    for (const [index, content] of contents.entries()) {
      if (content === null) continue;
      if (!(content instanceof Uint8Array)) {
        skipped.push(content);
        continue;
      }
      window.push({ path: group[index]!.path, side: 'head', bytes: content, now: now.getTime() });
      size += content.length;
    }
    if (size < WINDOW_BYTES) continue;
    yield window;
    window = [];
    size = 0;
  }
  yield window;
}
