// The written messages of the call: what was said, and a field to write in.

import { byId, make } from "./dom.js";

export class WrittenView {
  /** `onWrite(text)` is called when the agent sends a line; it returns whether there was room. */
  constructor(onWrite) {
    this.shown = 0;
    this.written = null;
    this.offered = false;
    this.field = byId("written-text");
    byId("written-form").addEventListener("submit", (event) => {
      event.preventDefault();
      if (onWrite(this.field.value)) this.field.value = "";
    });
  }

  /** Show the messages of `call`; null empties and closes them. */
  show(call) {
    const part = byId("written");
    part.hidden = !call;
    if (call?.written !== this.written) {
      this.written = call?.written ?? null;
      this.shown = 0;
      byId("written-lines").replaceChildren();
      this.field.value = "";
      part.open = false;
    }
    if (!this.written) return;
    const fresh = this.written.lines.slice(this.shown);
    if (fresh.length > 0) {
      byId("written-lines").append(...fresh.map(item));
      this.shown = this.written.lines.length;
      byId("written-lines").lastElementChild.scrollIntoView({ block: "nearest" });
      part.open = true;
    }
    // The person can't hear or can't speak: writing is the way that is left.
    if (call.needsWriting && !this.offered) part.open = true;
    this.offered = call.needsWriting;
  }
}

function item({ text, own }) {
  const who = make("span", "visually-hidden", own ? "Vous\u00a0: " : "La personne\u00a0: ");
  return make("li", own ? "own" : "", who, text);
}
