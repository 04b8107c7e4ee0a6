// What the agent gives: offered, sent as the booth wants it, and followed to what became of it.

import { CHUNK_BYTES, MOST_DOCUMENTS, WINDOW_BYTES, chunkOf, newId, sha256 } from "./papers-wire.js";

// Names that are shown at the booth; the wire allows as many.
const MOST_NAME = 120;

export class Outgoing {
  /** `send(message)` goes to the booth; `changed()` is called when a document's state changes. */
  constructor({ send, changed }) {
    this.send = send;
    this.changed = changed;
    /** `{ id, name, percent, state, reason, fate }`, oldest first; state: waiting, sending, given, refused. */
    this.documents = [];
    this.ready = false;
    this.channel = null;
  }

  /** Give a checked document; false when there were too many. */
  async give({ name, media, bytes }) {
    if (this.documents.length >= MOST_DOCUMENTS) return false;
    const document = { id: newId(), name: [...name].slice(0, MOST_NAME).join(""), media, bytes, size: bytes.length, percent: 0, state: "waiting", reason: "", fate: null, sent: 0, limit: 0 };
    this.documents.push(document);
    this.changed();
    document.sha256 = await sha256(bytes);
    this.#offer(document);
    return true;
  }

  /** A new channel: nothing is offered before the booth has said what it holds. */
  restart(channel) {
    this.channel = channel;
    this.ready = false;
    channel.bufferedAmountLowThreshold = WINDOW_BYTES / 4;
    channel.onbufferedamountlow = () => channel === this.channel && this.#pump();
    for (const document of this.documents) document.limit = 0;
  }

  hello(held) {
    this.ready = true;
    for (const document of this.documents) {
      if (held.includes(document.id)) this.#settle(document, "given");
      this.#offer(document);
    }
  }

  wanted(id, offset) {
    const document = this.#open(id);
    if (!document || offset > document.size) return;
    // The first want on a channel says where to go on; those after it, how far.
    if (document.limit === 0 || offset > document.sent) document.sent = offset;
    document.limit = offset + WINDOW_BYTES;
    document.percent = Math.floor((100 * offset) / document.size);
    document.state = "sending";
    this.changed();
    this.#pump();
  }

  done(id) {
    const document = this.#open(id);
    if (document) this.#settle(document, "given");
  }

  refused(id, reason) {
    const document = this.documents.find((one) => one.id === id);
    if (!document) return;
    document.reason = reason;
    this.#settle(document, "refused");
  }

  /** Note what became of a document; one of an earlier page of this agent has no name any more. */
  fate(frame) {
    let document = this.documents.find(({ id }) => id === frame.id);
    if (!document && this.documents.length < MOST_DOCUMENTS) {
      document = { id: frame.id, name: "", percent: 100, state: "given", reason: "", bytes: null, fate: null };
      this.documents.push(document);
    }
    if (!document) return;
    document.fate = frame;
    document.hidden = false;
    this.changed();
  }

  /** Take back what is not there yet, or strike the rest from the list until there is news of it. */
  remove(id) {
    const document = this.documents.find((one) => one.id === id);
    if (!document) return;
    if (this.#open(id)) {
      this.send({ type: "withdrawn", id });
      this.documents = this.documents.filter((one) => one !== document);
    }
    document.hidden = true;
    this.changed();
  }

  #open(id) {
    return this.documents.find((one) => one.id === id && (one.state === "waiting" || one.state === "sending"));
  }

  #offer({ id, media, size, sha256: digest, name, state }) {
    if (!this.ready || !digest || state === "given" || state === "refused") return;
    this.send({ type: "offer", id, kind: "document", media, size, sha256: digest, name });
  }

  #settle(document, state) {
    document.state = state;
    document.percent = 100;
    document.bytes = null;
    this.changed();
  }

  #pump() {
    for (const document of this.documents) {
      if (document.state !== "sending") continue;
      const end = Math.min(document.size, document.limit);
      while (document.sent < end && this.channel.readyState === "open" && this.channel.bufferedAmount < WINDOW_BYTES) {
        this.channel.send(chunkOf(document.id, document.bytes, document.sent));
        document.sent = Math.min(document.size, document.sent + CHUNK_BYTES);
      }
    }
  }
}
