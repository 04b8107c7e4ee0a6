// Real-time text of a call (EN 301 549, 6.2): each key is sent with the whole line as it now reads.
// The frames are those of kiosk/link/text.py.

export const LABEL = "text";
const MOST_LINES = 500;
const MOST_CHARACTERS = 1000;
const MOST_REVISIONS = 10_000;
const MOST_FRAME_CHARACTERS = 8 * 1024;

export class RealTimeText {
  /** `changed()` is called whenever a line reads otherwise. */
  constructor(changed) {
    this.changed = changed;
    /** Both sides' `{ own, n, revision, text, ended }`, in the order of their beginning. */
    this.lines = [];
    this.own = [];
    this.theirs = [];
    // Lines that an earlier page of this agent has sent: the booth tells how many.
    this.before = null;
    this.channel = null;
    this.heard = false;
  }

  get full() {
    return (this.before ?? 0) + this.own.length >= MOST_LINES;
  }

  /** Take the booth's channel, in place of a former one. */
  use(channel) {
    this.channel = channel;
    this.heard = false;
    channel.onopen = () => this.#send({ type: "have", revisions: this.theirs.map(({ revision }) => revision) });
    channel.onmessage = ({ data }) => channel === this.channel && this.#take(data);
    if (channel.readyState === "open") channel.onopen();
  }

  /** The line being typed reads so now; with `ended` it is closed, and the next key begins another. */
  type(text, ended = false) {
    let line = this.own.at(-1);
    if (!line || line.ended) {
      if (!text || this.full) return;
      line = { own: true, revision: 0, text: "", ended: false };
      this.own.push(line);
      this.lines.push(line);
    }
    this.#write(line, text, ended);
  }

  /** An ended line of the agent's reads otherwise; an empty text takes it back. */
  correct(line, text) {
    this.#write(line, text, true);
  }

  #write(line, text, ended) {
    // By characters, as the booth counts: half of a pair would be no text at all.
    const cut = [...text].slice(0, MOST_CHARACTERS).join("");
    if ((line.text === cut && line.ended === ended && line.revision > 0) || line.revision >= MOST_REVISIONS) return;
    Object.assign(line, { text: cut, ended, revision: line.revision + 1 });
    if (this.heard) this.#sendLine(this.own.indexOf(line));
    this.changed();
  }

  #take(data) {
    const frame = parse(data);
    if (frame?.type === "have") this.#have(frame.revisions);
    if (frame?.type === "line") this.#line(frame);
  }

  #have(revisions) {
    if (!Array.isArray(revisions) || revisions.length > MOST_LINES) return;
    // Once: from then on the lines that the booth has beyond these are this page's own.
    this.before ??= revisions.length;
    this.heard = true;
    this.own.forEach((line, index) => {
      if (line.revision > (revisions[this.before + index] ?? 0)) this.#sendLine(index);
    });
  }

  #line({ n, revision, text, ended }) {
    const right = Number.isInteger(n) && n >= 1 && n <= Math.min(MOST_LINES, this.theirs.length + 1);
    if (!right || !Number.isInteger(revision) || revision > MOST_REVISIONS || typeof text !== "string" || text.length > 2 * MOST_CHARACTERS) return;
    let line = this.theirs[n - 1];
    if (!line) {
      line = { own: false, n, revision: 0, text: "", ended: false };
      this.theirs.push(line);
      this.lines.push(line);
    }
    if (revision <= line.revision) return;
    Object.assign(line, { revision, text, ended: ended === true });
    this.changed();
  }

  #sendLine(index) {
    const { revision, text, ended } = this.own[index];
    this.#send({ type: "line", n: this.before + index + 1, revision, text, ended });
  }

  #send(frame) {
    if (this.channel.readyState === "open") this.channel.send(JSON.stringify(frame));
  }
}

function parse(data) {
  if (typeof data !== "string" || data.length > MOST_FRAME_CHARACTERS) return null;
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
