// The agenda beside the queue and the call: which part of it is shown, kept in the page's address.

import { CalendarView } from "./agenda-calendar.js";
import { CallBacksView } from "./agenda-calls.js";
import { DaysView } from "./agenda-days.js";
import { DetailView } from "./agenda-detail.js";
import { FiguresView } from "./agenda-figures.js";
import { HoursView } from "./agenda-hours.js";
import { AgendaModel } from "./agenda-model.js";
import { isDate, localOf } from "./agenda-time.js";
import { byId, setText } from "./dom.js";

const PARTS = ["days", "calls", "hours", "figures"];
// The parts' names in the address, which people read.
const ADDRESSES = { days: "jour", calls: "rappels", hours: "horaires", figures: "bilan" };

export class Agenda {
  constructor() {
    this.model = new AgendaModel(() => this.show());
    this.days = new DaysView(this.model, { open: (appointment) => this.#open(appointment), go: (kind, date) => this.#go(kind, date) });
    this.detail = new DetailView(this.model, { closed: () => this.#close(), moved: (row) => this.#moved(row) });
    this.calls = new CallBacksView(this.model);
    this.hours = new HoursView(this.model);
    this.calendar = new CalendarView(this.model, this.hours);
    this.figures = new FiguresView(this.model);
    this.part = null;
    this.lastPart = "days";
    this.agent = null;
    this.heard = "[]";
    byId("open-agenda").addEventListener("click", () => this.#toggle());
    byId("agenda-close").addEventListener("click", () => this.leave());
    for (const part of PARTS) byId(`agenda-show-${part}`).addEventListener("click", () => this.#go(part === "days" ? this.days.kind : part));
    addEventListener("hashchange", () => this.#read());
    this.#read();
  }

  /** Show what is this agent's; nobody's where nobody is signed in. */
  setAgent(user) {
    if (user === this.agent) return;
    this.agent = user;
    if (user) this.model.begin(user);
    else this.#forget();
    this.show();
  }

  /** The queue tells of somebody who came for an appointment, or whom an agent took: look again. */
  hear({ waiting, in_call: inCall }) {
    const due = (entries) => entries.filter((entry) => entry.appointment || entry.call_back).map(({ ticket }) => ticket);
    const heard = JSON.stringify([due(waiting), due(inCall)]);
    if (heard === this.heard) return;
    this.heard = heard;
    this.model.refresh();
  }

  /** Give the page back to the call. */
  leave() {
    if (!this.part) return;
    history.replaceState(null, "", location.pathname);
    this.#read();
    byId("open-agenda").focus();
  }

  show() {
    const { model, part, agent } = this;
    const open = part !== null && agent !== null;
    byId("agenda").hidden = !open;
    byId("open-agenda").setAttribute("aria-pressed", String(open));
    document.body.toggleAttribute("data-agenda", open);
    const waiting = model.callBacks.length;
    for (const id of ["agenda-badge", "agenda-calls-badge"]) {
      byId(id).hidden = waiting === 0;
      setText(byId(id), String(waiting || ""));
    }
    byId("open-agenda").setAttribute("aria-label", waiting ? `Agenda, ${waiting} à rappeler` : "Agenda");
    this.figures.show(open && part === "figures");
    if (!open) return;
    for (const each of PARTS) {
      byId(`agenda-${each}`).hidden = each !== part;
      byId(`agenda-show-${each}`).setAttribute("aria-pressed", String(each === part));
    }
    setText(byId("agenda-fault"), model.fault);
    if (part === "days") {
      this.days.show(this.detail.appointment);
      this.detail.show();
    }
    if (part === "calls") this.calls.show();
    if (part === "hours") {
      this.hours.show();
      this.calendar.show();
    }
  }

  #toggle() {
    if (this.part) this.leave();
    else this.#go(this.lastPart === "days" ? this.days.kind : this.lastPart);
  }

  #go(what, date = this.model.date) {
    // Whoever opens a part wants what is there now.
    this.model.refresh();
    const name = { day: "jour", week: "semaine" }[what];
    location.hash = name ? `agenda/${name}/${date}` : `agenda/${ADDRESSES[what]}`;
  }

  #read() {
    const [agenda, name, date] = location.hash.slice(1).split("/");
    if (agenda !== "agenda") this.part = null;
    else if (name === "semaine" || name === "jour") {
      this.part = "days";
      this.days.kind = name === "semaine" ? "week" : "day";
      this.model.look(isDate(date ?? "") ? date : this.model.today);
    } else this.part = PARTS.find((part) => ADDRESSES[part] === name) ?? "days";
    this.lastPart = this.part ?? this.lastPart;
    this.show();
  }

  #open(appointment) {
    this.detail.open(appointment);
    this.show();
    byId("agenda-detail").scrollIntoView({ block: "nearest" });
    byId("agenda-detail").focus();
  }

  #close() {
    const { appointment } = this.detail;
    this.detail.open(null);
    this.show();
    byId("agenda-list").querySelector(`[data-key="${appointment}"]`)?.focus();
  }

  #moved(row) {
    this.detail.open(row.appointment);
    this.#go(this.days.kind, localOf(row.starts_at, this.model.zone)[0]);
    this.show();
  }

  #forget() {
    this.model.forget();
    for (const view of [this.days, this.detail, this.calls, this.hours, this.figures]) view.forget();
  }
}
