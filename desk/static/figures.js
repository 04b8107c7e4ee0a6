// What the browser measures of a call (W3C webrtc-stats), as figures for the agent.

/** Bytes of media received so far on a connection. */
export function received(report) {
  return all(report, "inbound-rtp").reduce((sum, stream) => sum + (stream.bytesReceived ?? 0), 0);
}

/** Pictures shown so far on a connection. */
export function pictures(report) {
  return one(report, "inbound-rtp", "video")?.framesDecoded ?? 0;
}

/** Figures of a report against the one before it: rates are between the two. */
export function figuresOf(report, before) {
  const pair = selectedPair(report);
  return {
    received: streamFigures(report, before, "inbound-rtp"),
    sent: streamFigures(report, before, "outbound-rtp"),
    roundTripMs: pair?.currentRoundTripTime === undefined ? undefined : pair.currentRoundTripTime * 1000,
    path: pair && pathOf(report, pair),
  };
}

/** « good », « fair » or « poor », by what the agent will notice first. */
export function qualityOf({ received, roundTripMs }) {
  const { loss = 0, fps } = received;
  if (loss > 0.08 || roundTripMs > 600 || fps < 10) return "poor";
  if (loss > 0.02 || roundTripMs > 250 || fps < 20) return "fair";
  return "good";
}

function streamFigures(report, before, type) {
  const video = one(report, type, "video");
  const audio = one(report, type, "audio");
  const remote = (stream) => (type === "outbound-rtp" && stream ? report.get(stream.remoteId) : stream);
  const rate = (stream, field) => perSecond(stream, before?.get(stream?.id), field);
  const bytes = type === "inbound-rtp" ? "bytesReceived" : "bytesSent";
  return {
    width: video?.frameWidth,
    height: video?.frameHeight,
    fps: video?.framesPerSecond,
    videoBits: toBits(rate(video, bytes)),
    audioBits: toBits(rate(audio, bytes)),
    loss: lossOf(video, before?.get(video?.id), remote(video)),
    jitterMs: jitter(remote(video)),
    audioJitterMs: jitter(remote(audio)),
    videoCodec: codec(report, video),
    audioCodec: codec(report, audio),
    limitation: video?.qualityLimitationReason,
  };
}

function lossOf(stream, before, remote) {
  if (remote?.fractionLost !== undefined) return remote.fractionLost;
  if (!stream || !before) return undefined;
  const lost = stream.packetsLost - before.packetsLost;
  const arrived = stream.packetsReceived - before.packetsReceived;
  return lost + arrived > 0 ? Math.max(0, lost) / (Math.max(0, lost) + arrived) : undefined;
}

function perSecond(stream, before, field) {
  if (!stream || !before) return undefined;
  const seconds = (stream.timestamp - before.timestamp) / 1000;
  return seconds > 0 ? (stream[field] - before[field]) / seconds : undefined;
}

const toBits = (bytes) => (bytes === undefined ? undefined : bytes * 8);
const jitter = (stream) => (stream?.jitter === undefined ? undefined : stream.jitter * 1000);
const codec = (report, stream) => report.get(stream?.codecId)?.mimeType?.split("/")[1];

function selectedPair(report) {
  const [transport] = all(report, "transport");
  // Firefox has no transport entry and marks the pair itself.
  return report.get(transport?.selectedCandidatePairId) ?? all(report, "candidate-pair").find((pair) => pair.selected);
}

function pathOf(report, pair) {
  const local = report.get(pair.localCandidateId);
  const remote = report.get(pair.remoteCandidateId);
  const relayed = [local, remote].some((candidate) => candidate?.candidateType === "relay");
  return { relayed, protocol: local?.relayProtocol ?? local?.protocol, local: local?.candidateType, remote: remote?.candidateType };
}

const all = (report, type) => [...report.values()].filter((entry) => entry.type === type);
// Of two videos the first is the face; the other, a shared window, is no measure of the call.
const one = (report, type, kind) =>
  all(report, type).filter((stream) => stream.kind === kind).sort((a, b) => Number(a.mid) - Number(b.mid))[0];
