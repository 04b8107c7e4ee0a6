// One peer connection: the answer to one offer of the booth.

const MAX_BITRATE = 2_500_000;
// A shared window is still for most of the time; the face and the voice go first.
const MAX_SHARED_BITRATE = 1_500_000;
// Candidates that may come before their offer; more is nonsense.
const MAX_EARLY = 64;

export class Attempt {
  /**
   * `send(body)` goes to the booth; `media` is the agent's; `share` has the shared window's track;
   * `lanes` take the booth's data channels, each that of its label.
   */
  constructor(number, { send, media, share, lanes, iceServers }) {
    this.number = number;
    this.send = send;
    this.media = media;
    this.share = share;
    this.stream = new MediaStream();
    this.early = [];
    this.answered = null;
    this.report = null;
    this.before = null;
    this.connection = new RTCPeerConnection({ iceServers });
    this.connection.ontrack = ({ track }) => this.stream.addTrack(track);
    this.connection.ondatachannel = ({ channel }) => lanes.get(channel.label)?.use(channel);
    this.connection.onicecandidate = ({ candidate }) => this.#gathered(candidate);
  }

  /** Answer the offer; the same offer again gets the same answer, with what was gathered since. */
  async answer(sdp) {
    this.answered ??= this.#answer(sdp);
    try {
      await this.answered;
    } catch {
      // An offer that cannot be used is not answered: the booth makes another attempt.
      return;
    }
    if (this.connection.signalingState === "closed") return;
    this.send({ type: "answer", attempt: this.number, sdp: this.connection.localDescription.sdp });
  }

  async add({ candidate, sdp_mid: sdpMid, sdp_m_line_index: sdpMLineIndex }) {
    const init = { candidate, sdpMid, sdpMLineIndex };
    if (!this.connection.remoteDescription) {
      if (this.early.length < MAX_EARLY) this.early.push(init);
      return;
    }
    try {
      await this.connection.addIceCandidate(init);
    } catch {
      // One useless candidate leaves the others.
    }
  }

  /** Send the agent's present tracks; one that is missing is sent when it comes. */
  async useTracks() {
    const [face, shared] = this.#videos();
    for (const transceiver of this.connection.getTransceivers()) {
      const { sender, receiver } = transceiver;
      let track = receiver.track.kind === "audio" ? this.media.microphone : null;
      if (transceiver === face) track = this.media.camera;
      if (transceiver === shared) track = this.share.track;
      if (sender.track !== track) await sender.replaceTrack(track).catch(() => {});
    }
  }

  /** Whether the booth can show a window beside the agent's face. */
  get showsShared() {
    return this.#videos().length > 1;
  }

  /** Take fresh statistics, keeping the former ones for rates; null once closed. */
  async measure() {
    if (this.connection.signalingState === "closed") return null;
    const report = await this.connection.getStats();
    this.before = this.report;
    this.report = report;
    return report;
  }

  close() {
    this.connection.close();
  }

  async #answer(sdp) {
    const connection = this.connection;
    await connection.setRemoteDescription({ type: "offer", sdp });
    const [face, shared] = this.#videos();
    for (const transceiver of connection.getTransceivers()) {
      const { kind } = transceiver.receiver.track;
      if (kind === "audio" || transceiver === face) transceiver.direction = "sendrecv";
      else transceiver.direction = transceiver === shared ? "sendonly" : "inactive";
    }
    await this.useTracks();
    await connection.setLocalDescription();
    await bound(face, MAX_BITRATE);
    await bound(shared, MAX_SHARED_BITRATE);
    for (const candidate of this.early.splice(0)) await connection.addIceCandidate(candidate).catch(() => {});
  }

  /** The booth's first video is for the agent's face, its second for a shared window. */
  #videos() {
    return this.connection.getTransceivers().filter(({ receiver }) => receiver.track.kind === "video");
  }

  #gathered(candidate) {
    this.send({
      type: "candidate",
      attempt: this.number,
      candidate: candidate?.candidate ?? "",
      sdp_mid: candidate?.sdpMid ?? null,
      sdp_m_line_index: candidate?.sdpMLineIndex ?? null,
    });
  }
}

async function bound(transceiver, bitrate) {
  const parameters = transceiver?.sender.getParameters();
  if (!parameters?.encodings?.length) return;
  parameters.encodings[0].maxBitrate = bitrate;
  // A face or a text that stays sharp is worth more than a picture that changes size.
  parameters.degradationPreference = "maintain-resolution";
  await transceiver.sender.setParameters(parameters).catch(() => {});
}
