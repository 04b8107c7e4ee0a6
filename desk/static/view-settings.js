// The choice of camera, microphone and loudspeaker, with a preview and a level.

import { byId, make, setText } from "./dom.js";
import { Level } from "./level.js";

const KINDS = { camera: "videoinput", microphone: "audioinput", speaker: "audiooutput" };
const NAMES = { camera: "Caméra", microphone: "Micro", speaker: "Haut-parleur" };

export class SettingsView {
  /** `ring` tries the loudspeaker; `onSpeaker(deviceId)` is called when another one is chosen. */
  constructor(media, ring, onSpeaker) {
    this.media = media;
    this.dialog = byId("settings");
    this.level = new Level(byId("level"), ring.context);
    byId("open-settings").addEventListener("click", () => this.open());
    byId("try-sound").addEventListener("click", () => ring.once());
    this.dialog.addEventListener("close", () => media.release(this));
    for (const kind of ["camera", "microphone"]) {
      byId(kind).addEventListener("change", ({ target }) => media.choose(kind, target.value));
    }
    byId("speaker").addEventListener("change", async ({ target }) => {
      await media.choose("speaker", target.value);
      await onSpeaker(target.value);
    });
    navigator.mediaDevices?.addEventListener("devicechange", () => this.dialog.open && this.#list());
  }

  async open() {
    this.dialog.showModal();
    this.update();
    await this.media.acquire(this);
    await this.#list();
  }

  /** Show the present tracks and faults. */
  update() {
    const { camera, microphone } = this.dialog.open ? this.media : { camera: null, microphone: null };
    const preview = byId("preview");
    if (preview.srcObject?.getVideoTracks()[0] !== (camera ?? undefined)) {
      preview.srcObject = camera ? new MediaStream([camera]) : null;
    }
    setText(byId("preview-note"), camera ? "" : "Pas d’image");
    this.level.show(microphone);
    setText(byId("settings-fault"), this.dialog.open ? this.media.faultWords : "");
  }

  async #list() {
    const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    for (const [kind, wanted] of Object.entries(KINDS)) {
      const found = devices.filter(({ kind: sort, deviceId }) => sort === wanted && deviceId);
      const select = byId(kind);
      select.replaceChildren(...found.map((device, index) => option(device, `${NAMES[kind]} ${index + 1}`)));
      if (found.length === 0) select.append(make("option", "", kind === "speaker" ? "Celui de l’ordinateur" : "Aucun appareil"));
      const used = this.media[kind]?.getSettings().deviceId ?? this.media.choices[kind];
      if (found.some(({ deviceId }) => deviceId === used)) select.value = used;
    }
    byId("speaker").disabled = !("setSinkId" in HTMLMediaElement.prototype);
  }
}

function option({ deviceId, label }, fallback) {
  const element = make("option", "", label || fallback);
  element.value = deviceId;
  return element;
}
