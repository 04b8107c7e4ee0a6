// How far ahead of the booth a document is sent, so that what is typed beside it stays quick.
// The rule is that of kiosk/documents/send_window.py, which says why; a test compares the two.

const QUEUE_S = 0.1;
const PACKET_BYTES = 1160;
const LEAST_BYTES = 4 * PACKET_BYTES;
const FIRST_BYTES = 8 * 1024;
export const MOST_BYTES = 512 * 1024;
const LEAST_CHUNK_BYTES = 1024;
const CHUNKS = 8;
const GROWTH = 1.5;

export class SendWindow {
  constructor() {
    /** Bytes that may be on their way. */
    this.limit = FIRST_BYTES;
    /** Of the chunks not acknowledged, `{ end, onItsWay, leftAt }`, oldest first. */
    this.flights = [];
    this.baseS = Infinity;
    this.roundEnds = -Infinity;
    this.beginRound();
  }

  /** Bytes of the next chunk: small on a poor line, where text would wait for all of it. */
  get chunk() {
    return Math.max(LEAST_CHUNK_BYTES, Math.floor(this.limit / CHUNKS));
  }

  /** Another document, or another place in it: nothing of it is on its way. */
  begin() {
    this.flights = [];
  }

  /** Note a chunk that ends at this offset, and the bytes on their way, its own among them. */
  sent(end, onItsWay, now) {
    this.flights.push({ end, onItsWay, leftAt: now });
  }

  /** Learn from an acknowledgement of all that lies before `offset`; times are seconds. */
  reached(offset, now) {
    let newest;
    while (this.flights.length > 0 && this.flights[0].end <= offset) newest = this.flights.shift();
    if (newest) this.learn(newest.onItsWay, now - newest.leftAt, now);
  }

  learn(onItsWay, roundTripS, now) {
    this.baseS = Math.min(this.baseS, roundTripS);
    this.leastS = Math.min(this.leastS, roundTripS);
    if (roundTripS > 0) this.rate = Math.max(this.rate, onItsWay / roundTripS);
    if (now < this.roundEnds) return;
    const most = Math.min(GROWTH * this.limit, MOST_BYTES);
    const unqueued = this.leastS - this.baseS < QUEUE_S / 4;
    const wanted = unqueued ? most : this.rate * (this.baseS + QUEUE_S);
    this.limit = Math.floor(Math.max(LEAST_BYTES, Math.min(wanted, most)));
    this.beginRound();
    this.roundEnds = now + roundTripS;
  }

  beginRound() {
    this.rate = 0;
    this.leastS = Infinity;
  }
}
