// The agent's page's own lanes, without the page: what bench/lanes.py types, gives and takes.

import { Incoming } from "/static/papers-in.js";
import { Outgoing } from "/static/papers-out.js";
import { parseChunk, parseFrame } from "/static/papers-wire.js";
import { RealTimeText } from "/static/text.js";
import { LABEL as AGAIN, Repeats } from "/static/text-again.js";

const now = () => (performance.timeOrigin + performance.now()) / 1000;
const figures = { typedAt: [], readAt: [], taken: 0, takenAt: null, givenAt: null };
const text = new RealTimeText(textChanged);
const again = new Repeats(text);
const uses = new Map([["text", (opened) => again.original.use(opened)], [AGAIN, (opened) => again.use(opened)], ["papers", usePapers]]);
let channel, typed = "";

const send = (frame) => channel.send(JSON.stringify(frame));
const outgoing = new Outgoing({ send, changed: () => outgoing.documents[0]?.state === "given" && (figures.givenAt ??= now()) });
const incoming = new Incoming({
  send,
  arrived: async () => { figures.takenAt = now(); return ""; },
  progress: (offer, reached) => { figures.taken = reached; },
  lost: () => {},
});

function textChanged() {
  const theirs = text.theirs.at(-1);
  while (figures.readAt.length < (theirs?.text.length ?? 0)) figures.readAt.push(now());
}

function usePapers(opened) {
  channel = opened;
  channel.binaryType = "arraybuffer";
  outgoing.restart(channel);
  incoming.restart();
  channel.onmessage = ({ data }) => {
    if (typeof data !== "string") return incoming.chunk(parseChunk(data));
    const frame = parseFrame(data);
    if (frame.type === "hello") outgoing.hello(frame.held);
    if (frame.type === "offer") incoming.offered(frame);
    if (frame.type === "want") outgoing.wanted(frame.id, frame.offset);
    if (frame.type === "done") outgoing.done(frame.id);
  };
  const greet = () => send({ type: "hello", held: [] });
  if (channel.readyState === "open") greet();
  else channel.onopen = greet;
}

window.lanes = {
  async answer(sdp) {
    const peer = new RTCPeerConnection({ iceServers: [] });
    peer.ondatachannel = ({ channel: opened }) => uses.get(opened.label)(opened);
    await peer.setRemoteDescription({ type: "offer", sdp });
    await peer.setLocalDescription();
    while (peer.iceGatheringState !== "complete") await new Promise((done) => peer.addEventListener("icegatheringstatechange", done, { once: true }));
    this.peer = peer;
    return peer.localDescription.sdp;
  },
  async give(size) {
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536));
    await outgoing.give({ name: "bench", media: "application/pdf", bytes });
    return now();
  },
  type() {
    typed += "x";
    figures.typedAt.push(now());
    text.type(typed);
  },
  figures: () => ({ ...figures, limit: outgoing.window?.limit ?? 0, percent: outgoing.documents[0]?.percent ?? 0 }),
};
