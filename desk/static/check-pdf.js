// Whether a PDF can be given to the booth: whole, open to everybody, not too long (ISO 32000-2).
// The booth checks all of it, and takes out what is not for reading; this is so that the agent hears
// at once, in words, what is wrong, and not after twenty megabytes.

import { MOST_PAGES } from "./papers-wire.js";
import { opensWithoutPassword } from "./pdf-lock.js";

const HEAD_WITHIN = 1024;
const TAIL_WITHIN = 2048;
const DICTIONARY_WITHIN = 2048;
// « 4294967295 65535 obj » and the ends of its line.
const OBJECT_WITHIN = 32;
// Far more than thirty honest pages have.
const MOST_STREAMS = 20_000;
const MOST_INFLATED = 64 * 1024 * 1024;
const LONGEST_NODE = 50_000;
// Of the pages' tree; thirty pages need one.
const MOST_NODES = 200;
const ENCRYPT = /\/Encrypt\s*(?:(\d+)\s+(\d+)\s+R|(?=<<))/;

export const isPdf = (bytes) => latin(bytes.subarray(0, HEAD_WITHIN)).includes("%PDF-");

/** An empty string, or the reason (kiosk/link/papers.py, `Reason`) why it is refused. */
export async function pdfRefusal(bytes) {
  const text = latin(bytes);
  const tail = text.trimEnd().slice(-TAIL_WITHIN);
  if (!tail.includes("startxref") || !tail.includes("%%EOF")) return "broken";
  const { bare, streams } = apart(text);
  const lock = ENCRYPT.exec(bare);
  // The names of a locked document's objects are in clear, those in its object streams are not.
  if (lock) return (await opens(lock, bare)) ? "" : "encrypted";
  if (streams.length > MOST_STREAMS) return "too-hungry";
  const packed = await objectStreams(streams, bytes);
  if (packed === null) return "too-hungry";
  const all = [bare, ...packed.map(plainNames)].join("\n");
  if (/\/NeedsRendering\s+true/.test(all)) return "dynamic-form";
  return pageCount(all) > MOST_PAGES ? "too-many-pages" : "";
}

/** Whether the lock that the trailer names opens without a password. */
function opens({ 1: number, 2: generation, index }, text) {
  const trailer = text.slice(Math.max(0, index - DICTIONARY_WITHIN), index + DICTIONARY_WITHIN);
  if (number === undefined) return opensWithoutPassword(text.slice(index, index + DICTIONARY_WITHIN), trailer);
  const opening = new RegExp(`(?:^|[^\\d])${number}\\s+${generation}\\s+obj`).exec(text);
  return opening !== null && opensWithoutPassword(text.slice(opening.index, opening.index + DICTIONARY_WITHIN), trailer);
}

/** The objects outside streams, in which alone names count (noise holds any three letters), and where the streams are. */
function apart(text) {
  const kept = [];
  const streams = [];
  const opening = /stream\r?\n/g;
  let from = 0;
  for (let match = opening.exec(text); match && streams.length <= MOST_STREAMS; match = opening.exec(text)) {
    const begin = match.index + match[0].length;
    const end = text.indexOf("endstream", begin);
    if (end < 0) break;
    const before = text.slice(Math.max(from, match.index - DICTIONARY_WITHIN), match.index);
    streams.push({ dictionary: plainNames(before.slice(before.lastIndexOf(" obj") + 1)), begin, end });
    kept.push(text.slice(from, begin));
    from = end;
    opening.lastIndex = end + "endstream".length;
  }
  return { bare: plainNames(kept.join("") + text.slice(from)), streams };
}

/** Names with their `#xx` undone: a program must not hide behind « /J#53 ». */
function plainNames(text) {
  return text.replace(/\/[^\s/<>[\]()]*#[^\s/<>[\]()]*/g, (name) =>
    name.replace(/#([0-9A-Fa-f]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16))),
  );
}

/** The greatest `/Count` of the pages' tree is its root's; 0 where none can be read. */
function pageCount(text) {
  const counts = new Map();
  for (const { index } of text.matchAll(/\/Type\s*\/Pages(?![A-Za-z])/g)) {
    const begin = edge(text, index, -1, "<<", ">>");
    const node = text.slice(begin, edge(text, index, 1, ">>", "<<"));
    const count = /\/Count\s+(\d{1,9})(?!\s+\d+\s+R)/.exec(node);
    // Who takes pages out often writes the tree's root a second time: the last one counts.
    const number = /(\d+)\s+\d+\s+obj\s*$/.exec(text.slice(Math.max(0, begin - OBJECT_WITHIN), begin));
    counts.set(number?.[1] ?? `packed ${index}`, Number(count?.[1] ?? 0));
    if (counts.size > MOST_NODES) return counts.size;
  }
  return Math.max(0, ...counts.values());
}

/** Where the dictionary that holds `index` opens or closes: its inner ones are stepped over. */
function edge(text, index, step, own, other) {
  let depth = 0;
  const last = Math.max(0, Math.min(text.length, index + step * LONGEST_NODE));
  for (let at = index; step * (last - at) > 0; at += step) {
    const pair = text.slice(at, at + 2);
    if (pair === own && depth-- === 0) return at;
    if (pair === other) depth += 1;
    // Both its signs: « >>> » is one end and half of another.
    if (pair === own || pair === other) at += step;
  }
  return last;
}

/** What the object streams hold, inflated; null where that is beyond all measure. */
async function objectStreams(streams, bytes) {
  const found = [];
  let room = MOST_INFLATED;
  for (const { dictionary, begin, end } of streams) {
    if (!/\/Type\s*\/ObjStm/.test(dictionary) || !/\/FlateDecode/.test(dictionary)) continue;
    const length = /\/Length\s+(\d{1,9})(?!\d|\s+\d+\s+R)/.exec(dictionary)?.[1];
    const inflated = await inflate(bytes.subarray(begin, length ? begin + Number(length) : withoutEol(bytes, end)), room);
    if (inflated === null) return null;
    room -= inflated.length;
    found.push(inflated);
  }
  return found;
}

function withoutEol(bytes, end) {
  const newline = bytes[end - 1] === 0x0a ? 1 : 0;
  return end - newline - (bytes[end - newline - 1] === 0x0d ? 1 : 0);
}

async function inflate(part, room) {
  const reader = new Blob([part]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  let text = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text;
      text += latin(value);
      if (text.length > room) {
        reader.cancel().catch(() => {});
        return null;
      }
    }
  } catch {
    // What cannot be inflated here is the booth's to judge.
    return text;
  }
}

function latin(bytes) {
  const parts = [];
  for (let at = 0; at < bytes.length; at += 32_768) parts.push(String.fromCharCode(...bytes.subarray(at, at + 32_768)));
  return parts.join("");
}
