// What the page knows of the agency's appointments: the week shown, kept fresh, and what is done.

import * as client from "./agenda-client.js";
import { isDate, localOf, mondayOf, plusDays } from "./agenda-time.js";

const EVERY_MS = 15_000;

export class AgendaModel {
  /** `changed()` is called whenever there is something else to show. */
  constructor(changed) {
    this.changed = changed;
    this.forget();
    setInterval(() => this.refresh(), EVERY_MS);
  }

  forget() {
    this.own = null;
    this.day = null;
    this.week = null;
    this.told = "";
    this.fault = "";
    this.asked = 0;
  }

  /** Begin for an agent, by their user name; the same one goes on. */
  begin(own) {
    if (own === this.own) return;
    const { day } = this;
    this.forget();
    this.own = own;
    this.day = day;
    this.refresh();
  }

  get zone() {
    return this.week?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  }

  get now() {
    return this.week?.now ?? Date.now() / 1000;
  }

  get today() {
    return localOf(this.now, this.zone)[0];
  }

  /** The day that is looked at. */
  get date() {
    return this.day ?? this.today;
  }

  /** The row of the day that is looked at, once known. */
  get shownDay() {
    return this.week?.days.find(({ date }) => date === this.date) ?? null;
  }

  get callBacks() {
    return this.week?.call_backs ?? [];
  }

  look(date) {
    this.day = isDate(date) && date !== this.today ? date : null;
    const known = this.week?.days.some((day) => day.date === this.date);
    if (!known) this.refresh();
    this.changed();
  }

  find(appointment) {
    return this.week?.days.flatMap((day) => day.appointments).find((row) => row.appointment === appointment) ?? null;
  }

  /** Ask for the week again; of several answers the one that was asked for last counts. */
  async refresh() {
    if (this.own === null) return;
    this.asked += 1;
    const { asked } = this;
    const from = mondayOf(this.date);
    let week = null;
    let fault = "";
    try {
      week = await client.week(from);
    } catch (refused) {
      if (!(refused instanceof client.Refusal)) throw refused;
      fault = refused.message;
    }
    if (asked !== this.asked || this.own === null) return;
    const { now, ...rest } = week ?? this.week ?? {};
    const told = JSON.stringify([rest, fault, now && localOf(now, rest.time_zone)]);
    this.week = week ?? this.week;
    this.fault = fault;
    if (told === this.told) return;
    this.told = told;
    this.changed();
    // The first answer may tell of another day than this computer's.
    if (mondayOf(this.date) !== from) this.refresh();
  }

  /** Do something at the gateway, then see what there is; the answer, and a fault's words. */
  async does(request) {
    let [words, answer] = ["", null];
    try {
      answer = await request;
    } catch (refused) {
      if (!(refused instanceof client.Refusal)) throw refused;
      words = refused.message;
    }
    await this.refresh();
    return { words, answer };
  }

  end(appointment, how) {
    return this.does(client.end(appointment, how));
  }

  move(appointment, startsAt) {
    return this.does(client.move(appointment, startsAt));
  }

  callBack(number, action) {
    return this.does(client.callBack(number, action));
  }

  /** The free times of a subject in the seven days from `date`: pairs of date and starts. */
  async freeFrom(date, subject) {
    const { days, time_zone: zone } = await client.week(date);
    return days.map((day) => [day.date, day.free.filter((time) => time.subject === subject).map((time) => [time.starts_at, localOf(time.starts_at, zone)[1]])]);
  }

  step(days) {
    this.look(plusDays(this.date, days));
  }
}
