/** Gzip under base64, as Helm keeps its releases and as people keep their blobs. */
import type { Buffer } from 'node:buffer';
import { gunzipSync } from 'node:zlib';

/** What base64 of every gzip stream begins with. */
export const GZIP_IN_BASE64 = 'H4sI';
/** Bytes that a stream may become; a larger one is not looked into. */
export const MAX_GUNZIPPED = 4_194_304;

/** Null for what is no gzip, is damaged, or becomes too large. */
export function gunzip(bytes: Buffer): Buffer | null {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_GUNZIPPED });
  } catch {
    return null;
  }
}
