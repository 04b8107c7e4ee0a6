// What the agency opens, as the agent edits it: pure functions on the rules of desk/agenda/rules.py.

import { localOf, minutesOf, unixOf } from "./agenda-time.js";

// Of desk/agenda/rules.py, which counts hours for each of their days.
const MOST_OPENINGS = 200;
const MOST_HOURS = 40;
const MOST_ABSENCES = 500;
const SECTIONS = { subjects: "les sujets", week: "la semaine", exceptions: "les dates particulières", absences: "les absences", imported: "les absences importées" };

/** The gateway's rules as a form has them: hours that differ by nothing but the weekday in one row. */
export function formOf(rules, zone) {
  const rows = new Map();
  for (const { weekday, ...hours } of rules.week) {
    const key = JSON.stringify([hours.opens, hours.closes, hours.lane, hours.subjects]);
    if (!rows.has(key)) rows.set(key, { ...hours, weekdays: [] });
    rows.get(key).weekdays.push(weekday);
  }
  const local = (moment) => localOf(moment, zone).join("T");
  return {
    subjects: rules.subjects.map((subject) => ({ ...subject })),
    week: [...rows.values()],
    exceptions: rules.exceptions.map(({ date, hours }) => ({ date, closed: hours.length === 0, hours: hours.map((each) => ({ ...each })) })),
    absences: rules.absences.filter(({ imported }) => !imported).map(({ begins, ends, lane }) => ({ begins: local(begins), ends: local(ends), lane })),
    // As they came: not edited here, and on no minute's beginning.
    imported: rules.absences.filter(({ imported }) => imported),
  };
}

/** The form as the gateway's rules. */
export function rulesOf(form, version, zone) {
  const unix = (local) => unixOf(...local.split("T"), zone);
  return {
    version,
    subjects: form.subjects,
    week: form.week.flatMap(({ weekdays, ...hours }) => weekdays.map((weekday) => ({ weekday, ...hours }))),
    exceptions: form.exceptions.map(({ date, closed, hours }) => ({ date, hours: closed ? [] : hours })),
    absences: [...form.absences.map(({ begins, ends, lane }) => ({ begins: unix(begins), ends: unix(ends), lane })), ...form.imported],
  };
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** The sections, in words, in which two forms differ. */
export const differences = (one, other) => Object.keys(SECTIONS).filter((name) => !same(one[name], other[name])).map((name) => SECTIONS[name]);

/** `mine`, made of `base`, with `theirs` wherever I changed nothing; and where both changed, in words. */
export function merged(base, mine, theirs) {
  const form = {};
  const both = [];
  for (const [name, words] of Object.entries(SECTIONS)) {
    const touched = !same(base[name], mine[name]);
    form[name] = touched ? mine[name] : theirs[name];
    if (touched && !same(base[name], theirs[name]) && !same(mine[name], theirs[name])) both.push(words);
  }
  return { form, both };
}

/** What cannot be kept: for each fault the row that it is in, and a sentence. */
export function faultsOf(form) {
  const faults = [];
  const add = (row, words) => faults.push({ row, words });
  const names = form.subjects.map(({ name }) => name.trim().toLowerCase());
  form.subjects.forEach((subject, index) => {
    if (!names[index]) add(subject, "Donnez un nom à ce sujet.");
    else if (names.indexOf(names[index]) < index) add(subject, "Ce sujet est déjà dans la liste.");
    const { minutes } = subject;
    if (!(minutes >= 5 && minutes <= 240 && minutes % 5 === 0)) add(subject, "La durée va de 5 à 240 minutes, de 5 en 5.");
  });
  for (const row of form.week) {
    checkHours(row, add);
    if (!row.weekdays.length) add(row, "Choisissez au moins un jour.");
  }
  const openings = form.week.reduce((sum, { weekdays }) => sum + weekdays.length, 0);
  if (openings > MOST_OPENINGS) add(form.week.at(-1), `Trop de plages\u00a0: chacune compte une fois par jour, et il y en a ${openings} pour ${MOST_OPENINGS} au plus.`);
  const dates = form.exceptions.map(({ date }) => date);
  form.exceptions.forEach((exception, index) => {
    if (!exception.date) add(exception, "Donnez une date.");
    else if (dates.indexOf(exception.date) < index) add(exception, "Cette date est déjà dans la liste.");
    if (exception.closed) return;
    if (!exception.hours.length) add(exception, "Donnez des heures, ou choisissez «\u00a0fermé\u00a0».");
    if (exception.hours.length > MOST_HOURS) add(exception, `Trop d’heures pour une date\u00a0: ${exception.hours.length} pour ${MOST_HOURS} au plus.`);
    for (const hours of exception.hours) checkHours(hours, add);
  });
  for (const absence of form.absences) {
    if (!absence.begins || !absence.ends) add(absence, "Donnez le début et la fin.");
    else if (absence.begins >= absence.ends) add(absence, "La fin doit venir après le début.");
  }
  const absences = form.absences.length + form.imported.length;
  if (form.absences.length && absences > MOST_ABSENCES) add(form.absences.at(-1), `Trop d’absences\u00a0: avec celles importées, ${absences} pour ${MOST_ABSENCES} au plus.`);
  return faults;
}

function checkHours(row, add) {
  if (!row.opens || !row.closes) add(row, "Donnez les deux heures.");
  else if ([row.opens, row.closes].some((clock) => minutesOf(clock) % 5)) add(row, "Les heures vont de 5 en 5 minutes.");
  else if (row.opens >= row.closes) add(row, "La fin doit venir après le début.");
}

/** How many free times an ordinary week has for each subject: pairs of subject and number. */
export function offered(form) {
  return form.subjects.map((subject) => {
    const starts = new Set();
    for (const row of form.week) {
      if (row.subjects.length && !row.subjects.includes(subject.subject)) continue;
      if (!row.opens || !row.closes || !(subject.minutes >= 5)) continue;
      const last = minutesOf(row.closes) - subject.minutes;
      for (let start = minutesOf(row.opens); start <= last; start += subject.minutes) {
        for (const weekday of row.weekdays) starts.add(`${weekday} ${row.lane} ${start}`);
      }
    }
    return [subject, starts.size];
  });
}

/** A name for a new subject that the gateway takes and no other has. */
export function newSubject(form) {
  const taken = new Set(form.subjects.map(({ subject }) => subject));
  let number = form.subjects.length + 1;
  while (taken.has(`sujet-${number}`)) number += 1;
  return `sujet-${number}`;
}

/** How many rows of hours are for this subject by name. */
export function usesOf(form, subject) {
  const hours = [...form.week, ...form.exceptions.flatMap((exception) => exception.hours)];
  return hours.filter(({ subjects }) => subjects.includes(subject)).length;
}

/** Whose hours there are: the agent's own, pools, and one pool more. */
export function lanesOf(form, own, known) {
  const hours = [...form.week, ...form.exceptions.flatMap((exception) => exception.hours)];
  const lanes = new Set([own, "pool-1", ...known, ...hours.map(({ lane }) => lane), ...[...form.absences, ...form.imported].map(({ lane }) => lane).filter(Boolean)]);
  let next = 1;
  while (lanes.has(`pool-${next}`)) next += 1;
  lanes.add(`pool-${next}`);
  return [...lanes];
}
