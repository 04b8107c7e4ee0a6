// The ring of a waiting ticket: made by WebAudio, looped without timers so that a hidden tab rings too.

const RATE = 24_000;
const LOOP_S = 3;
const NOTES = [
  { at: 0, hertz: 659.3 },
  { at: 0.22, hertz: 880 },
  { at: 0.9, hertz: 659.3 },
  { at: 1.12, hertz: 880 },
];
const NOTE_S = 0.55;
const LOUDNESS = 0.22;

export class Ring {
  /** `onChange` is called when the browser starts or stops allowing sound. */
  constructor(onChange) {
    this.context = new AudioContext();
    this.context.onstatechange = onChange;
    this.source = null;
    for (const gesture of ["pointerdown", "keydown"]) {
      document.addEventListener(gesture, () => this.allow(), { passive: true });
    }
  }

  /** Whether the browser lets the page make sound: it asks for a click or a key first. */
  get allowed() {
    return this.context.state === "running";
  }

  allow() {
    if (!this.allowed) this.context.resume();
  }

  set(ringing) {
    if (ringing && !this.source) this.source = this.#play(true);
    if (!ringing && this.source) {
      this.source.stop();
      this.source = null;
    }
  }

  /** Play the ring once, to try the loudspeaker. */
  once() {
    this.allow();
    this.#play(false);
  }

  /** Play through that loudspeaker, where the browser can choose one for an AudioContext. */
  async useSpeaker(deviceId) {
    await this.context.setSinkId?.(deviceId);
  }

  #play(loop) {
    const source = new AudioBufferSourceNode(this.context, { buffer: this.#buffer(), loop });
    source.connect(this.context.destination);
    source.start();
    return source;
  }

  #buffer() {
    const buffer = new AudioBuffer({ length: RATE * LOOP_S, sampleRate: RATE });
    const samples = buffer.getChannelData(0);
    for (const { at, hertz } of NOTES) {
      const start = Math.round(at * RATE);
      for (let index = 0; index < NOTE_S * RATE; index += 1) {
        const seconds = index / RATE;
        const envelope = Math.min(1, seconds / 0.01) * Math.exp(-6 * seconds);
        samples[start + index] += LOUDNESS * envelope * Math.sin(2 * Math.PI * hertz * seconds);
      }
    }
    return buffer;
  }
}
