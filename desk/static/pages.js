// The scanned pages that the agent has: in their order, turned, and forgotten soon after the call.

const THUMB_PX = 240;
// Long enough to put them into the agency's own file, short enough that nobody finds them there.
export const KEPT_MS = 10 * 60_000;
const ARRANGED_KEY = "pages";

export class Pages {
  /** `changed()` is called when there is something else to show. */
  constructor(changed) {
    this.changed = changed;
    /** `{ id, number, percent, blob, thumb, width, height, components, turn, saved }`; blob is null while it comes. */
    this.list = [];
    /** Pages that the agent removed, to be put back: `{ page, place }`, the last one last. */
    this.removed = [];
    this.until = null;
    this.timer = undefined;
    this.ticket = "";
    /** `{ id, turn }` in the agent's order, from before the page was reloaded. */
    this.arranged = [];
  }

  /** A call begins, or goes on: its pages come again, and take the places that they had. */
  begin(ticket) {
    const kept = JSON.parse(sessionStorage.getItem(ARRANGED_KEY));
    this.clear();
    this.ticket = ticket;
    this.arranged = kept?.ticket === ticket ? kept.pages : [];
    if (this.arranged.length > 0) sessionStorage.setItem(ARRANGED_KEY, JSON.stringify(kept));
  }

  /** Pages that are here whole. */
  get whole() {
    return this.list.filter(({ blob }) => blob !== null);
  }

  /** Pages that are nowhere but here. */
  get unsaved() {
    return this.whole.filter(({ saved }) => !saved);
  }

  /** The agent has downloaded those that are here. */
  saved() {
    for (const page of this.whole) page.saved = true;
  }

  coming({ id, number, size }, reached) {
    const page = this.list.find((one) => one.id === id) ?? this.#enter(id, number);
    const percent = Math.floor((100 * reached) / size);
    if (page.percent === percent) return;
    page.percent = percent;
    this.changed();
  }

  /** Keep a page; false when it cannot be decoded. */
  async arrived({ id }, bytes, { width, height, components }) {
    const blob = new Blob([bytes], { type: "image/jpeg" });
    let thumb;
    try {
      thumb = await createImageBitmap(blob, width > height ? { resizeWidth: THUMB_PX } : { resizeHeight: THUMB_PX });
    } catch {
      return false;
    }
    const page = this.list.find((one) => one.id === id);
    if (page) Object.assign(page, { blob, thumb, width, height, components, percent: 100 });
    else thumb.close();
    this.changed();
    return true;
  }

  lost(id) {
    this.list = this.list.filter((page) => page.id !== id || page.blob !== null);
    this.changed();
  }

  turn(id) {
    const page = this.list.find((one) => one.id === id);
    if (page) page.turn = (page.turn + 90) % 360;
    this.#remember();
    this.changed();
  }

  /** Move a page to another place of the order, counted from 0. */
  move(id, to) {
    const from = this.list.findIndex((page) => page.id === id);
    const place = Math.max(0, Math.min(this.list.length - 1, to));
    if (from < 0 || from === place) return;
    this.list.splice(place, 0, ...this.list.splice(from, 1));
    this.#remember();
    this.changed();
  }

  remove(id) {
    const place = this.list.findIndex((page) => page.id === id);
    if (place < 0) return;
    const [page] = this.list.splice(place, 1);
    this.removed.push({ page, place });
    this.changed();
  }

  /** Put the page back that was removed last: its booth would not send it again. */
  restore() {
    const last = this.removed.pop();
    if (last) this.list.splice(last.place, 0, last.page);
    this.changed();
  }

  clear() {
    clearTimeout(this.timer);
    sessionStorage.removeItem(ARRANGED_KEY);
    this.until = null;
    for (const page of [...this.list, ...this.removed.map((one) => one.page)]) page.thumb?.close();
    this.list = [];
    this.removed = [];
    this.changed();
  }

  /** The call is over: what has not come will not, and the rest has its time. */
  callOver() {
    this.list = this.whole;
    if (this.list.length + this.removed.length > 0) {
      this.until = Date.now() + KEPT_MS;
      this.timer = setTimeout(() => this.clear(), KEPT_MS);
    }
    this.changed();
  }

  #enter(id, number) {
    const place = this.arranged.findIndex((one) => one.id === id);
    const page = { id, number, place: place < 0 ? Infinity : place, percent: 0, blob: null, thumb: null, saved: false, turn: this.arranged[place]?.turn ?? 0 };
    const before = this.list.findIndex((one) => (one.place === page.place ? one.number > number : one.place > page.place));
    this.list.splice(before < 0 ? this.list.length : before, 0, page);
    return page;
  }

  /** Random numbers and quarter turns: nothing that tells of anybody. */
  #remember() {
    const pages = this.list.map(({ id, turn }) => ({ id, turn }));
    sessionStorage.setItem(ARRANGED_KEY, JSON.stringify({ ticket: this.ticket, pages }));
  }
}
