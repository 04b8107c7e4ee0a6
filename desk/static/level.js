// The level of a microphone, shown on a <meter>.

const EVERY_MS = 80;
/** 85 ms at 48 kHz: no sound falls between two looks. */
const SAMPLES = 4096;
const QUIETEST_DB = -60;

export class Level {
  /** `context` is shared: browsers allow few of them. */
  constructor(meter, context) {
    this.meter = meter;
    this.context = context;
    this.track = null;
    this.node = null;
    this.timer = undefined;
  }

  /** Show the level of that track; null shows none. */
  show(track) {
    if (track === this.track) return;
    this.track = track;
    clearInterval(this.timer);
    this.node?.disconnect();
    this.node = null;
    this.meter.value = 0;
    if (!track) return;
    const analyser = new AnalyserNode(this.context, { fftSize: SAMPLES });
    this.node = new MediaStreamAudioSourceNode(this.context, { mediaStream: new MediaStream([track]) });
    this.node.connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      this.meter.value = loudness(samples);
    }, EVERY_MS);
  }
}

/** 0 at −60 dBFS or less, 1 at full scale. */
function loudness(samples) {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const decibels = 10 * Math.log10(power + 1e-12);
  return Math.min(1, Math.max(0, 1 - decibels / QUIETEST_DB));
}
