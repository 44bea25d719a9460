/** Gzip under base64, as Helm keeps its releases and as people keep their blobs. */
import type { Buffer } from 'node:buffer';
import { constants, gunzipSync } from 'node:zlib';
import { isData } from './printable.ts';

/** What base64 of every gzip stream begins with. */
export const GZIP_IN_BASE64 = 'H4sI';
/** Bytes that a stream may become; a larger one is not looked into. */
export const MAX_GUNZIPPED = 4_194_304;
/** Bytes of a stream that is not looked into by which text is told from data. */
const GLANCE = 1_024;

/** Null for what is no gzip or is damaged. Of what becomes too large only texts are told: data has nothing to be read. */
export function gunzip(bytes: Buffer): Buffer | 'too-large' | null {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_GUNZIPPED });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') return null;
    const beginning = gunzipSync(bytes.subarray(0, GLANCE), { finishFlush: constants.Z_SYNC_FLUSH });
    return isData(beginning) ? null : 'too-large';
  }
}
