// Sharing a window with the resident, and pointing in it; frames as in kiosk/link/show.py.

export const LABEL = "show";
const SHOWING_EVERY_MS = 1000;
const POINT_EVERY_MS = 50;
// The channel repeats nothing: « no longer » is said as often as its hearer waits for « still ».
const LAST_WORDS = 3;
const VIDEO = { cursor: "always", frameRate: { max: 15 }, width: { max: 1920 }, height: { max: 1080 } };

export class Share {
  /** `changed()` is called when sharing begins or ends, and when a reason is there why not. */
  constructor(changed) {
    this.changed = changed;
    this.track = null;
    this.fault = "";
    this.channel = null;
    this.over = false;
    this.lastWords = 0;
    this.pointedAt = 0;
    this.timer = setInterval(() => this.#tick(), SHOWING_EVERY_MS);
  }

  /** Take the booth's channel, in place of a former one. */
  use(channel) {
    this.channel = channel;
    channel.onopen = () => this.#tick();
    if (channel.readyState === "open") this.#tick();
  }

  /** Let the agent choose a window, and share it. */
  async start() {
    let stream;
    this.fault = "";
    try {
      stream = await navigator.mediaDevices.getDisplayMedia({ video: VIDEO, audio: false });
    } catch (error) {
      // Closing the browser's question is no fault.
      this.fault = error.name === "NotAllowedError" ? "" : "Le navigateur ne peut pas partager de fenêtre.";
      this.changed();
      return;
    }
    const [track] = stream.getVideoTracks();
    if (this.over || this.track) {
      track.stop();
      return;
    }
    track.contentHint = "detail";
    track.onended = () => this.track === track && this.stop();
    this.track = track;
    this.#tick();
    this.changed();
  }

  stop() {
    this.track?.stop();
    this.track = null;
    this.lastWords = LAST_WORDS;
    this.#tick();
    this.changed();
  }

  /** Point at that place of the picture, 0 to 1; `on` false: the pointer has left it. */
  point(x, y, on = true) {
    const now = performance.now();
    if (!this.track || (on && now - this.pointedAt < POINT_EVERY_MS)) return;
    this.pointedAt = now;
    this.#send({ type: "point", x: round(x), y: round(y), on });
  }

  end() {
    this.over = true;
    clearInterval(this.timer);
    this.track?.stop();
    this.track = null;
  }

  #tick() {
    if (this.track) this.#send({ type: "showing", on: true });
    else if (this.lastWords-- > 0) this.#send({ type: "showing", on: false });
  }

  #send(frame) {
    if (this.channel?.readyState === "open") this.channel.send(JSON.stringify(frame));
  }
}

const round = (value) => Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000;
