// The other side of kiosk.js, for a run between two browsers: answers every offer.
const socket = new WebSocket(`ws://${location.host}/agent`);
const media = navigator.mediaDevices.getUserMedia({
  video: { width: 1280, height: 720, frameRate: 30 },
  audio: { channelCount: 1 },
});
let peer = null;

async function answer(offer) {
  const stream = await media;
  peer = new RTCPeerConnection({ iceServers: [] });
  const remote = new MediaStream();
  document.getElementById("remote").srcObject = remote;
  peer.ontrack = ({ track }) => remote.addTrack(track);
  await peer.setRemoteDescription(offer);
  for (const track of stream.getTracks()) {
    const transceiver = peer.getTransceivers().find(({ receiver }) => receiver.track.kind === track.kind);
    transceiver.direction = "sendrecv";
    await transceiver.sender.replaceTrack(track);
  }
  await peer.setLocalDescription();
  await new Promise((resolve) => {
    const look = () => peer.iceGatheringState === "complete" && resolve();
    peer.addEventListener("icegatheringstatechange", look);
    look();
  });
  socket.send(JSON.stringify({ type: "answer", sdp: peer.localDescription.sdp }));
}

socket.onmessage = ({ data }) => {
  const message = JSON.parse(data);
  peer?.close();
  peer = null;
  if (message.type === "offer") answer(message);
};
