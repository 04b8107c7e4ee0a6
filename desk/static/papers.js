// The papers of one call, across its connections: both directions, the proposal, the notes, parcels.

import { isDrawable, jpegFacts } from "./check-image.js";
import { Incoming } from "./papers-in.js";
import { Outgoing } from "./papers-out.js";
import { parseChunk, parseFrame } from "./papers-wire.js";
import { deposit } from "./parcels.js";

const NOTES_AFTER_MS = 300;

export class Papers {
  /** `pages` keeps what came beyond the call; `changed()` is called when there is something to show. */
  constructor(ticket, pages, changed) {
    this.ticket = ticket;
    this.pages = pages;
    this.changed = changed;
    this.can = { scan: false, print: false, take_away: false };
    this.scanning = { state: "closed", taken: 0 };
    this.proposed = false;
    this.heard = false;
    this.notes = null;
    this.notesTimer = undefined;
    /** The notes that this agent took before the page was reloaded. */
    this.recalled = null;
    /** Parcel id → what the booth has to know of it. */
    this.parcels = new Map();
    this.channel = null;
    const send = (frame) => this.#send(frame);
    this.outgoing = new Outgoing({ send, changed });
    this.incoming = new Incoming({
      send,
      arrived: (offer, bytes) => (offer.kind === "page" ? this.#pageCame(offer, bytes) : this.#parcelCame(offer, bytes)),
      progress: (offer, reached) => offer.kind === "page" && pages.coming(offer, reached),
      lost: (id) => pages.lost(id),
    });
  }

  /** Whether the booth can be spoken to about papers now. */
  get open() {
    return this.channel?.readyState === "open";
  }

  /** Take the booth's channel, in place of a former one. */
  use(channel) {
    this.channel = channel;
    channel.binaryType = "arraybuffer";
    this.incoming.restart();
    this.outgoing.restart(channel);
    channel.onopen = () => this.#greet();
    channel.onclose = () => channel === this.channel && this.changed();
    channel.onmessage = ({ data }) => channel === this.channel && this.#take(data);
    if (channel.readyState === "open") this.#greet();
  }

  /** Ask the resident for papers, or no longer. */
  propose(open) {
    this.proposed = open;
    this.heard = false;
    this.scanning = { ...this.scanning, state: open ? "asked" : "closed" };
    this.#send({ type: "propose", open });
    this.changed();
  }

  /** Tell what is still missing, and what comes next: once the agent pauses. */
  note(missing, next) {
    this.notes = { type: "notes", missing, next };
    clearTimeout(this.notesTimer);
    this.notesTimer = setTimeout(() => this.#send(this.notes), NOTES_AFTER_MS);
  }

  /** The page goes away: what waits for a pause is told now. */
  leave() {
    clearTimeout(this.notesTimer);
    if (this.notes) this.#send(this.notes);
  }

  /** The gateway said that a parcel was fetched. */
  parcelTaken(id) {
    this.parcels.set(id, { type: "taken", id });
    this.#send({ type: "taken", id });
  }

  /** The call is over: what was about to be told is not. */
  end() {
    clearTimeout(this.notesTimer);
    this.channel = null;
  }

  #greet() {
    this.#send({ type: "hello", held: this.incoming.held, giving: this.outgoing.giving });
    if (this.proposed && !this.heard) this.#send({ type: "propose", open: true });
    if (this.notes) this.#send(this.notes);
    for (const frame of this.parcels.values()) this.#send(frame);
    this.changed();
  }

  #take(data) {
    if (typeof data !== "string") {
      const chunk = parseChunk(data);
      if (chunk) this.incoming.chunk(chunk);
      return;
    }
    const frame = parseFrame(data);
    if (frame?.type === "want") {
      // One comes with each chunk: only a percentage more is worth drawing the page anew.
      this.outgoing.wanted(frame.id, frame.offset);
      return;
    }
    switch (frame?.type) {
      case "hello": this.outgoing.hello(frame.held); break;
      case "offer": this.incoming.offered(frame); break;
      case "withdrawn": this.incoming.withdrawn(frame.id); break;
      case "done": this.outgoing.done(frame.id); break;
      case "refused": this.outgoing.refused(frame.id, frame.reason); break;
      case "fate": this.outgoing.fate(frame); break;
      case "cleaned": this.outgoing.cleaned(frame); break;
      case "can": this.can = frame; break;
      case "scanning": this.#scanningIs(frame); break;
      case "notes": this.recalled ??= this.notes ? null : frame; break;
    }
    this.changed();
  }

  #scanningIs({ state, taken }) {
    this.scanning = { state, taken: taken ?? 0 };
    // A proposal that the booth has answered is not made again on a new channel.
    if (state !== "closed") this.heard = true;
  }

  async #pageCame(offer, bytes) {
    const facts = jpegFacts(bytes);
    return facts && isDrawable(facts) && (await this.pages.arrived(offer, bytes, facts)) ? "" : "broken";
  }

  async #parcelCame(offer, bytes) {
    const told = await deposit(this.ticket, offer, bytes);
    if (!told) return "no-place";
    const frame = told.taken ? { type: "taken", id: offer.id } : { type: "deposited", id: offer.id, ...told };
    this.parcels.set(offer.id, frame);
    this.#send(frame);
    return "";
  }

  #send(frame) {
    if (this.open) this.channel.send(JSON.stringify(frame));
  }
}
