// « Bilan »: how appointments ended, by booth, and what residents wrote.

import * as client from "./agenda-client.js";
import { plusDays } from "./agenda-time.js";
import { byId, make, setText } from "./dom.js";
import { figure } from "./words.js";

const USUAL_DAYS = 30;
// Of desk/agenda/api.py.
const MOST_DAYS = 92;

export class FiguresView {
  constructor(model) {
    this.model = model;
    this.shown = false;
    this.asked = 0;
    for (const id of ["agenda-from", "agenda-to"]) byId(id).addEventListener("change", () => this.#load());
  }

  /** Show the figures, asked for anew each time that they are opened. */
  show(visible) {
    const opens = visible && !this.shown;
    this.shown = visible;
    if (!opens) return;
    const { today } = this.model;
    if (!byId("agenda-to").value) {
      byId("agenda-to").value = today;
      byId("agenda-from").value = plusDays(today, 1 - USUAL_DAYS);
    }
    this.#load();
  }

  forget() {
    byId("agenda-rates").replaceChildren();
    byId("agenda-comments").replaceChildren();
    this.shown = false;
    this.asked += 1;
  }

  async #load() {
    const [from, to] = [byId("agenda-from").value, byId("agenda-to").value];
    const fault = byId("agenda-figures-fault");
    if (!from || !to || from > to || to > plusDays(from, MOST_DAYS - 1)) {
      setText(fault, from && to && from <= to ? `Choisissez ${MOST_DAYS}\u00a0jours au plus.` : "La fin doit venir après le début.");
      return;
    }
    this.asked += 1;
    const { asked } = this;
    try {
      const [rates, { comments }] = await Promise.all([client.rates(from, to), client.comments()]);
      if (asked !== this.asked) return;
      setText(fault, "");
      this.#showRates(rates);
      byId("agenda-comments").replaceChildren(...comments.map((words) => make("li", "", words)));
      byId("agenda-comments-empty").hidden = comments.length > 0;
    } catch (refused) {
      if (!(refused instanceof client.Refusal)) throw refused;
      if (asked === this.asked) setText(fault, refused.message);
    }
  }

  #showRates({ agency, booths }) {
    byId("agenda-rates").replaceChildren(row("Toute l’agence", agency), ...booths.map((booth) => row(booth.place_name || booth.kiosk, booth)));
  }
}

function row(name, rate) {
  const head = make("th", "", name);
  head.scope = "row";
  const numbers = [rate.honoured, rate.missed, rate.cancelled].map((value) => make("td", "number", figure(value)));
  return make("tr", "", head, share(rate), ...numbers);
}

function share({ honoured_share: part }) {
  if (part === null) return make("td", "agenda-quiet", "aucun terminé");
  const bar = make("span", "agenda-bar", make("span", ""));
  bar.firstChild.style.width = `${100 * part}%`;
  bar.setAttribute("aria-hidden", "true");
  return make("td", "", make("span", "agenda-share", bar, `${figure(100 * part, "%")} honorés`));
}
