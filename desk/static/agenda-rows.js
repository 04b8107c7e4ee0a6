// The rows of the opening hours' form; each writes what is typed into the row that it was made of.

import { WEEKDAYS } from "./agenda-time.js";
import { button, choice, field, laneWords } from "./agenda-words.js";
import { make } from "./dom.js";

export class Rows {
  /** `changed()` after what was typed, `again()` where other fields are to be shown. */
  constructor(own, { changed, again }) {
    this.own = own;
    this.changed = changed;
    this.again = again;
    this.lanes = [];
    this.subjects = [];
    // Each row's element, to say faults in.
    this.elements = new Map();
  }

  /** Begin anew, for these lanes and subjects. */
  clear(lanes, subjects) {
    this.lanes = lanes;
    this.subjects = subjects;
    this.elements.clear();
  }

  subject(row, onRemove) {
    const name = this.#text(row, "name", "text", "Nom du sujet");
    name.maxLength = 120;
    name.classList.add("wide");
    const minutes = field("number", row.minutes, "Durée en minutes");
    Object.assign(minutes, { min: 5, max: 240, step: 5 });
    minutes.addEventListener("input", () => this.#set(row, "minutes", minutes.valueAsNumber || 0));
    return this.#row(row, [name, this.#unit(minutes, "minutes")], "Retirer ce sujet", onRemove);
  }

  weekly(row, onRemove) {
    const days = make("div", "agenda-weekdays", ...WEEKDAYS.map((day, index) => this.#weekday(row, day, index)));
    days.setAttribute("role", "group");
    days.setAttribute("aria-label", "Jours");
    return this.#row(row, [days, ...this.#hours(row)], "Retirer cette plage", onRemove);
  }

  exception(row, onRemove) {
    const date = this.#text(row, "date", "date", "Date");
    const sort = choice([["closed", "fermé"], ["hours", "autres heures"]], row.closed ? "closed" : "hours", "Ce qui change");
    sort.addEventListener("change", () => {
      row.closed = sort.value === "closed";
      if (!row.closed && !row.hours.length) row.hours.push(this.newHours());
      this.again();
    });
    const element = this.#row(row, [date, sort], "Retirer cette date", onRemove);
    if (row.closed) return element;
    const without = (hours) => () => {
      row.hours = row.hours.filter((each) => each !== hours);
      this.again();
    };
    const more = button("i-plus", "Ajouter des heures", () => {
      row.hours.push(this.newHours());
      this.again();
    });
    more.setAttribute("aria-label", `Ajouter des heures à cette date`);
    element.append(make("div", "agenda-inner", ...row.hours.map((hours) => this.#row(hours, this.#hours(hours), "Retirer ces heures", without(hours))), more));
    return element;
  }

  absence(row, onRemove) {
    const who = this.#who(row, [["", "toute l’agence"]]);
    const begins = this.#text(row, "begins", "datetime-local", "Début de l’absence");
    const ends = this.#text(row, "ends", "datetime-local", "Fin de l’absence");
    return this.#row(row, [who, this.#unit(begins, "du", true), this.#unit(ends, "au", true)], "Retirer cette absence", onRemove);
  }

  newHours() {
    return { opens: "09:00", closes: "12:00", lane: "pool-1", subjects: [] };
  }

  /** Say what is wrong, in the row that it is wrong in; the first one has the focus. */
  say(faults) {
    for (const [row, element] of this.elements) {
      const words = faults.filter((fault) => fault.row === row).map((fault) => fault.words);
      const place = element.querySelector(":scope > .fault");
      place.textContent = words.join(" ");
      element.classList.toggle("wrong", words.length > 0);
    }
    const first = faults.length && this.elements.get(faults[0].row);
    if (first) first.querySelector("input, select").focus();
  }

  #row(row, fields, removeWords, onRemove) {
    const remove = button("i-trash", "", onRemove, "square small");
    remove.setAttribute("aria-label", removeWords);
    remove.title = removeWords;
    const fault = make("p", "fault", "");
    fault.setAttribute("role", "alert");
    const element = make("li", "agenda-row", make("div", "agenda-fields", ...fields, remove), fault);
    this.elements.set(row, element);
    return element;
  }

  #hours(row) {
    const opens = this.#text(row, "opens", "time", "Début");
    const closes = this.#text(row, "closes", "time", "Fin");
    opens.step = 300;
    closes.step = 300;
    return [this.#unit(opens, "de", true), this.#unit(closes, "à", true), this.#who(row, []), this.#subjects(row)];
  }

  #weekday(row, day, index) {
    const element = button(null, day.slice(0, 1).toUpperCase(), () => {
      const on = !row.weekdays.includes(index);
      row.weekdays = on ? [...row.weekdays, index].sort() : row.weekdays.filter((each) => each !== index);
      element.setAttribute("aria-pressed", String(on));
      this.changed();
    });
    element.setAttribute("aria-pressed", String(row.weekdays.includes(index)));
    element.setAttribute("aria-label", day);
    element.title = day;
    return element;
  }

  #who(row, first) {
    const pairs = this.lanes.map((lane) => [lane, laneWords(lane, this.own)]);
    const select = choice([...first, ...pairs], row.lane ?? "", "Qui");
    select.addEventListener("change", () => this.#set(row, "lane", select.value || null));
    return select;
  }

  #subjects(row) {
    const words = () => {
      const names = this.subjects.filter(({ subject }) => row.subjects.includes(subject)).map(({ name }) => name);
      return names.length ? names.join(", ") : "tous les sujets";
    };
    const summary = make("summary", "", words());
    const boxes = this.subjects.map(({ subject, name }) => {
      const box = field("checkbox", subject, name);
      box.checked = row.subjects.includes(subject);
      box.addEventListener("change", () => {
        row.subjects = box.checked ? [...row.subjects, subject] : row.subjects.filter((each) => each !== subject);
        summary.textContent = words();
        this.changed();
      });
      return make("label", "tick", box, make("span", "", name || "(sans nom)"));
    });
    return make("details", "agenda-for", summary, make("div", "", make("p", "panel-hint", "Aucun choisi\u00a0: tous."), ...boxes));
  }

  #text(row, name, type, label) {
    const element = field(type, row[name], label);
    element.addEventListener("input", () => this.#set(row, name, element.value));
    return element;
  }

  #unit(element, words, before = false) {
    const word = make("span", "", words);
    return make("span", "agenda-unit", ...(before ? [word, element] : [element, word]));
  }

  #set(row, name, value) {
    row[name] = value;
    this.changed();
  }
}
