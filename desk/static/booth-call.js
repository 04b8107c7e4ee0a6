// One call with a booth: asks for offers, answers them, watches the media, and knows when it is over.

import { Attempt } from "./attempt.js";
import { figuresOf, pictures, qualityOf, received } from "./figures.js";
import { Papers } from "./papers.js";
import { LABEL as PAPERS } from "./papers-wire.js";
import { LABEL as SHOW, Share } from "./share.js";
import { LABEL as TEXT, RealTimeText } from "./text.js";
import { LABEL as TEXT_AGAIN, Repeats } from "./text-again.js";

const READY_EVERY_MS = 1000;
const MEASURE_EVERY_MS = 500;
const SLOWED_AFTER_MS = 2000;
// How long a gateway that came back may take to confirm the call.
const CONFIRM_MS = 4000;
// The booth gives up after 120 s; a page that heard nothing of it does soon after.
const GIVE_UP_MS = 125_000;

const PAGE = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export class BoothCall {
  /**
   * `call` and `welcome` are the gateway's, `clock()` its time; `pages` keeps what is scanned;
   * `on` has send(body), change(), textChanged(), ended(reason).
   */
  constructor(call, media, { welcome, clock, pages }, on) {
    this.ticket = call.ticket;
    this.place = call.place_name;
    this.resumed = call.resumed;
    this.agent = welcome.agent;
    // By the gateway's clock, and told anew to a page that is reloaded.
    this.startedAt = performance.now() - Math.max(0, clock() - call.since) * 1000;
    this.media = media;
    this.iceServers = welcome.ice_servers;
    this.on = on;
    this.newest = null;
    this.shown = null;
    this.phase = "connecting";
    this.connectedAt = null;
    this.figures = null;
    this.quality = "good";
    this.booth = null;
    this.text = new RealTimeText(() => on.textChanged());
    this.papers = new Papers(call.ticket, pages, () => on.change());
    this.share = new Share(() => this.#shareChanged());
    const again = new Repeats(this.text);
    this.lanes = new Map([[TEXT, again.original], [TEXT_AGAIN, again], [PAPERS, this.papers], [SHOW, this.share]]);
    this.lastMediaAt = performance.now();
    this.boothPresent = true;
    this.confirmBy = Infinity;
    this.timers = [
      setInterval(() => this.#ready(), READY_EVERY_MS),
      setInterval(() => this.#measure(), MEASURE_EVERY_MS),
    ];
    this.#ready();
    media.acquire(this).then(() => this.useTracks());
  }

  /** The gateway said that this page holds the call. */
  confirmed() {
    this.confirmBy = Infinity;
    this.boothPresent = true;
  }

  /** A gateway is there again that has yet to say so. */
  unconfirmed() {
    this.confirmBy = performance.now() + CONFIRM_MS;
  }

  signal(body) {
    if (body.type === "offer") this.#offer(body);
    if (body.type === "candidate" && body.attempt === this.newest?.number) this.newest.add(body);
    if (body.type === "booth_media") {
      this.booth = body;
      this.on.change();
    }
  }

  /** The first picture of a connection is on the screen: sooner known than by counting. */
  pictureCame(stream) {
    if (this.phase === "ended" || stream !== this.shown?.stream) return;
    this.#mediaCame(performance.now());
    this.#tell(performance.now());
  }

  useTracks() {
    this.newest?.useTracks();
    if (this.shown !== this.newest) this.shown?.useTracks();
  }

  /** How long the call has lasted since it was answered; null before anything was seen or heard. */
  get seconds() {
    return this.connectedAt === null ? null : (performance.now() - this.startedAt) / 1000;
  }

  /** Whether the person cannot hear the agent, or not be heard. */
  get needsWriting() {
    const lost = this.booth?.lost ?? [];
    return this.booth !== null && (!this.booth.microphone || lost.includes("microphone") || lost.includes("loudspeaker"));
  }

  hangUp() {
    this.on.send({ type: "bye", reason: "agent" });
    this.end("agent");
  }

  end(reason) {
    if (this.phase === "ended") return;
    this.phase = "ended";
    for (const timer of this.timers) clearInterval(timer);
    for (const attempt of new Set([this.newest, this.shown])) attempt?.close();
    this.media.release(this);
    this.share.end();
    this.papers.end();
    this.on.ended(reason);
  }

  #shareChanged() {
    this.useTracks();
    this.on.change();
  }

  #ready() {
    if (!this.newest) this.on.send({ type: "ready", page: PAGE });
  }

  #offer({ attempt: number, sdp }) {
    if (this.phase === "ended" || number < (this.newest?.number ?? 0)) return;
    if (number !== this.newest?.number) {
      // The attempt on the screen stays there until this one brings media.
      if (this.newest !== this.shown) this.newest.close();
      const send = (body) => this.on.send(body);
      this.newest = new Attempt(number, { send, media: this.media, share: this.share, lanes: this.lanes, iceServers: this.iceServers });
      this.shown ??= this.newest;
    }
    this.newest.answer(sdp);
  }

  async #measure() {
    const { shown, newest } = this;
    const bytesBefore = shown?.report ? received(shown.report) : 0;
    const report = await shown?.measure();
    if (this.phase === "ended" || shown !== this.shown) return;
    const now = performance.now();
    if (report && received(report) > bytesBefore) this.#mediaCame(now);
    if (newest && newest !== shown) await this.#promote(newest, now);
    if (this.shown?.report) this.#judge();
    this.#endIfLost(now);
    if (this.phase !== "ended") this.#tell(now);
  }

  #mediaCame(now) {
    this.lastMediaAt = now;
    this.connectedAt ??= now;
  }

  /** Show the newer connection once it brings pictures, or sound where the old one brings nothing. */
  async #promote(newest, now) {
    const report = await newest.measure();
    if (this.phase === "ended" || newest !== this.newest || !report) return;
    const silent = now - this.lastMediaAt > SLOWED_AFTER_MS / 2;
    if (pictures(report) === 0 && !(silent && received(report) > 0)) return;
    this.shown.close();
    this.shown = newest;
    this.#mediaCame(now);
  }

  #judge() {
    this.figures = figuresOf(this.shown.report, this.shown.before);
    this.quality = qualityOf(this.figures);
  }

  #endIfLost(now) {
    const silentMs = now - this.lastMediaAt;
    const neverCame = this.connectedAt === null && this.#boothGone(now);
    if (silentMs > GIVE_UP_MS || (neverCame && silentMs >= SLOWED_AFTER_MS)) {
      this.on.send({ type: "bye", reason: "timeout" });
      this.end(neverCame ? "left" : "timeout");
    }
  }

  /** A booth whose network is cut looks like one that died: both may come back into the call. */
  #boothGone(now) {
    return !this.boothPresent || now > this.confirmBy;
  }

  #tell(now) {
    if (this.connectedAt !== null) {
      const silent = now - this.lastMediaAt >= SLOWED_AFTER_MS;
      this.phase = !silent ? "in_call" : this.#boothGone(now) ? "lost" : "slowed";
    }
    this.on.change();
  }
}
