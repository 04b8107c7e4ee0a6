// The call on the screen: pictures, state in words, controls and figures.

import { byId, make, setText } from "./dom.js";
import { QUALITIES, deviceWords, duration, figure } from "./words.js";

const MESSAGES = {
  connecting: ["i-answer", "Connexion avec la borne…", ""],
  lost: ["i-warning", "La borne ne répond plus", "L’appel reprend de lui-même si elle revient. Vous pouvez aussi raccrocher."],
  slowed: ["i-warning", "La connexion est ralentie", "L’image revient d’elle-même dès que le réseau le permet. Restez en ligne."],
};

export class CallView {
  /** `onPicture(stream)` is called when the first picture of a stream is there. */
  constructor(onPicture) {
    this.remote = byId("remote");
    this.self = byId("self");
    this.remote.addEventListener("loadeddata", () => onPicture(this.remote.srcObject));
  }

  /** Show the call, or `null`: then `ending` says how the last one went, if there was one. */
  show(call, ending, media) {
    const phase = call?.phase ?? "idle";
    byId("call").dataset.phase = phase;
    const [icon, title, text] = MESSAGES[phase] ?? restMessage(ending);
    setIcon(byId("message-icon"), icon);
    setText(byId("message-title"), title);
    setText(byId("message-text"), text);
    for (const id of ["plate", "controls", "figures"]) byId(id).hidden = !call;
    this.#pictures(call, media);
    if (call) this.#details(call, media);
    else byId("allow-sound").hidden = true;
    setText(byId("media-fault"), call ? media.faultWords : "");
  }

  /** Play the booth's sound after the agent's click, where the browser wanted one. */
  allowSound() {
    this.remote.muted = false;
    this.remote.play();
    byId("allow-sound").hidden = true;
  }

  /** Play the booth's sound on that loudspeaker, where the browser can choose. */
  async useSpeaker(deviceId) {
    await this.remote.setSinkId?.(deviceId);
  }

  #pictures(call, media) {
    const stream = call?.shown?.stream ?? null;
    if (this.remote.srcObject !== stream) {
      this.remote.srcObject = stream;
      if (stream) this.#play();
    }
    const camera = call ? media.camera : null;
    this.self.hidden = !camera;
    if (this.self.srcObject?.getVideoTracks()[0] !== (camera ?? undefined)) {
      this.self.srcObject = camera ? new MediaStream([camera]) : null;
    }
  }

  async #play() {
    try {
      await this.remote.play();
    } catch (error) {
      if (error.name !== "NotAllowedError") return;
      this.remote.muted = true;
      byId("allow-sound").hidden = false;
      await this.remote.play().catch(() => {});
    }
  }

  #details(call, media) {
    setText(byId("plate-place"), call.place);
    setText(byId("elapsed"), call.seconds === null ? "" : duration(call.seconds));
    byId("quality").hidden = call.phase !== "in_call";
    const [icon, word] = QUALITIES[call.quality];
    setIcon(byId("quality-icon"), icon);
    setText(byId("quality-word"), word);
    byId("mute").setAttribute("aria-pressed", String(media.muted));
    setIcon(byId("mute-icon"), media.muted ? "i-mic-off" : "i-mic");
    setText(byId("mute-word"), media.muted ? "Remettre mon micro" : "Couper mon micro");
    setText(byId("booth-note"), boothWords(call.booth));
    byId("own-level").hidden = media.muted || !media.microphone;
    if (call.figures) showFigures(call.figures, call.shown.number);
  }
}

function restMessage(ending) {
  if (!ending) return ["i-headset", "Aucun appel en cours", "La caméra et le micro s’ouvrent quand vous prenez un appel, et se ferment après."];
  const length = ending.seconds === null ? "" : `Durée\u00a0: ${duration(ending.seconds)}.`;
  return ["i-hang-up", "L’appel est terminé", `${ending.words} ${length}`.trim()];
}

function boothWords(booth) {
  if (!booth) return "";
  const lost = new Set(booth.lost);
  if (!booth.microphone) lost.add("microphone");
  if (!booth.camera) lost.add("camera");
  const words = [];
  if (booth.muted) words.push("La personne a coupé son micro.");
  if (lost.size > 0) words.push(`Ne marche pas à la borne : ${deviceWords([...lost])}.`);
  if (booth.simulated) words.push("Borne de démonstration.");
  return words.join(" ");
}

function showFigures({ received, sent, roundTripMs, path }, attempt) {
  const size = ({ width, height, fps }) => (width ? `${width} × ${height}, ${figure(fps)} images/s` : "–");
  const kilobits = (bits) => figure(bits === undefined ? undefined : bits / 1000, "kb/s");
  const rows = [
    ["Image", size(received), size(sent)],
    ["Débit de l’image", kilobits(received.videoBits), kilobits(sent.videoBits)],
    ["Débit du son", kilobits(received.audioBits), kilobits(sent.audioBits)],
    ["Paquets perdus", figure(percent(received.loss), "%", 1), figure(percent(sent.loss), "%", 1)],
    ["Gigue image, son", `${figure(received.jitterMs, "ms")}, ${figure(received.audioJitterMs, "ms")}`, `${figure(sent.jitterMs, "ms")}, ${figure(sent.audioJitterMs, "ms")}`],
    ["Codecs", codecs(received), codecs(sent)],
  ];
  byId("figure-rows").replaceChildren(...rows.map(row));
  const way = path ? `${path.relayed ? "par un relais" : "directe"}, ${path.protocol?.toUpperCase() ?? "–"} (${path.local} → ${path.remote})` : "–";
  setText(byId("figure-path"), `Aller-retour\u00a0: ${figure(roundTripMs, "ms")}. Liaison ${way}. Connexion n°\u00a0${attempt}.`);
}

function row([name, ...values]) {
  const head = make("th", "", name);
  head.scope = "row";
  return make("tr", "", head, ...values.map((value) => make("td", "", value)));
}

const percent = (ratio) => (ratio === undefined ? undefined : ratio * 100);
const codecs = ({ videoCodec, audioCodec }) => [videoCodec, audioCodec].filter(Boolean).join(", ") || "–";

function setIcon(element, name) {
  const wanted = `icon ${name}`;
  if (element.className !== wanted) element.className = wanted;
}
