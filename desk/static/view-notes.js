// What the resident takes along in the summary: papers that are still missing, and what comes next.

import { byId, make } from "./dom.js";
import { MOST_MISSING } from "./papers-wire.js";

const USUAL = ["Pièce d’identité", "Justificatif de domicile", "RIB", "Avis d’imposition", "Attestation de ressources", "Bulletins de salaire", "Livret de famille", "Titre de séjour"];

export class NotesView {
  constructor() {
    this.papers = null;
    this.recalled = null;
    byId("missing-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#add();
    });
    byId("missing").addEventListener("change", () => this.#tell());
    byId("next-step").addEventListener("input", () => this.#tell());
  }

  /** Show the notes of `call`: a new one begins with none, one that was resumed with those it had. */
  show(call) {
    const papers = call?.papers ?? null;
    const recalled = papers?.recalled ?? null;
    if (papers === this.papers && recalled === this.recalled) return;
    Object.assign(this, { papers, recalled });
    const { missing, next } = recalled ?? { missing: [], next: "" };
    const others = missing.filter((name) => !USUAL.includes(name));
    byId("missing").replaceChildren(...[...USUAL, ...others].map((name) => box(name, missing.includes(name))));
    byId("missing-text").value = "";
    byId("next-step").value = next;
  }

  #add() {
    const field = byId("missing-text");
    const name = field.value.trim();
    const known = [...byId("missing").querySelectorAll("input")].find(({ value }) => value === name);
    if (known) known.checked = true;
    else if (name && this.#missing.length < MOST_MISSING) byId("missing").append(box(name, true));
    field.value = "";
    this.#tell();
  }

  get #missing() {
    return [...byId("missing").querySelectorAll("input:checked")].map(({ value }) => value);
  }

  #tell() {
    this.papers?.note(this.#missing.slice(0, MOST_MISSING), byId("next-step").value.trim());
  }
}

function box(name, checked) {
  const input = make("input", "");
  input.type = "checkbox";
  input.value = name;
  input.checked = checked;
  return make("label", "tick", input, make("span", "", name));
}
