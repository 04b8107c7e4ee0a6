// One scanned page, large, over the call: zoomed, moved, turned, and paged through.

import { byId, setText } from "./dom.js";
import { drawTurned } from "./view-pages.js";

const STEP = 1.25;
const MOST_ZOOM = 4;

export class ReaderView {
  constructor(pages) {
    this.pages = pages;
    this.id = null;
    this.picture = null;
    this.drawn = "";
    // Of the page that just fits.
    this.zoom = 1;
    this.area = byId("reader-page");
    this.canvas = byId("reader-canvas");
    this.back = null;
    const press = (id, action) => byId(id).addEventListener("click", action);
    press("reader-before", () => this.#go(-1));
    press("reader-after", () => this.#go(1));
    press("reader-smaller", () => this.#zoomBy(1 / STEP));
    press("reader-larger", () => this.#zoomBy(STEP));
    press("reader-fit", () => this.#zoomTo(1));
    press("reader-turn", () => this.pages.turn(this.id));
    press("reader-close", () => this.close());
    byId("reader").addEventListener("keydown", (event) => this.#key(event));
    this.area.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    this.area.addEventListener("pointermove", ({ buttons, movementX, movementY }) => buttons === 1 && this.area.scrollBy(-movementX, -movementY));
    new ResizeObserver(() => this.#lay()).observe(this.area);
  }

  async open(id) {
    const page = this.#page(id);
    if (!page?.blob) return;
    this.back ??= document.activeElement;
    this.id = id;
    const picture = await createImageBitmap(page.blob);
    if (this.id !== id) {
      picture.close();
      return;
    }
    this.picture?.close();
    this.picture = picture;
    this.drawn = "";
    this.zoom = 1;
    byId("reader").hidden = false;
    this.area.focus();
    this.show();
  }

  close() {
    this.id = null;
    this.picture?.close();
    this.picture = null;
    this.canvas.width = 0;
    byId("reader").hidden = true;
    document.querySelector(".stage").classList.remove("reading");
    if (this.back?.isConnected) this.back.focus();
    this.back = null;
  }

  /** Follow the model: the page may have been turned, moved, or be gone. */
  show() {
    if (this.id === null) return;
    const page = this.#page(this.id);
    if (!page) {
      this.close();
      return;
    }
    if (!this.picture) return;
    document.querySelector(".stage").classList.add("reading");
    const { list } = this.pages;
    const place = list.indexOf(page);
    setText(byId("reader-title"), `Page ${place + 1} sur ${list.length}`);
    byId("reader-before").disabled = !list[place - 1]?.blob;
    byId("reader-after").disabled = !list[place + 1]?.blob;
    if (this.drawn === String(page.turn)) return;
    drawTurned(this.canvas, this.picture, page.turn);
    this.drawn = String(page.turn);
    this.#lay();
  }

  #page(id) {
    return this.pages.list.find((page) => page.id === id);
  }

  #go(step) {
    const { list } = this.pages;
    const next = list[list.findIndex((page) => page.id === this.id) + step];
    if (next) this.open(next.id);
  }

  #lay() {
    if (!this.picture || this.canvas.width === 0) return;
    const fit = Math.min((this.area.clientWidth - 16) / this.canvas.width, (this.area.clientHeight - 16) / this.canvas.height);
    this.area.classList.toggle("zoomed", this.zoom > 1);
    this.canvas.style.setProperty("width", `${Math.max(1, Math.floor(this.canvas.width * fit * this.zoom))}px`);
  }

  #zoomBy(factor, x = this.area.clientWidth / 2, y = this.area.clientHeight / 2) {
    this.#zoomTo(this.zoom * factor, x, y);
  }

  /** What is under that place of the area stays there. */
  #zoomTo(zoom, x = 0, y = 0) {
    const before = this.zoom;
    this.zoom = Math.min(MOST_ZOOM, Math.max(1, zoom));
    const factor = this.zoom / before;
    const [left, top] = [(this.area.scrollLeft + x) * factor - x, (this.area.scrollTop + y) * factor - y];
    this.#lay();
    this.area.scrollTo(left, top);
  }

  #wheel(event) {
    event.preventDefault();
    const { left, top } = this.area.getBoundingClientRect();
    this.#zoomBy(event.deltaY < 0 ? STEP : 1 / STEP, event.clientX - left, event.clientY - top);
  }

  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const moved = this.zoom > 1;
    const keys = {
      "+": () => this.#zoomBy(STEP),
      "=": () => this.#zoomBy(STEP),
      "-": () => this.#zoomBy(1 / STEP),
      0: () => this.#zoomTo(1),
      r: () => this.pages.turn(this.id),
      Escape: () => this.close(),
      // A page that is larger than its place is moved by the arrows, as anything is.
      ...(moved ? {} : { ArrowLeft: () => this.#go(-1), ArrowRight: () => this.#go(1) }),
      PageUp: () => this.#go(-1),
      PageDown: () => this.#go(1),
    };
    const action = keys[event.key.toLowerCase()] ?? keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }
}
