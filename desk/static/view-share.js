// Sharing a window: the button, the picture as the resident has it, and the pointer in it.

import { byId, setText } from "./dom.js";

const KEY_STEP = 0.02;

export class ShareView {
  constructor() {
    this.share = null;
    this.at = [0.5, 0.5];
    this.box = byId("shared");
    this.video = byId("shared-video");
    byId("share").addEventListener("click", () => (this.share?.track ? this.share.stop() : this.share?.start()));
    this.box.addEventListener("pointermove", (event) => this.#moved(event));
    this.box.addEventListener("pointerleave", () => this.#left());
    this.box.addEventListener("blur", () => this.#left());
    this.box.addEventListener("keydown", (event) => this.#key(event));
  }

  show(call) {
    this.share = call?.share ?? null;
    const track = this.share?.track ?? null;
    const possible = Boolean(call?.shown?.showsShared && navigator.mediaDevices?.getDisplayMedia);
    byId("share").disabled = !possible && !track;
    byId("share").setAttribute("aria-pressed", String(track !== null));
    setText(byId("share-word"), track ? "Arrêter le partage" : "Partager une fenêtre");
    setText(byId("share-note"), noteOf(call, possible, track));
    setText(byId("share-fault"), this.share?.fault ?? "");
    this.box.hidden = !track;
    byId("shared-hint").hidden = !track;
    if ((this.video.srcObject?.getVideoTracks()[0] ?? null) !== track) {
      this.video.srcObject = track && new MediaStream([track]);
      byId("shared-point").hidden = true;
    }
  }

  #moved({ clientX, clientY }) {
    const { left, top, width, height } = this.video.getBoundingClientRect();
    this.#point((clientX - left) / width, (clientY - top) / height);
  }

  #key(event) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!step) return;
    event.preventDefault();
    this.#point(this.at[0] + step[0] * KEY_STEP, this.at[1] + step[1] * KEY_STEP);
  }

  #point(x, y) {
    this.at = [Math.min(1, Math.max(0, x)), Math.min(1, Math.max(0, y))];
    const point = byId("shared-point");
    point.style.setProperty("left", `${this.at[0] * 100}%`);
    point.style.setProperty("top", `${this.at[1] * 100}%`);
    point.hidden = false;
    this.share?.point(...this.at);
  }

  #left() {
    byId("shared-point").hidden = true;
    this.share?.point(...this.at, false);
  }
}

function noteOf(call, possible, track) {
  if (track) return "La personne voit cette fenêtre, et votre visage à côté.";
  if (!call?.shown) return "";
  return possible ? "La personne verra la fenêtre choisie. Elle ne peut rien y faire." : "Cette borne ne peut pas montrer de fenêtre.";
}
