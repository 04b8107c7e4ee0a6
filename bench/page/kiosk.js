// The same call as the booth's, as plainly as a browser can have it.
const MAX_BIT_RATE = Number(new URLSearchParams(location.search).get("kbps")) * 1000;
const byId = (id) => document.getElementById(id);
const socket = new WebSocket(`ws://${location.host}/ws`);
let call = null;

function gathered(peer) {
  return new Promise((resolve) => {
    const look = () => peer.iceGatheringState === "complete" && resolve();
    peer.addEventListener("icegatheringstatechange", look);
    look();
  });
}

async function start() {
  document.body.dataset.screen = "call";
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { width: 1280, height: 720, frameRate: 30 },
    audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  });
  const peer = new RTCPeerConnection({ iceServers: [] });
  const begun = Date.now();
  const time = setInterval(() => {
    const seconds = Math.floor((Date.now() - begun) / 1000);
    byId("time").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }, 1000);
  call = { peer, stream, time };
  byId("self").srcObject = stream;
  byId("remote").srcObject = new MediaStream();
  peer.ontrack = ({ track }) => byId("remote").srcObject.addTrack(track);
  peer.addTransceiver(stream.getAudioTracks()[0], { direction: "sendrecv" });
  const video = peer.addTransceiver(stream.getVideoTracks()[0], {
    direction: "sendrecv",
    sendEncodings: [{ maxBitrate: MAX_BIT_RATE }],
  });
  const vp8 = RTCRtpSender.getCapabilities("video").codecs.filter(
    ({ mimeType }) => mimeType === "video/VP8" || mimeType === "video/rtx");
  video.setCodecPreferences(vp8);
  await peer.setLocalDescription();
  await gathered(peer);
  socket.send(JSON.stringify({ type: "offer", sdp: peer.localDescription.sdp }));
}

function end() {
  if (!call) return;
  clearInterval(call.time);
  call.stream.getTracks().forEach((track) => track.stop());
  call.peer.close();
  byId("self").srcObject = null;
  byId("remote").srcObject = null;
  call = null;
  socket.send(JSON.stringify({ type: "bye" }));
  document.body.dataset.screen = "home";
}

function toggleMute() {
  const [track] = call.stream.getAudioTracks();
  track.enabled = !track.enabled;
  byId("mute").classList.toggle("muted", !track.enabled);
  byId("mute").textContent = track.enabled ? "Couper le micro" : "Rétablir le micro";
}

function louder(step) {
  const remote = byId("remote");
  remote.volume = Math.min(1, Math.max(0, remote.volume + step));
}

socket.onmessage = async ({ data }) => {
  const message = JSON.parse(data);
  if (message.type === "answer" && call) await call.peer.setRemoteDescription(message);
};
byId("tile").onclick = start;
byId("hangup").onclick = end;
byId("mute").onclick = toggleMute;
byId("less").onclick = () => louder(-0.1);
byId("more").onclick = () => louder(0.1);
