// Who waits to be called back: at a booth, which rings, or at a telephone number.

import { hourWords, localOf, monthDay } from "./agenda-time.js";
import { button, keepFocus, phoneWords } from "./agenda-words.js";
import { byId, icon, make, setText } from "./dom.js";

export class CallBacksView {
  constructor(model) {
    this.model = model;
    this.shown = "";
    // Whose booths ring as last seen, and whose rang in vain.
    this.ringing = new Set();
    this.missed = new Set();
    // Whom the agent may not have reached: « Fait » is asked twice.
    this.sure = null;
  }

  show() {
    const { callBacks, told } = this.model;
    this.#note(callBacks);
    const shown = JSON.stringify([told, this.sure, [...this.missed]]);
    if (shown === this.shown) return;
    this.shown = shown;
    const list = byId("agenda-calls-list");
    keepFocus(list, () => list.replaceChildren(...callBacks.map((row) => this.#row(row))));
    byId("agenda-calls-empty").hidden = callBacks.length > 0;
  }

  forget() {
    this.shown = "";
    this.ringing.clear();
    this.missed.clear();
    byId("agenda-calls-list").replaceChildren();
  }

  /** A booth that has ceased to ring, with its resident still in the list, was not answered. */
  #note(callBacks) {
    const now = new Set(callBacks.filter(({ ringing }) => ringing).map(({ call_back: number }) => number));
    for (const { call_back: number } of callBacks) if (this.ringing.has(number) && !now.has(number)) this.missed.add(number);
    for (const number of now) this.missed.delete(number);
    this.ringing = now;
  }

  #row(row) {
    const atBooth = row.where === "booth";
    const number = make("p", "agenda-number", atBooth ? row.place_name : phoneWords(row.telephone) || "numéro illisible");
    const [date, clock] = localOf(row.asked_at, this.model.zone);
    const day = date === this.model.today ? "aujourd’hui" : `le ${monthDay(date)}`;
    const who = row.first_name ? `${row.first_name}, ` : "";
    const words = `${who}demandé ${day} à ${hourWords(clock)}${atBooth ? "" : ` à ${row.place_name}`}`;
    const text = make("div", "ticket-text", number, make("p", "ticket-wait", words));
    if (row.ringing) text.append(make("p", "agenda-ringing", icon("i-answer"), `${row.agent_name} fait sonner la borne\u00a0: qui décroche arrive dans la file. Occupée, elle ne sonne que si elle se libère dans la minute.`));
    if (this.missed.has(row.call_back)) text.append(make("p", "agenda-ringing", icon("i-missed"), "Personne n’a décroché, ou la borne était occupée. Vous pouvez faire sonner de nouveau."));
    const item = make("li", "ticket agenda-call", text, make("div", "agenda-actions", ...this.#buttons(row, atBooth)));
    item.classList.toggle("is-ringing", row.ringing);
    return item;
  }

  #buttons(row, atBooth) {
    const number = row.call_back;
    const act = (action, sign, word, className) => {
      const element = button(sign, word, () => this.#do(number, action), className);
      element.dataset.key = `${action === "stop" ? "ring" : action}-${number}`;
      return element;
    };
    if (this.sure === number) {
      const no = button(null, "Non", () => this.#beSure(null));
      no.dataset.key = `done-${number}`;
      return [make("p", "agenda-ask", "Le retirer de la liste\u00a0? Le numéro est effacé."), act("done-sure", "i-trash", "Oui, retirer", "main"), no];
    }
    const ring = row.ringing ? act("stop", "i-closing", "Arrêter la sonnerie", "") : act("ring", "i-answer", "Faire sonner la borne", "main");
    return [...(atBooth ? [ring] : []), act("done", "i-check", "Fait", atBooth ? "" : "main")];
  }

  #beSure(number) {
    this.sure = number;
    this.show();
  }

  async #do(number, action) {
    if (action === "done") {
      this.#beSure(number);
      return;
    }
    this.sure = null;
    // Stopped by hand: nobody has failed to answer.
    if (action === "stop") this.ringing.delete(number);
    const { words } = await this.model.callBack(number, action === "done-sure" ? "done" : action);
    setText(byId("agenda-calls-fault"), words);
    this.show();
  }
}
