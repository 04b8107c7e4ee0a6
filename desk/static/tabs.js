// Tabs beside the call, as the W3C's ARIA practices have them: arrows move, one is shown.

import { byId, setText } from "./dom.js";

export class Tabs {
  /** `onShown(name)` is called when another one is shown. */
  constructor(names, onShown) {
    this.names = names;
    this.shown = names[0];
    this.onShown = onShown;
    for (const name of names) byId(`tab-${name}`).addEventListener("click", () => this.show(name));
    byId("tabs").addEventListener("keydown", (event) => this.#key(event));
  }

  show(name) {
    this.shown = name;
    for (const one of this.names) {
      const tab = byId(`tab-${one}`);
      tab.setAttribute("aria-selected", String(one === name));
      tab.tabIndex = one === name ? 0 : -1;
      byId(`panel-${one}`).hidden = one !== name;
    }
    this.onShown(name);
  }

  /** A word or a number beside a tab's name; empty takes it away. */
  badge(name, words) {
    byId(`badge-${name}`).hidden = !words;
    setText(byId(`badge-${name}`), words);
  }

  #key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const there = this.names.filter((name) => !byId(`tab-${name}`).hidden);
    const next = there.at((there.indexOf(this.shown) + step) % there.length);
    this.show(next);
    byId(`tab-${next}`).focus();
  }
}
