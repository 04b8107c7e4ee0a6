// The panel of papers: ask for one, keep what came, give a document and follow it.

import { checkDocument } from "./check-document.js";
import { byId, icon, make, setText } from "./dom.js";
import { givenWords, refusalWords, removalWords, scanningWords } from "./paper-words.js";
import { writePdf } from "./pdf-writer.js";
import { PagesView } from "./view-pages.js";
import { duration } from "./words.js";

// Long after a browser has begun to write the file.
const REVOKE_AFTER_MS = 60_000;

export class PapersView {
  /** `pages` is the model; `onOpen(id)` reads a page large. */
  constructor(pages, onOpen) {
    this.pages = pages;
    this.papers = null;
    this.fault = "";
    this.items = new Map();
    this.thumbs = new PagesView(pages, onOpen);
    byId("propose").addEventListener("click", () => this.papers?.propose(!this.#asked));
    byId("download").addEventListener("click", () => this.#download());
    byId("clear-pages").addEventListener("click", () => this.pages.clear());
    byId("restore").addEventListener("click", () => this.pages.restore());
    byId("give").addEventListener("click", () => byId("give-file").click());
    byId("give-file").addEventListener("change", ({ target }) => {
      this.#give([...target.files]);
      target.value = "";
    });
    this.#takeDrops();
    setInterval(() => this.#count(), 1000);
  }

  /** Show the papers of `call`, or what is left of them after it. */
  show(call) {
    if (this.papers !== (call?.papers ?? null)) {
      this.papers = call?.papers ?? null;
      this.fault = "";
    }
    const { papers, pages } = this;
    byId("ask-part").hidden = !papers;
    byId("give-part").hidden = !papers;
    byId("pages-empty").hidden = pages.list.length > 0;
    byId("pages-tools").hidden = pages.whole.length + pages.removed.length === 0;
    byId("download").disabled = pages.whole.length === 0;
    byId("restore").hidden = pages.removed.length === 0;
    byId("clear-pages").hidden = papers !== null;
    byId("pages-hint").hidden = pages.whole.length === 0;
    setText(byId("pages-title"), pages.list.length ? `Papiers reçus\u00a0: ${pages.list.length}` : "Papiers reçus");
    this.thumbs.show();
    this.#count();
    if (papers) this.#inCall(papers);
  }

  get #asked() {
    return this.papers?.scanning.state === "asked";
  }

  #inCall(papers) {
    byId("propose").disabled = !papers.open || papers.scanning.state === "open" || !(papers.can.scan || this.#asked);
    setText(byId("propose-word"), this.#asked ? "Ne plus demander" : "Demander un papier");
    setText(byId("scan-state"), scanningWords(papers.scanning, papers.can, papers.open));
    setText(byId("give-fault"), this.fault);
    const kept = new Map();
    for (const document of papers.outgoing.documents.filter(({ hidden }) => !hidden)) {
      const item = this.items.get(document.id) ?? this.#item(document);
      kept.set(document.id, item);
      this.#fill(item, document, papers.open);
    }
    for (const [id, { root }] of this.items) if (!kept.has(id)) root.remove();
    this.items = kept;
  }

  #item({ id, name }) {
    const sign = icon("i-file");
    const words = make("p", "given-words");
    words.setAttribute("role", "status");
    const note = make("p", "given-note");
    const bar = make("progress", "");
    bar.max = 100;
    const remove = make("button", "square small", icon("i-close"));
    remove.type = "button";
    remove.title = "Retirer de la liste";
    remove.setAttribute("aria-label", `Retirer ${name || "ce document"}`);
    remove.addEventListener("click", () => this.papers?.outgoing.remove(id));
    const root = make("li", "", sign, make("div", "given-text", make("p", "given-name", name || "Document donné plus tôt"), words, note, bar), remove);
    byId("given").prepend(root);
    return { root, sign, words, note, bar, remove };
  }

  #fill({ root, sign, words, note, bar, remove }, document, open) {
    const [name, text, tone] = givenWords(document, open);
    root.className = tone;
    sign.className = `icon i-${name}`;
    setText(words, text);
    setText(note, removalWords(document.removed ?? []));
    note.hidden = !document.removed;
    bar.hidden = document.state !== "sending" && document.state !== "waiting";
    bar.value = document.percent;
    remove.hidden = document.state === "given" && !document.fate;
  }

  #takeDrops() {
    const drop = byId("drop");
    // A file let go beside its place would be opened instead of the page, and the call be lost.
    for (const kind of ["dragover", "drop"]) document.addEventListener(kind, (event) => event.preventDefault());
    const zone = byId("panel-papers");
    zone.addEventListener("dragover", ({ dataTransfer }) => drop.classList.toggle("over", dataTransfer.types.includes("Files")));
    for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => drop.classList.remove("over"));
    zone.addEventListener("drop", ({ dataTransfer }) => this.#give([...dataTransfer.files]));
  }

  async #give(files) {
    const { papers } = this;
    this.fault = "";
    for (const file of files) {
      if (!papers) return;
      const { media, bytes, reason } = await checkDocument(file);
      if (this.papers !== papers) return;
      const given = !reason && (await papers.outgoing.give({ name: file.name, media, bytes }));
      if (!given) this.#refuse(file.name, reason || "too-many");
      papers.changed();
    }
  }

  /** One line for each file that is not given: those beside it are. */
  #refuse(name, reason) {
    const line = `«\u00a0${name}\u00a0» n’est pas donné. ${refusalWords(reason)}`;
    this.fault = this.fault ? `${this.fault}\n${line}` : line;
  }

  #download() {
    const address = URL.createObjectURL(writePdf(this.pages.whole));
    const link = make("a", "");
    link.href = address;
    const now = new Date();
    const two = (value) => String(value).padStart(2, "0");
    link.download = `papiers-${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}.pdf`;
    link.click();
    this.pages.saved();
    setTimeout(() => URL.revokeObjectURL(address), REVOKE_AFTER_MS);
  }

  #count() {
    const { until } = this.pages;
    byId("pages-until").hidden = until === null;
    if (until !== null) setText(byId("pages-until"), `Effacés d’eux-mêmes dans ${duration((until - Date.now()) / 1000)}, ou à l’appel suivant.`);
  }
}
