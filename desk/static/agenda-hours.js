// « Horaires »: what the agency opens, edited as a form that is saved as a whole or not at all.

import * as client from "./agenda-client.js";
import { differences, faultsOf, formOf, lanesOf, merged, newSubject, offered, rulesOf, usesOf } from "./agenda-rules.js";
import { Rows } from "./agenda-rows.js";
import { button, laneWords } from "./agenda-words.js";
import { byId, make, setText } from "./dom.js";
import { count } from "./words.js";

const DRAFT_KEY = "agenda-draft";
// Of desk/agenda/rules.py and kiosk/link/errands.py.
const MOST = { subjects: 12, week: 60, exceptions: 200, absences: 500 };
const LISTS = ["subjects", "week", "exceptions", "absences"];

export class HoursView {
  constructor(model) {
    this.model = model;
    this.forget();
    for (const name of LISTS) byId(`agenda-add-${name}`).addEventListener("click", () => this.#add(name));
    byId("agenda-save").addEventListener("click", () => this.#save());
    byId("agenda-undo").addEventListener("click", () => this.#load(true));
    byId("agenda-lane-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#addLane();
    });
  }

  forget() {
    this.base = null;
    this.form = null;
    this.version = null;
    this.rows = null;
    this.lanes = new Set();
    this.busy = false;
  }

  show() {
    const { week, own } = this.model;
    if (!week || this.busy) return;
    if (!this.form) this.#load(false);
    // Typed over by nobody: what a colleague saved is simply shown.
    else if (week.rules_version > this.version && !this.dirty && !byId("agenda-hours").contains(document.activeElement)) this.#load(false);
    if (!this.rows) this.rows = new Rows(own, { changed: () => this.#changed(), again: () => this.#render() });
  }

  /** Whether something typed is not saved. */
  get dirty() {
    return this.form !== null && differences(this.base, this.form).length > 0;
  }

  /** Take rules that came with another answer; what was typed stays. */
  take(rules) {
    const theirs = formOf(rules, this.model.zone);
    const { form, both } = this.form ? merged(this.base, this.form, theirs) : { form: theirs, both: [] };
    Object.assign(this, { base: theirs, form: structuredClone(form), version: rules.version });
    this.#render();
    return both;
  }

  async #load(afresh) {
    this.busy = true;
    try {
      const rules = await client.rules();
      const draft = afresh ? null : this.#draft();
      if (afresh) this.form = null;
      else if (draft) Object.assign(this, draft);
      const old = this.version;
      this.take(rules);
      this.#notice(draft && old !== rules.version ? "Les horaires ont changé depuis votre saisie\u00a0; elle est gardée, relisez-la." : "");
      setText(byId("agenda-hours-said"), afresh ? "Votre saisie est abandonnée." : "");
    } catch (refused) {
      this.#refused(refused);
    }
    this.busy = false;
  }

  async #save() {
    const faults = faultsOf(this.form);
    this.rows.say(faults);
    if (faults.length || this.busy) {
      setText(byId("agenda-hours-said"), faults.length ? `Rien n’est enregistré\u00a0: ${count(faults.length, "point à corriger", "points à corriger")}.` : "");
      return;
    }
    this.busy = true;
    setText(byId("agenda-hours-said"), "Un instant…");
    // What is typed while it is under way is a change to what was sent.
    const sent = structuredClone(this.form);
    try {
      const rules = await client.saveRules(rulesOf(sent, this.version, this.model.zone));
      this.base = sent;
      this.take(rules);
      this.#notice("");
      setText(byId("agenda-hours-said"), "Enregistré. Les bornes proposent ces heures.");
      this.model.refresh();
    } catch (refused) {
      if (refused.reason === "outdated") await this.#outdated();
      else this.#refused(refused);
    }
    this.busy = false;
  }

  /** Somebody else was quicker: theirs where I changed nothing, mine to be read again elsewhere. */
  async #outdated() {
    const before = this.base;
    try {
      const both = this.take(await client.rules());
      const what = differences(before, this.base).join(", ");
      const clash = both.length ? ` Vous aviez aussi changé ${both.join(", ")}\u00a0: enregistrer remplacerait leur saisie.` : "";
      this.#notice(`Quelqu’un d’autre a changé les horaires${what && `\u00a0: ${what}`}. Ce que vous avez saisi est encore là.${clash} Relisez, puis enregistrez de nouveau.`);
      setText(byId("agenda-hours-said"), "Rien n’est encore enregistré.");
    } catch (refused) {
      this.#refused(refused);
    }
  }

  #refused(refused) {
    if (!(refused instanceof client.Refusal)) throw refused;
    setText(byId("agenda-hours-said"), refused.message);
  }

