// Appointments into another calendar, and the busy times of another calendar into the agenda.

import * as client from "./agenda-client.js";
import { laneWords } from "./agenda-words.js";
import { byId, make, setText } from "./dom.js";
import { count } from "./words.js";

// Of desk/agenda/ical.py.
const MAX_BYTES = 524_288;

export class CalendarView {
  /** `hours` takes the rules that an import leaves. */
  constructor(model, hours) {
    this.model = model;
    this.hours = hours;
    this.lanes = "";
    byId("agenda-calendar-lane").addEventListener("change", () => this.#address());
    byId("agenda-import").addEventListener("click", () => byId("agenda-import-file").click());
    byId("agenda-import-file").addEventListener("change", ({ target }) => {
      const [file] = target.files;
      if (file) this.#import(file);
      // The same file again is a change too.
      target.value = "";
    });
  }

  show() {
    const { week, own } = this.model;
    const lanes = [...new Set([own, ...(week?.lanes ?? [])])].filter(Boolean);
    if (String(lanes) === this.lanes) return;
    this.lanes = String(lanes);
    const select = byId("agenda-calendar-lane");
    const { value } = select;
    const pairs = [["", "toute l’agence"], ...lanes.map((lane) => [lane, laneWords(lane, own)])];
    select.replaceChildren(
      ...pairs.map(([lane, words]) => {
        const option = make("option", "", words);
        option.value = lane;
        return option;
      }),
    );
    select.value = lanes.includes(value) ? value : own;
    this.#address();
  }

  #address() {
    byId("agenda-export").href = client.exportAddress(byId("agenda-calendar-lane").value);
  }

  async #import(file) {
    const said = byId("agenda-import-said");
    if (file.size > MAX_BYTES) {
      setText(said, "Ce fichier est trop gros (512\u00a0ko au plus). Exportez moins de mois.");
      return;
    }
    setText(said, "Un instant…");
    try {
      const { absences, left_out: out, rules } = await client.importCalendar(byId("agenda-calendar-lane").value, file);
      const left = out ? ` ${count(out, "événement laissé de côté", "événements laissés de côté")} (passés, libres, trop lointains ou illisibles).` : "";
      const taken = absences ? `${count(absences, "absence reprise", "absences reprises")}.` : "Aucune absence à venir dans ce fichier.";
      this.hours.take(rules);
      this.model.refresh();
      setText(said, taken + left);
    } catch (refused) {
      if (!(refused instanceof client.Refusal)) throw refused;
      setText(said, refused.reason === "malformed" ? "Ce fichier n’est pas un agenda iCalendar (.ics) lisible." : refused.message);
    }
  }
}
