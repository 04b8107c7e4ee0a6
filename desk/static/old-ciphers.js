// MD5 (RFC 1321) and RC4, which browsers no longer have: old PDFs say with them whether they are locked.

const SHIFTS = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
const SINES = Uint32Array.from({ length: 64 }, (_, at) => Math.floor(Math.abs(Math.sin(at + 1)) * 2 ** 32));
const START = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];

/** Sixteen bytes. */
export function md5(message) {
  const padded = new Uint8Array(((message.length + 8) >> 6 << 6) + 64);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, message.length * 8, true);
  const state = Uint32Array.from(START);
  for (let block = 0; block < padded.length; block += 64) mix(state, view, block);
  return new Uint8Array(state.buffer);
}

function mix(state, view, block) {
  let [a, b, c, d] = state;
  for (let step = 0; step < 64; step++) {
    const round = step >> 4;
    const [f, word] = [
      () => [(b & c) | (~b & d), step],
      () => [(d & b) | (~d & c), (5 * step + 1) % 16],
      () => [b ^ c ^ d, (3 * step + 5) % 16],
      () => [c ^ (b | ~d), (7 * step) % 16],
    ][round]();
    const sum = (a + f + SINES[step] + view.getUint32(block + 4 * word, true)) >>> 0;
    const shift = SHIFTS[round][step % 4];
    [a, d, c, b] = [d, c, b, (b + ((sum << shift) | (sum >>> (32 - shift)))) >>> 0];
  }
  [a, b, c, d].forEach((value, at) => (state[at] += value));
}

/** As many bytes as `message` has. */
export function rc4(key, message) {
  const box = Uint8Array.from({ length: 256 }, (_, at) => at);
  for (let at = 0, other = 0; at < 256; at++) {
    other = (other + box[at] + key[at % key.length]) & 255;
    [box[at], box[other]] = [box[other], box[at]];
  }
  let other = 0;
  return Uint8Array.from(message, (byte, index) => {
    const at = (index + 1) & 255;
    other = (other + box[at]) & 255;
    [box[at], box[other]] = [box[other], box[at]];
    return byte ^ box[(box[at] + box[other]) & 255];
  });
}
