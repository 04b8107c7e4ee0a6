// The agent's ready phrases: their own list, kept in this browser; no resident's words are in it.

import { byId, make } from "./dom.js";

const KEY = "phrases";
const MOST = 30;
const FIRST = [
  "Bonjour, je vous lis. Écrivez-moi avec le clavier de l’écran.",
  "Prenez votre temps.",
  "Pouvez-vous me montrer le papier dont vous parlez\u00a0?",
  "Je vous envoie un document, il va s’afficher sur votre écran.",
  "Je cherche dans votre dossier, un instant s’il vous plaît.",
  "Pouvez-vous répéter autrement\u00a0?",
  "Il manque un papier\u00a0: je vous écris lequel.",
  "C’est noté. Avez-vous une autre question\u00a0?",
];

export class Phrases {
  /** `onChosen(phrase)` is called when one is picked. */
  constructor(onChosen) {
    this.onChosen = onChosen;
    this.dialog = byId("phrase-dialog");
    byId("edit-phrases").addEventListener("click", () => this.#edit());
    byId("phrases-again").addEventListener("click", () => this.#write(FIRST));
    this.dialog.addEventListener("close", () => this.dialog.returnValue === "keep" && this.#keep());
    byId("phrases").addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.#close();
    });
    this.#show();
  }

  get list() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      return Array.isArray(kept) && kept.length > 0 ? kept.filter((phrase) => typeof phrase === "string").slice(0, MOST) : FIRST;
    } catch {
      return FIRST;
    }
  }

  #show() {
    byId("phrase-list").replaceChildren(
      ...this.list.map((phrase) => {
        const button = make("button", "phrase", phrase);
        button.type = "button";
        button.addEventListener("click", () => {
          this.#close();
          this.onChosen(phrase);
        });
        return make("li", "", button);
      }),
    );
  }

  #close() {
    byId("phrases").open = false;
    byId("phrases").querySelector("summary").focus();
  }

  #edit() {
    this.#write(this.list);
    this.dialog.returnValue = "";
    this.dialog.showModal();
  }

  #write(list) {
    byId("phrase-text").value = list.join("\n");
  }

  #keep() {
    const list = byId("phrase-text").value.split("\n").map((phrase) => phrase.trim()).filter(Boolean);
    localStorage.setItem(KEY, JSON.stringify(list.slice(0, MOST)));
    this.#show();
  }
}
