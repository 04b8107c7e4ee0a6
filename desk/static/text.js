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
    // What this agent wrote before the page was reloaded: the booth tells how many lines, then each.
    this.before = null;
    this.earlier = [];
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
    channel.onopen = () => this.#send({ type: "have", revisions: this.theirs.map(({ revision }) => revision), remembered: this.#remembered });
    channel.onmessage = ({ data }) => channel === this.channel && this.#take(data);
    if (channel.readyState === "open") channel.onopen();
  }

  /** The line being typed reads so now; with `ended` it is closed, and the next key begins another. */
  type(text, ended = false) {
    let line = this.own.at(-1);
    if (!line || line.ended) {
      if (!text || this.full) return;
      line = { own: true, n: null, revision: 0, text: "", ended: false };
      this.own.push(line);
      this.#number();
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
    if (this.heard) this.#sendLine(line);
    this.changed();
  }

  #take(data) {
    const frame = parse(data);
    if (frame?.type === "have") this.#have(frame.revisions);
    if (frame?.type === "line" && isReading(frame)) this.#line(frame);
    if (frame?.type === "told" && isReading(frame)) this.#told(frame);
  }

  #have(revisions) {
    if (!Array.isArray(revisions) || revisions.length > MOST_LINES) return;
    // Once: from then on the lines that the booth has beyond these are this page's own.
    this.before ??= revisions.length;
    this.heard = true;
    this.#number();
    for (const line of [...this.earlier, ...this.own]) if (line.revision > (revisions[line.n - 1] ?? 0)) this.#sendLine(line);
  }

  /** How many lines of its own, from the first on, this page need not be told. */
  get #remembered() {
    const all = this.earlier.length === (this.before ?? 0);
    return this.earlier.length + (all ? this.own.length : 0);
  }

  /** Lines have their numbers once it is known how many came before them. */
  #number() {
    if (this.before !== null) this.own.forEach((line, index) => Object.assign(line, { n: this.before + index + 1 }));
  }

  /** A line of this agent's from before the page was reloaded. */
  #told({ n, revision, text, ended }) {
    if (n > (this.before ?? 0) || n !== this.earlier.length + 1) return;
    const line = { own: true, n, revision, text, ended: true };
    this.earlier.push(line);
    const fresh = this.own.length ? this.lines.indexOf(this.own[0]) : this.lines.length;
    this.lines.splice(fresh, 0, line);
    // What was being typed when the page went stands as it is, and can be corrected.
    if (!ended && n === this.before) this.#close(line);
    this.changed();
  }

  #close(line) {
    if (line.revision >= MOST_REVISIONS) return;
    line.revision += 1;
    this.#sendLine(line);
  }

  #line({ n, revision, text, ended }) {
    if (n > this.theirs.length + 1) return;
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

  #sendLine({ n, revision, text, ended }) {
    this.#send({ type: "line", n, revision, text, ended });
  }

  #send(frame) {
    if (this.channel.readyState === "open") this.channel.send(JSON.stringify(frame));
  }
}

function isReading({ n, revision, text }) {
  const numbered = Number.isInteger(n) && n >= 1 && n <= MOST_LINES && Number.isInteger(revision) && revision <= MOST_REVISIONS;
  return numbered && typeof text === "string" && text.length <= 2 * MOST_CHARACTERS;
}

function parse(data) {
  if (typeof data !== "string" || data.length > MOST_FRAME_CHARACTERS) return null;
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