  #notice(words) {
    byId("agenda-hours-notice").hidden = !words;
    setText(byId("agenda-hours-notice"), words);
  }

  #add(name) {
    if (!this.form || this.form[name].length >= MOST[name]) return;
    const { today } = this.model;
    const made = {
      subjects: () => ({ subject: newSubject(this.form), name: "", minutes: 20 }),
      week: () => ({ ...this.rows.newHours(), weekdays: [0, 1, 2, 3, 4] }),
      exceptions: () => ({ date: "", closed: true, hours: [] }),
      absences: () => ({ begins: `${today}T08:00`, ends: `${today}T18:00`, lane: this.model.own }),
    }[name]();
    this.form[name].push(made);
    this.#render();
    this.rows.elements.get(made).querySelector("input, button, select").focus();
  }

  #addLane() {
    const name = byId("agenda-lane").value.trim().toLowerCase();
    const right = /^[a-z0-9][a-z0-9-]{0,39}$/.test(name);
    setText(byId("agenda-lane-fault"), right ? "" : "Un nom de connexion\u00a0: lettres sans accent, chiffres et tirets.");
    if (!right) return;
    this.lanes.add(name);
    byId("agenda-lane").value = "";
    this.#render();
  }

  #remove(name, row) {
    if (name === "subjects" && usesOf(this.form, row.subject)) {
      this.rows.say([{ row, words: `${count(usesOf(this.form, row.subject), "plage est réservée", "plages sont réservées")} à ce sujet\u00a0: changez-les d’abord.` }]);
      return;
    }
    this.form[name] = this.form[name].filter((each) => each !== row);
    this.#render();
    byId(`agenda-add-${name}`).focus();
  }

  #render() {
    const { form, model } = this;
    this.rows.clear(lanesOf(form, model.own, [...this.lanes]), form.subjects);
    const makers = { subjects: "subject", week: "weekly", exceptions: "exception", absences: "absence" };
    for (const name of LISTS) {
      byId(`agenda-${name}-rows`).replaceChildren(...form[name].map((row) => this.rows[makers[name]](row, () => this.#remove(name, row))));
      byId(`agenda-add-${name}`).disabled = form[name].length >= MOST[name];
    }
    this.#renderImported();
    this.#changed();
  }

  #renderImported() {
    const counts = new Map();
    for (const { lane } of this.form.imported) counts.set(lane, (counts.get(lane) ?? 0) + 1);
    const items = [...counts].map(([lane, number]) => {
      const who = lane === null ? "toute l’agence" : laneWords(lane, this.model.own);
      const remove = button("i-trash", "Retirer", () => {
        this.form.imported = this.form.imported.filter((each) => each.lane !== lane);
        this.#render();
      });
      return make("li", "agenda-row", make("div", "agenda-fields", make("p", "wide", `${count(number, "absence importée", "absences importées")} (${who})`), remove));
    });
    byId("agenda-imported").replaceChildren(...items);
  }

  #changed() {
    const { dirty, form } = this;
    const sums = offered(form).map(([{ name, minutes }, number]) => `${name || "sans nom"} (${minutes}\u00a0min)\u00a0: ${number}`);
    setText(byId("agenda-offered"), sums.length ? `Une semaine ordinaire offre au plus — ${sums.join(" · ")}.` : "Sans sujet, rien ne peut être réservé.");
    byId("agenda-undo").disabled = !dirty;
    byId("agenda-save").classList.toggle("main", dirty);
    if (dirty) {
      setText(byId("agenda-hours-said"), "Pas encore enregistré.");
      sessionStorage.setItem(this.#key, JSON.stringify({ base: this.base, form, version: this.version }));
    } else {
      sessionStorage.removeItem(this.#key);
      setText(byId("agenda-hours-said"), "");
    }
  }

  get #key() {
    return `${DRAFT_KEY}-${this.model.own}`;
  }

  /** What was typed before the page was loaded anew. */
  #draft() {
    return this.form ? null : JSON.parse(sessionStorage.getItem(this.#key));
  }
}
