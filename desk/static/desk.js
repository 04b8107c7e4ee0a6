// The state of the page: what the gateway said, what the agent wants, and the call between them.

import { BoothCall } from "./booth-call.js";
import { Pages } from "./pages.js";
import { forColleague, inMyOrder } from "./turns.js";
import { ENDINGS } from "./words.js";

const CLAIM_ANSWER_MS = 3000;
const FLEETING_MS = 8000;
const WANTED_KEY = "presence";

export class Desk {
  /**
   * `changed()` is called whenever there is something else to show, `textChanged()` when only the
   * call's text is; `asksSignIn(why)` asks for a form.
   */
  constructor(media, { changed, textChanged, asksSignIn }) {
    this.media = media;
    this.changed = changed;
    this.textChanged = textChanged;
    this.asksSignIn = asksSignIn;
    this.pages = new Pages(changed);
    /** Who spoke for this page last, also when signed out since: the pages are theirs. */
    this.pagesOf = null;
    /** The call of whose pages the agent knows that the next one erases them. */
    this.warnedOf = "";
    this.line = null;
    this.me = null;
    this.welcome = null;
    this.clockOffsetS = 0;
    this.presence = "away";
    this.queue = { waiting: [], in_call: [], available: 0, busy: 0, closing: false };
    this.lineUp = true;
    this.connected = false;
    this.superseded = false;
    this.answering = null;
    this.fleeting = "";
    this.call = null;
    this.ending = null;
    this.finished = new Set();
  }

  /** What the agent chose, which a call interrupts but does not change. */
  get wanted() {
    return (this.me && sessionStorage.getItem(`${WANTED_KEY}-${this.me.agent}`)) ?? this.presence;
  }

  /** Whether a ticket waits for this agent to notice. */
  get ringing() {
    return this.me !== null && this.connected && this.presence === "available" && !this.call && this.waiting.some((entry) => !forColleague(entry, this.me.agent));
  }

  /** Those who wait, in the order in which this agent is to take them. */
  get waiting() {
    return inMyOrder(this.queue.waiting, this.me?.agent);
  }

  want(state) {
    sessionStorage.setItem(`${WANTED_KEY}-${this.me.agent}`, state);
    this.line.send({ type: "presence", state });
    this.changed();
  }

  /** Tell those who wait that the agency closes, or that it does not. */
  setClosing(on) {
    this.line.send({ type: "closing", on });
  }

  /** Claim a ticket: the gateway tells who got it. Pages that would be lost are told of first. */
  answer(ticket) {
    if (this.call || this.answering || !this.connected) return;
    if (this.pages.unsaved.length > 0 && this.warnedOf !== this.pages.ticket) {
      this.warnedOf = this.pages.ticket;
      this.flash("Les papiers reçus ne sont pas téléchargés\u00a0: répondre les efface. Téléchargez-les, ou répondez encore une fois.");
      return;
    }
    this.answering = ticket;
    this.ending = null;
    this.line.send({ type: "claim", ticket });
    setTimeout(() => {
      if (this.answering !== ticket) return;
      this.answering = null;
      this.flash("La réponse n’est pas passée. Essayez encore.");
    }, CLAIM_ANSWER_MS);
    this.changed();
  }

  answerFirst() {
    const [first] = this.waiting;
    if (first) this.answer(first.ticket);
  }

  /** Show a sentence for a few seconds. */
  flash(words) {
    this.fleeting = words;
    setTimeout(() => {
      if (this.fleeting !== words) return;
      this.fleeting = "";
      this.changed();
    }, FLEETING_MS);
    this.changed();
  }

  signedIn(agent) {
    this.#speaksFor(agent.agent);
    this.me = agent;
    this.superseded = false;
    this.line.start();
    this.changed();
  }

  signedOut(why) {
    // A call that goes on keeps its pages; after it they are nobody's while nobody is signed in.
    if (this.me && !this.call) this.pages.clear();
    this.me = null;
    this.connected = false;
    this.changed();
    this.asksSignIn(this.call ? `${why} L’appel continue.` : why);
  }

  leave() {
    sessionStorage.removeItem(`${WANTED_KEY}-${this.me.agent}`);
    this.line.send({ type: "presence", state: "away" });
    this.pages.clear();
    this.line.stop();
  }

  // What the line tells.

  up() {
    this.connected = true;
  }

  down() {
    this.connected = false;
    this.answering = null;
    this.changed();
  }

  signIn() {
    this.signedOut("Votre session a pris fin. Connectez-vous de nouveau.");
  }

  supersededByOther() {
    this.superseded = true;
    this.call?.end("agent");
    this.ending = null;
    this.changed();
  }

  message(message) {
    const current = this.call !== null && this.call.ticket === message.ticket;
    switch (message.type) {
      case "welcome": this.#welcomed(message); break;
      case "line": this.lineUp = message.up; break;
      case "presence": this.presence = message.state; break;
      case "queue": this.queue = message; break;
      case "claimed": this.#claimed(message); break;
      case "call": this.#called(message, current); break;
      case "booth": if (current) this.call.boothPresent = message.present; break;
      case "signal": if (current) this.call.signal(message.body); break;
      case "parcel_taken": if (current) this.call.papers.parcelTaken(message.id); break;
      case "ended": if (current) this.call.end(message.reason); break;
    }
    this.changed();
  }

  #welcomed(message) {
    this.welcome = message;
    this.clockOffsetS = message.now - performance.now() / 1000;
    this.#speaksFor(message.agent);
    this.call?.unconfirmed();
    const wanted = sessionStorage.getItem(`${WANTED_KEY}-${message.agent}`);
    if (wanted) this.line.send({ type: "presence", state: wanted });
  }

  /** Another agent than before gets neither the call that goes on, nor what was shown in the last one. */
  #speaksFor(agent) {
    if (this.pagesOf !== null && this.pagesOf !== agent) {
      this.call?.end("other");
      this.pages.clear();
    }
    this.pagesOf = agent;
  }

  #claimed({ outcome, by, ticket }) {
    if (this.answering === ticket) this.answering = null;
    if (outcome === "lost") this.flash(`${by} a déjà pris cet appel.`);
    if (outcome === "gone") this.flash("La personne n’attend plus.");
    if (outcome === "no_line") this.flash("La liaison avec les bornes est coupée. Essayez encore dans un instant.");
  }

  #called(message, current) {
    const { ticket } = message;
    this.answering = null;
    if (current) {
      this.call.confirmed();
      return;
    }
    const send = (body) => this.line.send({ type: "signal", ticket, body: { v: 1, ...body } });
    if (this.finished.has(ticket)) {
      // Hung up while the gateway could not hear it.
      send({ type: "bye", reason: "agent" });
      return;
    }
    this.call?.end("agent");
    this.ending = null;
    this.pages.begin(ticket);
    const clock = () => performance.now() / 1000 + this.clockOffsetS;
    this.call = new BoothCall(message, this.media, { welcome: this.welcome, clock, pages: this.pages }, {
      send,
      change: () => this.changed(),
      textChanged: () => this.textChanged(),
      ended: (reason) => this.#ended(ticket, reason),
    });
  }

  #ended(ticket, reason) {
    this.finished.add(ticket);
    const { seconds } = this.call;
    this.ending = { words: ENDINGS[reason] ?? "", seconds };
    this.call = null;
    this.pages.callOver();
    this.media.setMuted(false);
    this.changed();
  }
}
