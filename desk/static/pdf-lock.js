// Whether an encrypted PDF opens without a password (ISO 32000-2, 7.6.4): what every reader tries first.

import { md5, rc4 } from "./old-ciphers.js";

// 7.6.4.3.2: what a password that is too short is filled up with.
const PADDING = Uint8Array.from(
  "28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A".match(/../g),
  (pair) => parseInt(pair, 16),
);

/** `encrypt` and `trailer` are the texts of the two dictionaries, a character for each byte. */
export async function opensWithoutPassword(encrypt, trailer) {
  const revision = numberIn(encrypt, "R");
  const user = stringIn(encrypt, "U");
  if (!/\/Filter\s*\/Standard/.test(encrypt) || !user) return false;
  if (revision === 5 || revision === 6) return isUserHash(user, revision);
  if (revision < 2 || revision > 4) return false;
  return isUserKey(encrypt, user, revision, firstIdIn(trailer));
}

/** Algorithms 2, 4 and 5, with an empty password. */
function isUserKey(encrypt, user, revision, id) {
  const permissions = new Uint8Array(4);
  new DataView(permissions.buffer).setInt32(0, numberIn(encrypt, "P") | 0, true);
  const clear = revision === 4 && /\/EncryptMetadata\s+false/.test(encrypt) ? [255, 255, 255, 255] : [];
  const owner = stringIn(encrypt, "O") ?? [];
  // Of revision 4 there are crypt filters, each with a length of its own that counts otherwise.
  const length = { 2: 5, 4: 16 }[revision] ?? Math.min(16, (numberIn(encrypt, "Length") || 40) / 8);
  let key = md5([...PADDING, ...owner.slice(0, 32), ...permissions, ...id, ...clear]);
  if (revision > 2) for (let round = 0; round < 50; round++) key = md5(key.slice(0, length));
  key = key.slice(0, length);
  if (revision === 2) return same(rc4(key, PADDING), user, 32);
  let sealed = md5([...PADDING, ...id]);
  for (let round = 0; round < 20; round++) sealed = rc4(key.map((byte) => byte ^ round), sealed);
  return same(sealed, user, 16);
}

/** Algorithms 11 and 2.B, with an empty password. */
async function isUserHash(user, revision) {
  const salt = user.subarray(32, 40);
  let hash = await digest("SHA-256", salt);
  if (revision === 5) return same(hash, user, 32);
  for (let round = 0, last = 0; round < 64 || last > round - 32; round++) {
    const sealed = await cbc(hash, repeated(hash, 64));
    const remainder = sealed.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    hash = await digest(["SHA-256", "SHA-384", "SHA-512"][remainder], sealed);
    last = sealed.at(-1);
  }
  return same(hash, user, 32);
}

async function cbc(hash, plain) {
  const key = await crypto.subtle.importKey("raw", hash.subarray(0, 16), "AES-CBC", false, ["encrypt"]);
  const sealed = await crypto.subtle.encrypt({ name: "AES-CBC", iv: hash.subarray(16, 32) }, key, plain);
  // The last block is filling, which the standard does without here.
  return new Uint8Array(sealed, 0, plain.length);
}

const digest = async (name, bytes) => new Uint8Array(await crypto.subtle.digest(name, bytes));
const same = (one, other, length) => other.length >= length && one.slice(0, length).every((byte, at) => byte === other[at]);
const numberIn = (text, key) => Number(new RegExp(`/${key}\\s+(-?\\d+)`).exec(text)?.[1] ?? 0);

function repeated(bytes, times) {
  const all = new Uint8Array(bytes.length * times);
  for (let at = 0; at < all.length; at += bytes.length) all.set(bytes, at);
  return all;
}

function stringIn(text, key) {
  const opening = new RegExp(`/${key}\\s*(?=[(<])`).exec(text);
  return opening && stringAt(text, opening.index + opening[0].length);
}

/** The first of the two strings under `/ID`; none where there is no such entry. */
function firstIdIn(text) {
  const opening = /\/ID\s*\[\s*/.exec(text);
  return (opening && stringAt(text, opening.index + opening[0].length)) ?? new Uint8Array();
}

/** The bytes of a literal or hexadecimal string (7.3.4). */
function stringAt(text, at) {
  if (text[at] === "<") {
    const digits = text.slice(at + 1, text.indexOf(">", at)).replace(/\s/g, "");
    return Uint8Array.from(digits.match(/..?/g) ?? [], (pair) => parseInt(pair.padEnd(2, "0"), 16));
  }
  return text[at] === "(" ? literal(text, at + 1) : null;
}

function literal(text, from) {
  const named = { n: 10, r: 13, t: 9, b: 8, f: 12 };
  const bytes = [];
  for (let at = from, depth = 0; at < text.length; at++) {
    let letter = text[at];
    if (letter === ")" && depth-- === 0) break;
    if (letter === "(") depth += 1;
    if (letter === "\\") {
      const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4))?.[0];
      letter = text[at + 1];
      at += octal ? octal.length : 1;
      if (letter === "\r" && text[at + 1] === "\n") at += 1;
      if (letter !== "\r" && letter !== "\n") bytes.push(octal ? parseInt(octal, 8) & 255 : (named[letter] ?? letter.charCodeAt(0)));
    } else {
      bytes.push(letter.charCodeAt(0));
    }
  }
  return Uint8Array.from(bytes);
}
