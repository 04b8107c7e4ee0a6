// How appointments, lanes and counts are named to the agent.

import { icon, make } from "./dom.js";

/** Of each state: its sign and its word. */
export const STATES = {
  booked: ["i-clock", "réservé"],
  arrived: ["i-user", "arrivé"],
  honoured: ["i-check", "honoré"],
  missed: ["i-missed", "manqué"],
  cancelled: ["i-cancelled", "annulé"],
  moved: ["i-moved", "déplacé"],
};

/** The sign and word of a state. */
export function stateTag(state) {
  const [sign, word] = STATES[state];
  return make("span", `agenda-state ${state}`, icon(sign), word);
}

/** Whose time it is: « moi », « guichet commun 1 », or a colleague's user name. */
export function laneWords(lane, own) {
  if (lane === own) return "moi";
  const [, number] = /^pool-(\d+)$/.exec(lane) ?? [];
  return number ? `guichet commun ${number}` : lane;
}

/** A button with a sign and a word. */
export function button(sign, word, onPress, className = "") {
  const element = make("button", className, ...(sign ? [icon(sign)] : []), word);
  element.type = "button";
  element.addEventListener("click", onPress);
  return element;
}

/** A telephone number as it is said: « 06 12 34 56 78 ». */
export const phoneWords = (number) => (/^0\d{9}$/.test(number) ? number.match(/../g).join("\u00a0") : number);

/** A list of choices: pairs of value and words. */
export function choice(pairs, value, label) {
  const element = make("select", "");
  element.setAttribute("aria-label", label);
  for (const [each, words] of pairs) {
    const option = make("option", "", words);
    option.value = each;
    element.append(option);
  }
  element.value = value;
  return element;
}

/** A field with a name for those who do not see where it stands. */
export function field(type, value, label) {
  const element = make("input", "");
  element.type = type;
  element.value = value;
  element.setAttribute("aria-label", label);
  return element;
}

/** Run `render`, and give the focus back to what stands for the same thing afterwards. */
export function keepFocus(container, render) {
  const held = document.activeElement;
  const key = container.contains(held) ? held.dataset.key : undefined;
  render();
  if (key && document.activeElement !== held) container.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
}
