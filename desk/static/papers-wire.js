// The frames of a call's data channel « papers »; kiosk/link/papers.py says what each one means.

export const LABEL = "papers";
export const MOST_BYTES = 20 * 1024 * 1024;
export const MOST_PAGES = 30;
export const MOST_DOCUMENTS = 60;
export const MOST_MISSING = 20;
export const CHUNK_BYTES = 8 * 1024;
const PARCEL_EXTRA_BYTES = 64;
const MOST_REMOVED = 9;
const MOST_FRAME_CHARACTERS = 16 * 1024;
const ID_BYTES = 16;
const HEAD_BYTES = ID_BYTES + 8;

const ID = /^[0-9a-f]{32}$/;
const DIGEST = /^[0-9a-f]{64}$/;
const isId = (value) => typeof value === "string" && ID.test(value);
const isDigest = (value) => typeof value === "string" && DIGEST.test(value);
const isCount = (value, most) => Number.isInteger(value) && value >= 0 && value <= most;
const isWord = (value) => typeof value === "string" && value.length <= 120;

// What each frame of the booth must be like; anything else is dropped.
const SHAPES = {
  hello: ({ held }) => Array.isArray(held) && held.length <= MOST_DOCUMENTS && held.every(isId),
  offer: (frame) =>
    isId(frame.id) && isDigest(frame.sha256) && isCount(frame.size, MOST_BYTES + PARCEL_EXTRA_BYTES) && frame.size > 0 &&
    isCount(frame.number ?? 1, MOST_DOCUMENTS) && isWord(frame.name ?? "") && ((frame.kind === "page" && frame.media === "image/jpeg") || isParcel(frame)),
  want: ({ id, offset }) => isId(id) && isCount(offset, MOST_BYTES + PARCEL_EXTRA_BYTES),
  done: ({ id }) => isId(id),
  refused: ({ id, reason }) => isId(id) && isWord(reason),
  withdrawn: ({ id }) => isId(id),
  can: (frame) => [frame.scan, frame.print, frame.take_away].every((value) => typeof value === "boolean"),
  notes: ({ missing, next }) => Array.isArray(missing) && missing.length <= MOST_MISSING && missing.every(isWord) && isWord(next),
  scanning: ({ state, taken }) => ["asked", "open", "closed", "declined"].includes(state) && isCount(taken ?? 0, MOST_PAGES),
  cleaned: ({ id, removed }) => isId(id) && Array.isArray(removed) && removed.length <= MOST_REMOVED && removed.every(isWord),
  fate: (frame) => isId(frame.id) && isWord(frame.state) && isWord(frame.name ?? "") && (frame.reasons === undefined || (Array.isArray(frame.reasons) && frame.reasons.length <= 10 && frame.reasons.every(isWord))),
};

function isParcel({ kind, deposit }) {
  return kind === "parcel" && isDigest(deposit?.proof) && isId(deposit.salt) && isCount(deposit.expires_s, 3600);
}

/** The frame in a text message, or null where there is none. */
export function parseFrame(text) {
  if (text.length > MOST_FRAME_CHARACTERS) return null;
  let frame;
  try {
    frame = JSON.parse(text);
  } catch {
    return null;
  }
  return Object.hasOwn(SHAPES, frame?.type) && SHAPES[frame.type](frame) ? frame : null;
}

/** The document's id, offset and bytes in a binary message, or null. */
export function parseChunk(buffer) {
  if (buffer.byteLength <= HEAD_BYTES || buffer.byteLength > HEAD_BYTES + CHUNK_BYTES) return null;
  const id = hex(new Uint8Array(buffer, 0, ID_BYTES));
  const offset = Number(new DataView(buffer).getBigUint64(ID_BYTES));
  return { id, offset, bytes: new Uint8Array(buffer, HEAD_BYTES) };
}

/** A binary message with `part`, at most `CHUNK_BYTES` of the document from `offset` on. */
export function chunkOf(id, part, offset) {
  const message = new Uint8Array(HEAD_BYTES + part.length);
  message.set(unhex(id));
  new DataView(message.buffer).setBigUint64(ID_BYTES, BigInt(offset));
  message.set(part, HEAD_BYTES);
  return message;
}

/** 128 random bits as 32 hexadecimal digits. */
export const newId = () => hex(crypto.getRandomValues(new Uint8Array(ID_BYTES)));

export async function sha256(bytes) {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const unhex = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
