// The tools beside the call: shown with it, and after it for as long as its agent has pages to keep.

import { byId } from "./dom.js";
import { Tabs } from "./tabs.js";

export class ToolsView {
  constructor() {
    this.call = null;
    this.unread = 0;
    // Pages that came while the agent looked at them.
    this.seen = 0;
    this.wrote = false;
    this.offered = false;
    this.tabs = new Tabs(["papers", "text", "show", "notes"], (name) => this.#shown(name));
  }

  show({ call, me, pages }) {
    const shown = call !== null || (me !== null && pages.list.length + pages.removed.length > 0);
    byId("desk-tools").hidden = !shown;
    document.body.toggleAttribute("data-tools", shown);
    for (const name of ["text", "show", "notes"]) byId(`tab-${name}`).hidden = !call;
    if (call !== this.call) {
      this.call = call;
      this.unread = 0;
      this.wrote = false;
      this.offered = false;
      this.tabs.show("papers");
    }
    if (this.tabs.shown === "papers") this.seen = pages.list.length;
    const fresh = Math.max(0, pages.list.length - this.seen);
    this.tabs.badge("papers", fresh ? String(fresh) : "");
    this.tabs.badge("text", this.unread ? String(this.unread) : "");
    this.tabs.badge("show", call?.share.track ? "●" : "");
    // The person can't hear or can't speak: text is the way that is left.
    if (call?.needsWriting && !this.offered) this.tabs.show("text");
    this.offered = call?.needsWriting ?? false;
  }

  /** The resident begins a line: the first one opens the text by itself, later ones are counted. */
  textCame() {
    if (this.tabs.shown === "text") return;
    if (!this.wrote) this.tabs.show("text");
    else this.unread += 1;
    this.wrote = true;
    this.tabs.badge("text", this.unread ? String(this.unread) : "");
  }

  #shown(name) {
    if (name !== "text") return;
    this.unread = 0;
    this.wrote = true;
    this.tabs.badge("text", "");
  }
}
