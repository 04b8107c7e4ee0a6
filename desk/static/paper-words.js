// What the agent reads of papers: why one is refused, and what became of one that was given.

import { count } from "./words.js";

const REFUSALS = {
  "not-supported": "Ce n’est ni un PDF, ni une image JPEG ou PNG.",
  encrypted: "Ce PDF ne s’ouvre qu’avec un mot de passe. Enregistrez-en une copie sans mot de passe.",
  broken: "Ce fichier est abîmé ou incomplet.",
  "too-large": "Ce fichier dépasse 20 Mo.",
  "too-many-pages": "Ce document dépasse 30 pages.",
  "page-too-large": "Une page de ce document est trop grande.",
  "too-slow": "La borne met trop de temps à afficher ce document.",
  "too-hungry": "Ce document demande trop de mémoire.",
  hostile: "Ce document contient un programme ou une pièce jointe qui n’a pas pu en être retiré.",
  "dynamic-form": "Ce formulaire ne s’affiche que dans Adobe Reader. Imprimez-le en PDF, puis donnez la copie.",
  damaged: "Le document est arrivé abîmé. Donnez-le de nouveau.",
  "too-many": "Trop de documents ont été donnés pendant cet appel.",
  "no-place": "Il n’y a plus de place.",
  unreadable: "Ce fichier ne peut pas être lu sur ce poste.",
};

/** Why a document is refused, in a sentence. */
export const refusalWords = (reason) => REFUSALS[reason] ?? "La borne ne prend pas ce document.";

const STOPS = {
  "media-empty": "il manque du papier",
  "media-needed": "il manque du papier",
  "media-low": "il reste peu de papier",
  "media-jam": "du papier est coincé",
  "input-tray-missing": "le bac à papier manque",
  "door-open": "un capot est ouvert",
  "cover-open": "un capot est ouvert",
  "interlock-open": "un capot est ouvert",
  "toner-empty": "il n’y a plus d’encre",
  "marker-supply-empty": "il n’y a plus d’encre",
  "output-area-full": "le bac de sortie est plein",
  paused: "l’imprimante est en pause",
};

function stopWords(reasons = []) {
  const known = reasons.map((reason) => STOPS[reason.replace(/-(error|warning|report)$/, "")]).find(Boolean);
  return known ?? "l’imprimante attend quelqu’un";
}

const FATES = {
  arrived: () => ["check", "Arrivé à la borne."],
  lost: () => ["warning", "N’est pas arrivé en entier\u00a0: la page a été rechargée. Donnez-le de nouveau."],
  shown: () => ["file", "La personne le regarde."],
  printing: ({ pages_printed: printed = 0, pages = 0 }) => ["file", pages ? `Impression : page ${Math.min(printed + 1, pages)} sur ${pages}.` : "Impression en cours."],
  stopped: ({ reasons }) => ["warning", `Impression arrêtée\u00a0: ${stopWords(reasons)}.`],
  printed: ({ copies = 1 }) => ["check", copies > 1 ? `Imprimé en ${copies} exemplaires.` : "Imprimé."],
  "not-printed": ({ reasons, pages_printed: printed = 0, pages = 0 }) => {
    const extent = printed ? `Impression arrêtée après ${count(printed, "page", "pages")} sur ${pages}` : "Pas imprimé";
    return ["warning", reasons?.length ? `${extent}\u00a0: ${stopWords(reasons)}.` : `${extent}.`];
  },
  unknown: () => ["warning", "Liaison perdue avec l’imprimante\u00a0: demandez si la feuille est sortie."],
  "to-take-away": () => ["file", "Un code est affiché pour l’emporter."],
  "taken-away": () => ["check", "Emporté sur le téléphone."],
  declined: () => ["close", "Refusé par la personne."],
  closed: () => ["file", "La personne l’a refermé."],
};

const REMOVALS = {
  script: "un programme (JavaScript)",
  action: "une action automatique",
  sending: "un envoi de données",
  attachment: "une pièce jointe",
  media: "un son, une vidéo ou une image en relief",
  xfa: "la partie XFA du formulaire",
  lock: "le verrou contre les modifications",
};

/** What the booth took out of a document, in sentences; empty for none. */
export function removalWords(removed) {
  const things = removed.map((kind) => REMOVALS[kind]).filter(Boolean);
  const sentences = [
    things.length && `La borne en a retiré\u00a0: ${things.join(", ")}.`,
    removed.includes("damage") && "Le fichier était un peu abîmé\u00a0: la borne l’a réparé.",
    removed.includes("signature") && "La signature électronique ne vaut plus pour cette copie.",
  ];
  return sentences.filter(Boolean).join(" ");
}

/** `[icon, sentence, tone]` of a document that was given. */
export function givenWords({ state, percent, reason, fate }, open) {
  if (state === "refused") return ["warning", refusalWords(reason), "bad"];
  if (fate && FATES[fate.state]) {
    const [icon, words] = FATES[fate.state](fate);
    return [icon, words, { warning: "bad", check: "good" }[icon] ?? ""];
  }
  if (state === "given") return ["check", "Arrivé à la borne.", ""];
  if (!open) return ["warning", "Attend que la connexion revienne.", ""];
  return ["upload", state === "sending" ? `Envoi\u00a0: ${percent} %` : "Envoi…", ""];
}

/** What the resident does with the document camera. */
export function scanningWords({ state, taken }, can, open) {
  if (!open) return "Les papiers passent dès que la connexion est là.";
  if (!can.scan && state !== "open") return "La borne n’a pas de caméra à documents\u00a0: le papier peut être montré à la caméra de l’appel.";
  const pages = taken > 0 ? ` ${count(taken, "page prise", "pages prises")}.` : "";
  switch (state) {
    case "asked": return "La personne voit votre demande.";
    case "open": return `La personne montre ses papiers.${pages}`;
    case "declined": return "La personne a dit non.";
    default: return pages.trim();
  }
}
