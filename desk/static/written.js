// The written messages of a call: numbered, and sent again on a new connection until they are there.
// The booth's side, with the same frames, is kiosk/calls/written.py.

const LABEL = "written";
const MOST_LINES = 500;
const MOST_CHARACTERS = 1000;
const MOST_BYTES = 8 * 1024;

export class Written {
  /** `changed()` is called whenever there is another line. */
  constructor(changed) {
    this.changed = changed;
    /** `{ text, own }`, oldest first. */
    this.lines = [];
    this.own = [];
    // Lines that an earlier page of this agent has sent: the booth counts from there.
    this.before = 0;
    this.have = 0;
    this.sent = null;
    this.channel = null;
  }

  get full() {
    return this.before + this.own.length >= MOST_LINES;
  }

  /** Take the booth's channel; others are not ours. */
  use(channel) {
    if (channel.label !== LABEL) return;
    this.channel = channel;
    this.sent = null;
    channel.onopen = () => this.#send({ type: "have", last: this.have });
    channel.onmessage = ({ data }) => channel === this.channel && this.#take(data);
    if (channel.readyState === "open") channel.onopen();
  }

  write(text) {
    const line = text.trim().slice(0, MOST_CHARACTERS);
    if (!line || this.full) return false;
    this.own.push(line);
    this.lines.push({ text: line, own: true });
    this.#flush();
    this.changed();
    return true;
  }

  #take(data) {
    const frame = parse(data);
    if (frame?.type === "have" && Number.isInteger(frame.last) && frame.last >= 0 && frame.last <= MOST_LINES) {
      if (frame.last > this.before + this.own.length) this.before = frame.last;
      this.sent = Math.max(0, frame.last - this.before);
      this.#flush();
    }
    if (frame?.type === "line" && frame.n === this.have + 1 && typeof frame.text === "string" && this.have < MOST_LINES) {
      this.have = frame.n;
      this.lines.push({ text: frame.text.slice(0, MOST_CHARACTERS), own: false });
      this.changed();
    }
  }

  #flush() {
    if (this.sent === null) return;
    for (; this.sent < this.own.length; this.sent++) {
      this.#send({ type: "line", n: this.before + this.sent + 1, text: this.own[this.sent] });
    }
  }

  #send(frame) {
    if (this.channel.readyState === "open") this.channel.send(JSON.stringify(frame));
  }
}

function parse(data) {
  if (typeof data !== "string" || data.length > MOST_BYTES) return null;
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
