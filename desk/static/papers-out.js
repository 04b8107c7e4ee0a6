// What the agent gives: offered, sent as the booth wants it, and followed to what became of it.

import { CHUNK_BYTES, MOST_DOCUMENTS, chunkOf, newId, sha256 } from "./papers-wire.js";
import { MOST_BYTES as MOST_WINDOW_BYTES, SendWindow } from "./send-window.js";

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
    this.window = new SendWindow();
  }

  /** Those that are not there yet: lost with the page. */
  get giving() {
    return this.documents.filter(({ state }) => state === "waiting" || state === "sending").map(({ id }) => id);
  }

  /** Give a checked document; false when there were too many. */
  async give({ name, media, bytes }) {
    if (this.documents.length >= MOST_DOCUMENTS) return false;
    const document = { id: newId(), name: [...name].slice(0, MOST_NAME).join(""), media, bytes, size: bytes.length, percent: 0, state: "waiting", reason: "", fate: null, sent: 0, reached: null };
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
    this.window = new SendWindow();
    for (const document of this.documents) document.reached = null;
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
    // The first want on a channel says where to go on; those after it, what has come.
    if (document.reached === null || offset < document.reached || offset > document.sent) {
      document.sent = offset;
      this.window.begin();
    }
    document.reached = offset;
    this.window.reached(offset, seconds());
    this.#pump(document);
    const percent = Math.floor((100 * offset) / document.size);
    if (document.state === "sending" && document.percent === percent) return;
    Object.assign(document, { state: "sending", percent });
    this.changed();
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

  /** Note what became of a document. */
  fate(frame) {
    this.#note(frame.id, { fate: frame, hidden: false }, frame.name);
  }

  /** Note what the booth took out of a document. */
  cleaned({ id, removed }) {
    this.#note(id, { removed });
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

  /** One that was given before the page was reloaded is new to it. */
  #note(id, news, name = "") {
    let document = this.documents.find((one) => one.id === id);
    if (!document && this.documents.length < MOST_DOCUMENTS) {
      document = { id, name, percent: 100, state: "given", reason: "", bytes: null, fate: null };
      this.documents.push(document);
    }
    if (!document) return;
    Object.assign(document, news);
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

  #pump(document) {
    const { id, bytes, size, reached } = document;
    // Who asks for the same again and again must not fill the memory.
    while (document.sent < size && this.channel.readyState === "open" && this.channel.bufferedAmount < MOST_WINDOW_BYTES) {
      const end = Math.min(size, document.sent + Math.min(this.window.chunk, CHUNK_BYTES));
      if (end - reached > this.window.limit) return;
      this.channel.send(chunkOf(id, bytes.subarray(document.sent, end), document.sent));
      document.sent = end;
      this.window.sent(end, end - reached, seconds());
    }
  }
}

const seconds = () => performance.now() / 1000;
