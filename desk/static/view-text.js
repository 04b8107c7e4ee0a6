// Real-time text: a field whose every key is read at the booth, and both sides' lines above it.

import { byId, make, setText } from "./dom.js";
import { Phrases } from "./phrases.js";

export class TextView {
  /** `onTheirs()` is called when the resident begins a line. */
  constructor(onTheirs) {
    this.onTheirs = onTheirs;
    this.text = null;
    /** Line → what shows it. */
    this.shown = new Map();
    this.correcting = null;
    this.list = byId("text-lines");
    this.field = byId("text-field");
    this.field.addEventListener("input", () => this.#typed());
    this.field.addEventListener("keydown", (event) => this.#key(event));
    byId("text-end").addEventListener("click", () => this.#end());
    this.phrases = new Phrases((phrase) => this.#insert(phrase));
  }

  /** Show the text of `call`; null empties it. */
  show(call) {
    if ((call?.text ?? null) !== this.text) {
      this.text = call?.text ?? null;
      this.shown = new Map();
      this.list.replaceChildren();
      this.field.value = "";
      this.#correct(null);
      setText(byId("text-news"), "");
    }
    if (!this.text) return;
    const atEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 40;
    this.text.lines.forEach((line, index) => this.#line(line, index));
    if (atEnd) this.list.scrollTop = this.list.scrollHeight;
    this.field.disabled = this.text.full;
  }

  #line(line, index) {
    let item = this.shown.get(line);
    if (!item) {
      item = this.#item(line);
      this.shown.set(line, item);
      this.list.insertBefore(item.root, this.list.children[index] ?? null);
      if (!line.own) this.onTheirs();
    }
    if (item.revision === line.revision) return;
    item.revision = line.revision;
    const takenBack = line.ended && !line.text;
    setText(item.words, takenBack ? "Ligne retirée" : line.text);
    item.root.classList.toggle("taken-back", takenBack);
    item.root.classList.toggle("typing", !line.ended);
    if (item.words.tagName === "BUTTON") item.words.disabled = !line.ended || takenBack;
    if (!line.own && line.ended) setText(byId("text-news"), `La personne\u00a0: ${takenBack ? "ligne retirée" : line.text}`);
  }

  #item(line) {
    const who = make("span", "visually-hidden", line.own ? "Vous\u00a0: " : "La personne\u00a0: ");
    const words = make(line.own ? "button" : "span", "line-words");
    if (line.own) {
      words.type = "button";
      words.title = "Corriger cette ligne";
      words.addEventListener("click", () => this.#correct(line));
    }
    return { root: make("li", line.own ? "own" : "", who, words), words, revision: 0 };
  }

  #typed() {
    // A pasted paragraph is one line, as everything here.
    const words = this.field.value.replace(/\s*\n\s*/g, " ");
    if (words !== this.field.value) this.field.value = words;
    if (this.correcting) this.text?.correct(this.correcting.line, words);
    else this.text?.type(words);
  }

  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      this.#end();
    } else if (event.key === "ArrowUp" && !this.field.value && !this.correcting) {
      const last = this.text?.lines.findLast(({ own, ended, text }) => own && ended && text);
      if (last) {
        event.preventDefault();
        this.#correct(last);
      }
    } else if (event.key === "Escape" && this.correcting) {
      event.preventDefault();
      this.text?.correct(this.correcting.line, this.correcting.before);
      this.#correct(null);
    }
  }

  /** Close the line, or the correction of one. */
  #end() {
    if (!this.correcting && this.field.value.trim()) this.text?.type(this.field.value, true);
    if (this.correcting || this.field.value.trim()) this.#correct(null);
    this.field.focus();
  }

  /** Put an ended line into the field to be corrected; null goes back to the line being typed. */
  #correct(line) {
    if (line && this.text) {
      const open = this.text.own.at(-1);
      if (open && !open.ended) this.text.type(open.text, true);
    }
    this.correcting = line && { line, before: line.text };
    this.field.value = line?.text ?? "";
    byId("text-correcting").hidden = !line;
    if (line) this.field.focus();
  }

  #insert(phrase) {
    const before = this.field.value;
    this.field.value = before && !before.endsWith(" ") ? `${before} ${phrase}` : before + phrase;
    this.field.focus();
    this.#typed();
  }
}
