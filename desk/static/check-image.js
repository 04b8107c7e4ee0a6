// What a JPEG or PNG says of itself, read as far as needed to know that it is whole.

// A4 at 800 dots an inch; of more the booth makes no page (devices/pdf/facts.py, `image_pixels`).
const MOST_PIXELS = 60_000_000;
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const PNG_CRC = crcTable();

/** `{ width, height, components }` of a whole JPEG (ITU-T T.81, annex B), or null. */
export function jpegFacts(bytes) {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  const end = lastMarker(bytes, 0xd9);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let facts = null;
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1];
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (length < 2 || at + 2 + length > bytes.length) return null;
    if (isFrame(marker) && length >= 8) {
      facts = { height: view.getUint16(at + 5), width: view.getUint16(at + 7), components: bytes[at + 9] };
    }
    // After the scan's header comes the picture itself: all that matters is that it has an end.
    if (marker === 0xda) return facts && end > at && isSize(facts) ? facts : null;
    at += 2 + length;
  }
  return null;
}

/** `{ width, height }` of a whole PNG (W3C PNG, sections 5.2 to 5.6), or null. */
export function pngFacts(bytes) {
  if (!isPng(bytes)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let facts = null;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const next = at + 12 + length;
    if (next > bytes.length || crc(bytes.subarray(at + 4, at + 8 + length)) !== view.getUint32(next - 4)) return null;
    if (at === 8) {
      if (type !== "IHDR" || length !== 13) return null;
      facts = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    }
    if (type === "IEND") return isSize(facts) ? facts : null;
    at = next;
  }
  return null;
}

/** Whether a picture of that size can be shown and printed at all. */
export const isDrawable = ({ width, height }) => width * height <= MOST_PIXELS;

export const isPng = (bytes) => PNG_SIGNATURE.every((byte, index) => bytes[index] === byte);

const isFrame = (marker) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
const isSize = ({ width, height }) => width > 0 && height > 0;

function lastMarker(bytes, marker) {
  for (let at = bytes.length - 2; at > 0; at--) if (bytes[at] === 0xff && bytes[at + 1] === marker) return at;
  return -1;
}

function crcTable() {
  return Uint32Array.from({ length: 256 }, (_, n) => {
    let value = n;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    return value;
  });
}

function crc(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = PNG_CRC[(value ^ byte) & 0xff] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
