// One peer connection: the answer to one offer of the booth.

const MAX_BITRATE = 2_500_000;
// Candidates that may come before their offer; more is nonsense.
const MAX_EARLY = 64;

export class Attempt {
  /** `send(body)` goes to the booth; `media` is the agent's; `written` takes the booth's channel. */
  constructor(number, { send, media, written, iceServers }) {
    this.number = number;
    this.send = send;
    this.media = media;
    this.stream = new MediaStream();
    this.early = [];
    this.answered = null;
    this.report = null;
    this.before = null;
    this.connection = new RTCPeerConnection({ iceServers });
    this.connection.ontrack = ({ track }) => this.stream.addTrack(track);
    this.connection.ondatachannel = ({ channel }) => written.use(channel);
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
    for (const { sender, receiver } of this.connection.getTransceivers()) {
      const track = receiver.track.kind === "video" ? this.media.camera : this.media.microphone;
      if (sender.track !== track) await sender.replaceTrack(track).catch(() => {});
    }
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
    for (const transceiver of connection.getTransceivers()) transceiver.direction = "sendrecv";
    await this.useTracks();
    await connection.setLocalDescription();
    await this.#boundVideo();
    for (const candidate of this.early.splice(0)) await connection.addIceCandidate(candidate).catch(() => {});
  }

  async #boundVideo() {
    const video = this.connection.getTransceivers().find(({ receiver }) => receiver.track.kind === "video");
    const parameters = video?.sender.getParameters();
    if (!parameters?.encodings?.length) return;
    parameters.encodings[0].maxBitrate = MAX_BITRATE;
    // A face that stays sharp is worth more than a picture that changes size.
    parameters.degradationPreference = "maintain-resolution";
    await video.sender.setParameters(parameters).catch(() => {});
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
