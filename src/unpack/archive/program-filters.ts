/** Undoes what packers do to bytes before they compress them: differences of samples, and addresses in programs for x86. */

/** Each byte was stored as its difference from the one `distance` before. */
export function undoDelta(bytes: Uint8Array, distance: number): void {
  for (let at = distance; at < bytes.length; at++) bytes[at] = bytes[at]! + bytes[at - distance]!;
}

/** By the addresses' bytes that a call or a jump just before has left in doubt: the first of them, from the top. */
const DOUBTFUL = [0, 1, 2, 2, 3];

/**
 * The target of a call (E8) or a jump (E9) was stored as an address instead of a distance. What looks like one within the
 * five bytes of another is judged by `doubt`: a bit for each of the last bytes that began one.
 */
export function undoX86(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let doubt = 0;
  let last = -5;
  for (let at = 0; at + 5 <= bytes.length; ) {
    if (bytes[at] !== 0xe8 && bytes[at] !== 0xe9) {
      at++;
      continue;
    }
    const passed = at - last;
    last = at;
    if (passed > 5) doubt = 0;
    else for (let step = 0; step < passed; step++) doubt = (doubt & 0x77) << 1;
    const top = bytes[at + 4]!;
    if (!isSign(top) || doubt >> 1 > 4 || doubt >> 1 === 3) {
      at++;
      doubt |= isSign(top) ? 0x11 : 1;
      continue;
    }
    let address = view.getInt32(at + 1, true);
    let distance = (address - (at + 5)) | 0;
    for (; doubt !== 0; distance = (address - (at + 5)) | 0) {
      const shift = DOUBTFUL[doubt >> 1]! * 8;
      if (!isSign((distance >>> (24 - shift)) & 0xff)) break;
      address = distance ^ ((1 << (32 - shift)) - 1);
    }
    view.setInt32(at + 1, ((distance & 0x1ffffff) << 7) >> 7, true);
    at += 5;
    doubt = 0;
  }
}

/** The top byte of a distance that fits into 25 bits. */
function isSign(byte: number): boolean {
  return byte === 0 || byte === 0xff;
}
