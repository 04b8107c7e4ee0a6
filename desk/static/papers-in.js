// What the booth offers: taken one document at a time, resumed after a new channel, and checked.

import { MOST_DOCUMENTS, sha256 } from "./papers-wire.js";

// Thirty pages of a document camera are under 60 MB.
const MOST_TOTAL_BYTES = 200_000_000;

export class Incoming {
  /**
   * `send(frame)` goes to the booth; `arrived(offer, bytes)` says what becomes of a whole document:
   * it returns a promise of an empty string, or of the reason why it is refused;
   * `progress(offer, bytes)` is told how much there is; `lost(id)` that it will not come.
   */
  constructor({ send, arrived, progress, lost }) {
    this.send = send;
    this.arrived = arrived;
    this.progress = progress;
    this.lost = lost;
    this.documents = new Map();
    this.current = null;
  }

  /** Documents that need not be offered again. */
  get held() {
    return [...this.documents.values()].filter(({ state }) => state === "held").map(({ offer }) => offer.id);
  }

  /** A new channel: nothing is on its way any more, and all is offered again. */
  restart() {
    this.current = null;
    for (const document of this.documents.values()) if (document.state === "queued") document.state = "missing";
  }

  offered(offer) {
    const known = this.documents.get(offer.id);
    if (known?.state === "held") this.send({ type: "done", id: offer.id });
    if (known?.state === "refused") this.send({ type: "refused", id: offer.id, reason: known.reason });
    if (known?.state === "missing") known.state = "queued";
    if (!known) this.#enter(offer);
    this.#next();
  }

  withdrawn(id) {
    const document = this.documents.get(id);
    if (!document || !["queued", "missing"].includes(document.state)) return;
    this.documents.delete(id);
    if (this.current === document) this.current = null;
    this.lost(id);
    this.#next();
  }

  chunk({ id, offset, bytes }) {
    const document = this.current;
    if (document?.offer.id !== id || offset !== document.reached || offset + bytes.length > document.offer.size) return;
    document.bytes.set(bytes, offset);
    document.reached += bytes.length;
    this.progress(document.offer, document.reached);
    if (document.reached === document.offer.size) {
      this.current = null;
      document.state = "checking";
      this.#check(document);
      this.#next();
    } else {
      this.#want(document);
    }
  }

  #enter(offer) {
    const total = [...this.documents.values()].reduce((sum, document) => sum + document.offer.size, offer.size);
    if (this.documents.size >= MOST_DOCUMENTS || total > MOST_TOTAL_BYTES) {
      this.send({ type: "refused", id: offer.id, reason: "too-many" });
      return;
    }
    this.documents.set(offer.id, { offer, state: "queued", reached: 0, bytes: new Uint8Array(offer.size), reason: "" });
    this.progress(offer, 0);
  }

  #next() {
    if (this.current) return;
    this.current = [...this.documents.values()].find(({ state }) => state === "queued") ?? null;
    if (this.current) this.#want(this.current);
  }

  #want(document) {
    this.send({ type: "want", id: document.offer.id, offset: document.reached });
  }

  async #check(document) {
    const { offer, bytes } = document;
    const right = (await sha256(bytes)) === offer.sha256;
    document.reason = right ? await this.arrived(offer, bytes) : "damaged";
    document.state = document.reason ? "refused" : "held";
    document.bytes = null;
    this.send(document.reason ? { type: "refused", id: offer.id, reason: document.reason } : { type: "done", id: offer.id });
    if (document.reason) this.lost(offer.id);
  }
}
