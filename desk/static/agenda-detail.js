// One appointment, opened: who comes, and what the agent does with it.

import { Refusal } from "./agenda-client.js";
import { dayWords, hourWords, localOf } from "./agenda-time.js";
import { button, field, laneWords, phoneWords, stateTag } from "./agenda-words.js";
import { byId, make } from "./dom.js";

const ACTIONS = {
  honoured: ["i-check", "Honoré"],
  missed: ["i-missed", "Manqué"],
  move: ["i-moved", "Déplacer…"],
  cancel: ["i-cancelled", "Annuler…"],
};

export class DetailView {
  /** `closed()` is called when the agent closes it, `moved(row)` with what takes its place. */
  constructor(model, { closed, moved }) {
    this.model = model;
    this.closed = closed;
    this.moved = moved;
    this.appointment = null;
    this.shown = "";
    this.words = "";
    // What is being asked under the appointment: nothing, "cancel" or "move".
    this.asking = null;
    this.from = null;
    // Where `from` is typed: one element for as long as the question is asked.
    this.date = null;
    this.times = null;
    this.chosen = null;
    byId("agenda-detail").addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      if (this.asking) this.#ask(null);
      else this.closed();
    });
  }

  open(appointment) {
    if (appointment !== this.appointment) Object.assign(this, { appointment, words: "", asking: null, date: null, chosen: null });
    this.shown = "";
  }

  forget() {
    this.open(null);
    byId("agenda-detail").replaceChildren();
  }

  show() {
    const root = byId("agenda-detail");
    const row = this.appointment && this.model.find(this.appointment);
    root.hidden = !row;
    if (!row) return;
    const told = JSON.stringify([row, this.words, this.asking, this.times, this.chosen]);
    if (told === this.shown) return;
    this.shown = told;
    const held = root.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    this.#place(root, this.#parts(row));
    if (held && !root.contains(document.activeElement)) (root.querySelector(`[data-key="${held}"]`) ?? root.querySelector("button")).focus();
  }

  /** Show the parts; one that is there already is not moved: a date that is being typed would begin again. */
  #place(root, parts) {
    for (const old of [...root.children]) if (!parts.includes(old)) old.remove();
    parts.forEach((part, index) => root.children[index] !== part && root.insertBefore(part, root.children[index] ?? null));
  }

  #parts(row) {
    const [date, clock] = localOf(row.starts_at, this.model.zone);
    const close = button("i-close", "", () => this.closed(), "square small");
    close.setAttribute("aria-label", "Fermer le rendez-vous");
    close.dataset.key = "close";
    const title = make("h3", "", `${dayWords(date)}, ${hourWords(clock)}`);
    title.id = "agenda-detail-title";
    const facts = [
      ["Pour", `${row.subject_name} (${row.minutes}\u00a0min)`],
      ["Qui vient", row.first_name],
      ["Téléphone", phoneWords(row.telephone)],
      ["Borne", row.place_name],
      ["Avec", laneWords(row.lane, this.model.own)],
      ["Code", row.code.replace(/(..)(?=.)/g, "$1\u00a0")],
    ].filter(([, value]) => value);
    // The hours to choose from need the room.
    const told = this.asking === "move" ? facts.slice(0, 2) : facts;
    const list = make("dl", "", ...told.flatMap(([name, value]) => [make("dt", "", name), make("dd", "", value)]));
    const fault = make("p", "fault", this.words);
    fault.setAttribute("role", "alert");
    const asked = { cancel: () => this.#cancelPart(row), move: () => this.#movePart(row) }[this.asking]?.() ?? this.#actions(row);
    return [make("div", "agenda-detail-head", title, close), stateTag(row.state), list, fault, ...asked];
  }

  #actions(row) {
    const buttons = row.actions.map((action) => {
      const [sign, word] = ACTIONS[action];
      const press = action === "cancel" || action === "move" ? () => this.#ask(action) : () => this.#do(this.model.end(row.appointment, action));
      const element = button(sign, word, press, action === "honoured" ? "main" : "");
      element.dataset.key = action;
      return element;
    });
    return buttons.length ? [make("div", "agenda-actions", ...buttons)] : [];
  }

  #cancelPart(row) {
    const yes = button("i-cancelled", "Oui, annuler", () => this.#do(this.model.end(row.appointment, "cancel")), "hang-up");
    const no = button(null, "Non, le garder", () => this.#ask(null));
    no.dataset.key = "no";
    const words = row.telephone ? "Prévenez d’abord la personne\u00a0: son numéro est effacé avec le rendez-vous." : "La personne n’a pas laissé de numéro\u00a0: elle ne le saura qu’à la borne.";
    return [make("p", "agenda-ask", make("strong", "", "Annuler ce rendez-vous\u00a0? "), words), make("div", "agenda-actions", yes, no)];
  }

  #movePart(row) {
    this.date ??= this.#datePart(row);
    const keep = button(null, "Ne pas déplacer", () => this.#ask(null));
    keep.dataset.key = "no";
    const foot = [keep];
    if (this.chosen) {
      const [date, clock] = localOf(this.chosen, this.model.zone);
      const yes = button("i-moved", `Déplacer au ${dayWords(date)}, ${hourWords(clock)}`, () => this.#do(this.model.move(row.appointment, this.chosen)), "main");
      yes.dataset.key = "yes";
      foot.unshift(yes);
    }
    const number = row.telephone ? `Prévenez la personne\u00a0: ${phoneWords(row.telephone)}. ` : "";
    const told = make("p", "agenda-ask", `${number}Son ticket et son code restent bons\u00a0: la borne lui dira la nouvelle heure.`);
    return [this.date, make("div", "agenda-times", ...this.#times()), told, make("div", "agenda-actions", ...foot)];
  }

  #datePart(row) {
    const day = field("date", this.from, "À partir de quelle date");
    day.dataset.key = "from";
    day.min = this.model.today;
    // Typed, it is another date with each digit, most of them long past.
    day.addEventListener("change", () => day.value >= this.model.today && this.#look(row, day.value));
    day.addEventListener("blur", () => {
      day.value = this.from;
    });
    return make("label", "", "Nouvelle heure, à partir du", day);
  }

  #times() {
    if (!this.times) return [make("p", "agenda-quiet", "Un instant…")];
    const days = this.times.filter(([, starts]) => starts.length);
    if (!days.length) return [make("p", "agenda-quiet", "Rien de libre dans ces sept jours.")];
    return days.map(([date, starts]) => {
      const chips = starts.map(([start, clock]) => {
        const chip = button(null, hourWords(clock), () => this.#choose(start), "agenda-chip");
        chip.dataset.key = String(start);
        chip.setAttribute("aria-pressed", String(start === this.chosen));
        return chip;
      });
      const group = make("div", "agenda-chips", ...chips);
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", dayWords(date));
      return make("div", "", make("h4", "", dayWords(date)), group);
    });
  }

  #choose(start) {
    this.chosen = start;
    this.show();
  }

  #ask(what) {
    this.asking = what;
    this.words = "";
    this.date = null;
    this.chosen = null;
    const row = this.model.find(this.appointment);
    if (what === "move" && row) this.#look(row, this.model.today);
    this.show();
    byId("agenda-detail").querySelector(what ? '[data-key="no"]' : '[data-key="close"]')?.focus();
  }

  async #look(row, from) {
    this.from = from < this.model.today ? this.model.today : from;
    this.times = null;
    this.chosen = null;
    this.show();
    const asked = this.from;
    let times = [];
    try {
      times = await this.model.freeFrom(asked, row.subject);
    } catch (refused) {
      if (!(refused instanceof Refusal)) throw refused;
      this.words = refused.message;
    }
    // Of another date since, or of another appointment: no longer wanted.
    if (asked !== this.from || row.appointment !== this.appointment) return;
    this.times = times;
    this.show();
  }

  async #do(doing) {
    const { appointment } = this;
    const { words, answer } = await doing;
    if (appointment !== this.appointment) return;
    this.words = words;
    if (!words) this.asking = null;
    if (answer && answer.appointment !== appointment) this.moved(answer);
    else if (this.asking === "move") this.#look(this.model.find(appointment), this.from);
    this.show();
  }
}
