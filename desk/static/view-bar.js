// The bar, the notice under it and the tab's title: who the agent is and how things stand.

import { byId, setText } from "./dom.js";
import { count } from "./words.js";

const TITLE = "Poste de l’agent";

/** Show the parts of the page that are about no one call or ticket. */
export function showBar(desk, ring) {
  const signed = desk.me !== null;
  document.body.dataset.signed = signed ? "yes" : "no";
  document.body.toggleAttribute("data-calling", desk.call !== null);
  for (const id of ["presence", "tools", "queue"]) byId(id).hidden = !signed;
  byId("call").hidden = !signed && !desk.call;
  setText(byId("who"), signed ? `${desk.me.name} · ${desk.welcome?.agency_name ?? desk.me.agency}` : "");
  for (const id of ["available", "away"]) byId(id).setAttribute("aria-pressed", String(desk.wanted === id));
  showNotice(noticeOf(desk));
  const { closing, waiting } = desk.queue;
  byId("closing").hidden = !closing && waiting.length === 0;
  byId("closing").setAttribute("aria-pressed", String(closing));
  setText(byId("closing-word"), closing ? "Rouvrir le guichet" : "Fermer le guichet");
  const away = desk.wanted === "away";
  byId("ring-note").hidden = !signed || desk.call !== null || !(away || !ring.allowed);
  setText(byId("ring-note"), away ? "Vous ne recevez pas d’appel pour le moment." : "Cliquez dans la page pour permettre la sonnerie.");
  document.title = titleOf(desk);
}

/** Show a sentence under the bar; an empty one takes it away. */
export function showNotice(words) {
  byId("notice").hidden = !words;
  setText(byId("notice"), words);
}

function titleOf({ ringing, queue, call }) {
  if (ringing) return `☎ ${count(queue.waiting.length, "appel", "appels")} — ${queue.waiting[0].place_name}`;
  return call ? `● En appel — ${TITLE}` : TITLE;
}

function noticeOf({ me, superseded, connected, fleeting, lineUp, call, queue }) {
  if (!me) return "";
  if (superseded) return "Votre poste est ouvert dans un autre onglet. Rechargez cette page pour le reprendre ici.";
  if (!connected) return call ? "Le serveur ne répond pas\u00a0; l’appel continue. Nouvel essai…" : "Le serveur ne répond pas. Nouvel essai…";
  if (fleeting) return fleeting;
  if (lineUp && queue.closing) return "Le guichet ferme\u00a0: les personnes qui attendent en sont averties.";
  if (lineUp) return "";
  return call ? "La liaison avec les bornes est coupée\u00a0; l’appel continue." : "La liaison avec les bornes est coupée. Elle revient d’elle-même.";
}
