// The agency's queue: who waits, since when, and the button that answers.

import { hourWords } from "./agenda-time.js";
import { byId, icon, make, setText } from "./dom.js";
import { count, deviceWords, duration } from "./words.js";

export class QueueView {
  /** `onAnswer(ticket)` is called when the agent answers. */
  constructor(onAnswer) {
    this.onAnswer = onAnswer;
    this.items = new Map();
    this.clockOffsetS = 0;
    setInterval(() => this.#count(), 1000);
  }

  /** Count waiting times by the gateway's clock, as it was when it said welcome. */
  setClock(welcome) {
    if (welcome === this.welcome) return;
    this.welcome = welcome;
    this.clockOffsetS = welcome.now - Date.now() / 1000;
  }

  /** Show the queue: its first ticket may ring, one may be in the middle of being answered. */
  show({ queue, waiting, me, ringing, answering, call }) {
    const list = byId("waiting");
    const kept = new Map();
    waiting.forEach((entry, index) => {
      const item = this.items.get(entry.ticket) ?? this.#item(entry);
      const told = JSON.stringify([entry, me?.agent]);
      if (told !== item.told) {
        item.told = told;
        item.tags.replaceChildren(...tagsOf(entry, me?.agent));
      }
      kept.set(entry.ticket, item);
      item.root.classList.toggle("ringing", ringing && index === 0);
      item.answer.classList.toggle("main", index === 0);
      item.answer.hidden = call !== null;
      item.key.hidden = index !== 0;
      setText(item.lost, entry.lost.length ? `Ne marche pas : ${deviceWords(entry.lost)}` : "");
      item.answer.setAttribute("aria-disabled", String(answering !== null));
      setText(item.word, answering === entry.ticket ? "Un instant…" : "Répondre");
      // Moving an element would take the focus from it: only what is not in its place moves.
      if (list.children[index] !== item.root) list.insertBefore(item.root, list.children[index] ?? null);
    });
    for (const [ticket, item] of this.items) if (!kept.has(ticket)) item.root.remove();
    this.items = kept;
    byId("queue-empty").hidden = queue.waiting.length > 0;
    setText(byId("queue-title"), queue.waiting.length ? `File d’attente\u00a0: ${queue.waiting.length}` : "File d’attente");
    setText(byId("colleagues"), colleagues(queue));
    this.#showBusy(queue.in_call.filter(({ ticket }) => ticket !== call?.ticket));
    this.#count();
  }

  #item(entry) {
    const word = make("span", "", "Répondre");
    const key = make("kbd", "", "F2");
    key.setAttribute("aria-hidden", "true");
    const answer = make("button", "", icon("i-answer"), word, key);
    answer.type = "button";
    answer.addEventListener("click", () => this.onAnswer(entry.ticket));
    const wait = make("span", "");
    const lost = make("p", "ticket-lost");
    const tags = make("p", "ticket-tags");
    const text = make("div", "ticket-text", make("p", "ticket-place", entry.place_name), make("p", "ticket-wait", wait), tags, lost);
    text.id = `ticket-${entry.ticket}`;
    answer.setAttribute("aria-describedby", text.id);
    return { root: make("li", "ticket", text, answer), answer, word, key, wait, tags, lost, since: entry.since };
  }

  #showBusy(entries) {
    byId("busy-part").hidden = entries.length === 0;
    byId("in-call").replaceChildren(
      ...entries.map((entry) =>
        make("li", "ticket", make("div", "ticket-text", make("p", "ticket-place", entry.place_name), make("p", "ticket-wait", `avec ${entry.claimed_by}`))),
      ),
    );
  }

  #count() {
    const now = Date.now() / 1000 + this.clockOffsetS;
    for (const item of this.items.values()) setText(item.wait, `attend depuis ${duration(now - item.since)}`);
  }
}

function tagsOf({ appointment, appointment_at: at, appointment_with: whom, appointment_with_name: name, call_back: callBack }, me) {
  const tags = [];
  if (appointment) tags.push(make("span", "ticket-tag arrived", icon("i-calendar"), `Rendez-vous${at && ` de ${hourWords(at)}`} · arrivé`));
  if (whom) tags.push(make("span", "ticket-tag", icon("i-user"), whom === me ? "avec vous" : `avec ${name || whom}`));
  if (callBack) tags.push(make("span", "ticket-tag", icon("i-answer"), "Rappel"));
  return tags;
}

function colleagues({ available, busy }) {
  return `${count(available, "agent prêt", "agents prêts")}, ${busy} en appel`;
}
