// The appointments of a day, hour by hour, or of a week, day by day.

import { dayWords, hourWords, localOf, mondayOf, monthDay, plusDays, shortDay } from "./agenda-time.js";
import { button, keepFocus, stateTag } from "./agenda-words.js";
import { byId, make, setText } from "./dom.js";
import { count } from "./words.js";

const OVER = ["cancelled", "moved"];

export class DaysView {
  /** `open(appointment)` opens one of them; `go(kind, date)` shows another day or week. */
  constructor(model, { open, go }) {
    this.model = model;
    this.open = open;
    this.go = go;
    this.kind = "day";
    this.shown = "";
    const press = (id, action) => byId(id).addEventListener("click", action);
    press("agenda-before", () => this.#step(-1));
    press("agenda-after", () => this.#step(1));
    press("agenda-today", () => this.go(this.kind, this.model.today));
    press("agenda-day", () => this.go("day", this.model.date));
    press("agenda-week", () => this.go("week", this.model.date));
  }

  show(opened) {
    const { model, kind } = this;
    const monday = mondayOf(model.date);
    for (const each of ["day", "week"]) byId(`agenda-${each}`).setAttribute("aria-pressed", String(kind === each));
    byId("agenda-today").setAttribute("aria-pressed", String(model.date === model.today));
    setText(byId("agenda-when"), kind === "day" ? dayWords(model.date) : `${monthDay(monday)} – ${monthDay(plusDays(monday, 6))}`);
    for (const [id, one, many] of [["agenda-before", "Jour précédent", "Semaine précédente"], ["agenda-after", "Jour suivant", "Semaine suivante"]]) {
      byId(id).setAttribute("aria-label", kind === "day" ? one : many);
      byId(id).title = kind === "day" ? one : many;
    }
    const list = byId("agenda-list");
    const told = JSON.stringify([model.told, kind, model.date, opened]);
    if (told === this.shown) return;
    this.shown = told;
    keepFocus(list, () => list.replaceChildren(...(kind === "day" ? this.#day(opened) : this.#week(opened))));
  }

  forget() {
    this.shown = "";
    byId("agenda-list").replaceChildren();
  }

  #step(direction) {
    this.go(this.kind, plusDays(this.model.date, direction * (this.kind === "day" ? 1 : 7)));
  }

  #day(opened) {
    const day = this.model.shownDay;
    if (!day) return [make("p", "agenda-quiet", "Un instant…")];
    const hours = new Map();
    const at = (clock) => {
      const hour = clock.slice(0, 2);
      if (!hours.has(hour)) hours.set(hour, { rows: [], free: new Set() });
      return hours.get(hour);
    };
    for (const row of day.appointments) at(this.#clock(row)).rows.push(row);
    for (const time of day.free) at(this.#clock(time)).free.add(this.#clock(time));
    if (hours.size === 0) return [make("p", "agenda-quiet", day.opens ? "Plus rien à cette date." : "Rien n’est ouvert à cette date.")];
    return [...hours].sort().map(([hour, { rows, free }]) => {
      const cards = rows.map((row) => this.#card(row, opened, true));
      const times = [...free].sort().map(hourWords).join(", ");
      return make("div", "agenda-hour", make("h4", "", hourWords(`${hour}:00`)), make("div", "agenda-cards", ...cards, ...(times ? [make("p", "agenda-free", `libre\u00a0: ${times}`)] : [])));
    });
  }

  #week(opened) {
    const days = this.model.week?.days ?? [];
    const used = days.filter((day, index) => index < 5 || day.opens || day.appointments.length > 0);
    if (used.length === 0) return [make("p", "agenda-quiet", "Un instant…")];
    return [make("div", "agenda-columns", ...used.map((day) => this.#column(day, opened)))];
  }

  #column(day, opened) {
    const head = button(null, shortDay(day.date), () => this.go("day", day.date), "agenda-date");
    head.dataset.key = day.date;
    head.setAttribute("aria-label", dayWords(day.date));
    if (day.date === this.model.today) head.setAttribute("aria-current", "date");
    const free = new Set(day.free.map(({ starts_at: start }) => start)).size;
    const words = free ? count(free, "créneau libre", "créneaux libres") : day.opens ? "rien de libre" : "fermé";
    const cards = day.appointments.map((row) => this.#card(row, opened, false));
    return make("div", "agenda-column", head, make("div", "agenda-stack", ...cards, make("p", "agenda-free", words)));
  }

  #card(row, opened, withPlace) {
    const text = [make("span", "agenda-at", hourWords(this.#clock(row))), stateTag(row.state), make("span", "agenda-subject", row.subject_name)];
    if (withPlace) text.push(make("span", "agenda-place", row.place_name));
    const card = make("button", `agenda-card ${row.state}${OVER.includes(row.state) ? " over" : ""}`, ...text);
    card.type = "button";
    card.dataset.key = row.appointment;
    card.setAttribute("aria-expanded", String(row.appointment === opened));
    card.setAttribute("aria-controls", "agenda-detail");
    card.addEventListener("click", () => this.open(row.appointment));
    return card;
  }

  #clock({ starts_at: start }) {
    return localOf(start, this.model.zone)[1];
  }
}
