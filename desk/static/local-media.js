// The agent's camera and microphone: opened when needed, closed when not, and plain words on faults.

const VIDEO = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
const AUDIO = { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const CHOICES_KEY = "devices";

const FAULTS = {
  NotAllowedError: (what) =>
    `Le navigateur refuse l’accès ${what.to}. Cliquez sur l’icône à gauche de l’adresse, choisissez «\u00a0Autoriser\u00a0», puis rechargez la page.`,
  NotFoundError: (what) => `${what.none} Branchez-en ${what.one} puis choisissez-${what.it} dans les réglages.`,
  NotReadableError: (what) =>
    `${what.the} est déjà pris par un autre logiciel. Fermez ce logiciel, puis choisissez-${what.it} de nouveau dans les réglages.`,
};
const CAMERA = { to: "à la caméra", none: "Aucune caméra n’est branchée.", one: "une", it: "la", the: "La caméra" };
const MICROPHONE = { to: "au micro", none: "Aucun micro n’est branché.", one: "un", it: "le", the: "Le micro" };

export class LocalMedia {
  /** `onChange` is called whenever a track, the mute or a fault changes. */
  constructor(onChange) {
    this.onChange = onChange;
    this.camera = null;
    this.microphone = null;
    this.muted = false;
    this.faults = { camera: "", microphone: "" };
    this.users = new Set();
    this.choices = JSON.parse(localStorage.getItem(CHOICES_KEY) ?? "{}");
    this.opening = null;
    navigator.mediaDevices?.addEventListener("devicechange", () => this.#replaceLost());
  }

  get faultWords() {
    return [this.faults.camera, this.faults.microphone].filter(Boolean).join(" ");
  }

  /** Open for `user` (the call, the settings); resolves when what there is has been opened. */
  async acquire(user) {
    this.users.add(user);
    this.opening ??= this.#open().finally(() => {
      this.opening = null;
    });
    await this.opening;
    if (this.users.size === 0) this.#close();
  }

  /** `user` needs them no more; the last one to leave switches the camera off. */
  release(user) {
    this.users.delete(user);
    if (this.users.size === 0) this.#close();
  }

  setMuted(muted) {
    this.muted = muted;
    if (this.microphone) this.microphone.enabled = !muted;
    this.onChange();
  }

  /** Choose a device (`camera`, `microphone`, `speaker`) by its id, from now on. */
  async choose(kind, deviceId) {
    this.choices[kind] = deviceId;
    localStorage.setItem(CHOICES_KEY, JSON.stringify(this.choices));
    if (kind === "camera") await this.#openCamera();
    if (kind === "microphone") await this.#openMicrophone();
    this.onChange();
  }

  async #open() {
    const wanted = [];
    if (this.microphone?.readyState !== "live") wanted.push(() => this.#openMicrophone());
    if (this.camera?.readyState !== "live") wanted.push(() => this.#openCamera());
    // One after the other: two permission questions at once confuse, and Firefox drops the second.
    for (const open of wanted) await open();
  }

  async #openCamera() {
    this.camera = await this.#track("camera", "video", VIDEO, CAMERA, this.camera);
    if (this.camera) this.camera.contentHint = "motion";
    this.onChange();
  }

  async #openMicrophone() {
    this.microphone = await this.#track("microphone", "audio", AUDIO, MICROPHONE, this.microphone);
    if (this.microphone) this.microphone.enabled = !this.muted;
    this.onChange();
  }

  async #track(kind, media, constraints, words, former) {
    const chosen = this.choices[kind] ? { deviceId: { ideal: this.choices[kind] } } : {};
    try {
      if (!navigator.mediaDevices) throw new DOMException("insecure context", "NotAllowedError");
      const stream = await navigator.mediaDevices.getUserMedia({ [media]: { ...constraints, ...chosen } });
      const [track] = stream.getTracks();
      track.onended = () => this.#ended(kind, track);
      former?.stop();
      this.faults[kind] = "";
      return track;
    } catch (error) {
      this.faults[kind] = (FAULTS[error.name] ?? FAULTS.NotReadableError)(words);
      return former?.readyState === "live" ? former : null;
    }
  }

  #ended(kind, track) {
    if (this[kind] !== track) return;
    const words = kind === "camera" ? CAMERA : MICROPHONE;
    this[kind] = null;
    this.faults[kind] = `${words.the} a été débranché${kind === "camera" ? "e" : ""}.`;
    this.onChange();
  }

  #replaceLost() {
    if (this.users.size > 0 && !(this.camera && this.microphone)) this.acquire([...this.users][0]);
  }

  #close() {
    for (const track of [this.camera, this.microphone]) track?.stop();
    this.camera = null;
    this.microphone = null;
    this.onChange();
  }
}
