// The scanned pages as small pictures: opened, turned, put in order, removed; by mouse and by keys.

import { byId, icon, make, setText } from "./dom.js";

export class PagesView {
  /** `pages` is the model; `onOpen(id)` is called when one shall be read. */
  constructor(pages, onOpen) {
    this.pages = pages;
    this.onOpen = onOpen;
    this.items = new Map();
    this.dragged = null;
    this.list = byId("pages");
  }

  show() {
    const kept = new Map();
    this.pages.list.forEach((page, index) => {
      const item = this.items.get(page.id) ?? this.#item(page.id);
      kept.set(page.id, item);
      this.#fill(item, page, index);
      // Moving an element would take the focus from it: only what is not in its place moves.
      if (this.list.children[index] !== item.root) {
        const focused = item.root.contains(document.activeElement) ? document.activeElement : null;
        this.list.insertBefore(item.root, this.list.children[index] ?? null);
        focused?.focus();
      }
    });
    for (const [id, item] of this.items) if (!kept.has(id)) this.#drop(item);
    this.items = kept;
  }

  #fill(item, page, index) {
    const name = `Page ${index + 1}`;
    const here = page.blob !== null;
    item.root.draggable = here;
    item.open.disabled = !here;
    item.open.setAttribute("aria-label", here ? `${name} : ouvrir` : `${name} : ${page.percent} % reçus`);
    item.tools.hidden = !here;
    setText(item.word, here ? name : `${page.percent} %`);
    item.bar.hidden = here;
    item.bar.value = page.percent;
    if (item.drawn !== `${here} ${page.turn}` && page.thumb) {
      drawTurned(item.canvas, page.thumb, page.turn);
      item.drawn = `${here} ${page.turn}`;
    }
  }

  #item(id) {
    const canvas = make("canvas", "page-picture");
    const bar = make("progress", "page-progress");
    bar.max = 100;
    const word = make("span", "page-word");
    const open = make("button", "page-open", canvas, bar);
    open.type = "button";
    const tools = make("span", "page-tools", tool("i-turn", "Tourner", () => this.pages.turn(id)), tool("i-trash", "Retirer", () => this.pages.remove(id)));
    const root = make("li", "page", open, make("div", "page-foot", word, tools));
    open.addEventListener("click", () => this.onOpen(id));
    open.addEventListener("keydown", (event) => this.#key(event, id));
    this.#dragging(root, id);
    return { root, open, canvas, bar, word, tools, drawn: "" };
  }

  #key(event, id) {
    const place = this.pages.list.findIndex((page) => page.id === id);
    const to = { ArrowLeft: place - 1, ArrowUp: place - 1, ArrowRight: place + 1, ArrowDown: place + 1, Home: 0, End: Infinity }[event.key];
    const plain = !(event.altKey || event.ctrlKey || event.metaKey);
    if (event.altKey && to !== undefined) this.pages.move(id, to);
    else if (plain && to !== undefined) this.list.children[Math.max(0, Math.min(to, this.list.children.length - 1))].querySelector("button").focus();
    else if (plain && event.key.toLowerCase() === "r") this.pages.turn(id);
    else if (plain && event.key === "Delete") this.pages.remove(id);
    else return;
    event.preventDefault();
  }

  #dragging(root, id) {
    root.addEventListener("dragstart", (event) => {
      this.dragged = id;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
    });
    root.addEventListener("dragend", () => {
      this.dragged = null;
    });
    root.addEventListener("dragover", (event) => {
      if (this.dragged === null) return;
      event.preventDefault();
      event.stopPropagation();
      if (this.dragged !== id) this.pages.move(this.dragged, this.pages.list.findIndex((page) => page.id === id));
    });
    root.addEventListener("drop", (event) => {
      if (this.dragged === null) return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  #drop({ root }) {
    const focused = root.contains(document.activeElement);
    const next = root.nextElementSibling ?? root.previousElementSibling;
    root.remove();
    if (focused) (next?.querySelector("button") ?? byId("restore")).focus();
  }
}

/** Draw a picture turned by quarters, in its own size, or in `width` by `height` before turning. */
export function drawTurned(canvas, picture, turn, width = picture.width, height = picture.height) {
  const across = turn % 180 === 90;
  canvas.width = across ? height : width;
  canvas.height = across ? width : height;
  const context = canvas.getContext("2d");
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate((turn * Math.PI) / 180);
  context.drawImage(picture, -width / 2, -height / 2, width, height);
}

function tool(name, words, action) {
  const button = make("button", "square small", icon(name));
  button.type = "button";
  button.title = words;
  button.setAttribute("aria-label", words);
  button.addEventListener("click", action);
  return button;
}
