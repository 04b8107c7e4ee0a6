// Days and hours of the agency's own time zone, and how they are said in French.

const NBSP = "\u00a0";
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const formats = new Map();

/** Unix seconds as the zone's date and clock: `["2026-11-24", "09:20"]`. */
export function localOf(unix, zone) {
  if (!formats.has(zone)) {
    const parts = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    // Swedish writes dates as ISO 8601 does.
    formats.set(zone, new Intl.DateTimeFormat("sv-SE", { timeZone: zone, ...parts }));
  }
  return formats.get(zone).format(unix * 1000).split(" ");
}

/** A date and clock of the zone as Unix seconds; a time that a clock change skips is moved on. */
export function unixOf(date, clock, zone) {
  const wanted = Date.parse(`${date}T${clock}Z`);
  let guess = wanted;
  // The second look is for a guess on the other side of a clock change.
  for (let look = 0; look < 2; look += 1) {
    const [day, hour] = localOf(guess / 1000, zone);
    guess += wanted - Date.parse(`${day}T${hour}Z`);
  }
  return Math.round(guess / MINUTE_MS) * 60;
}

const asUtc = (date) => new Date(`${date}T00:00Z`);
const words = (date, how) => asUtc(date).toLocaleDateString("fr-FR", { timeZone: "UTC", ...how });

/** The date so many days later. */
export const plusDays = (date, days) => new Date(asUtc(date).getTime() + days * DAY_MS).toISOString().slice(0, 10);

/** 0 is Monday. */
export const weekdayOf = (date) => (asUtc(date).getUTCDay() + 6) % 7;

export const mondayOf = (date) => plusDays(date, -weekdayOf(date));

/** Whether it is a date that a calendar has, in a year that the gateway takes. */
export function isDate(text) {
  if (!/^20[2-9]\d-\d\d-\d\d$/.test(text)) return false;
  const day = asUtc(text);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) && text < "2098-12-01";
}

/** « mardi 24 novembre » */
export const dayWords = (date) => words(date, { weekday: "long", day: "numeric", month: "long" });

/** « mar. 24 » */
export const shortDay = (date) => words(date, { weekday: "short", day: "numeric" });

/** « 24 nov. » */
export const monthDay = (date) => words(date, { day: "numeric", month: "short" });

/** « 9 h » or « 9 h 20 », of `09:20`. */
export function hourWords(clock) {
  const [hours, minutes] = clock.split(":");
  return `${Number(hours)}${NBSP}h${minutes === "00" ? "" : `${NBSP}${minutes}`}`;
}

/** Minutes since midnight of `09:20`. */
export const minutesOf = (clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

export const WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
