// French words and figures shown to the agent.

const NBSP = "\u00a0";

/** A duration in seconds as « 45 s », « 3 min 05 s » or « 1 h 02 min ». */
export function duration(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const pad = (value) => String(value).padStart(2, "0");
  if (whole < 60) return `${whole}${NBSP}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}${NBSP}min${NBSP}${pad(whole % 60)}${NBSP}s`;
  return `${Math.floor(whole / 3600)}${NBSP}h${NBSP}${pad(Math.floor((whole % 3600) / 60))}${NBSP}min`;
}

/** A count with its noun: « 1 agent prêt », « 3 agents prêts ». */
export function count(number, one, many) {
  return `${number}${NBSP}${number > 1 ? many : one}`;
}

/** A number in the French way, or a dash where it is not known. */
export function figure(value, unit = "", digits = 0) {
  if (value === undefined || value === null || Number.isNaN(value)) return "–";
  const text = value.toLocaleString("fr-FR", { maximumFractionDigits: digits });
  return unit ? `${text}${NBSP}${unit}` : text;
}

export const ENDINGS = {
  agent: "Vous avez raccroché.",
  resident: "La personne a raccroché.",
  timeout: "La connexion n’a pas pu être rétablie.",
  fault: "La borne a eu un incident.",
  left: "La personne n’attend plus.",
  other: "Un autre agent s’est connecté sur cette page.",
};

const DEVICES = {
  camera: "la caméra",
  microphone: "le micro",
  loudspeaker: "le haut-parleur",
  handset: "le combiné",
  document_camera: "la caméra à documents",
  document_printer: "l’imprimante",
  ticket_printer: "l’imprimante à tickets",
  card_reader: "le lecteur de cartes",
  code_reader: "le lecteur de codes",
  screen: "l’écran",
};

/** Devices of a booth in words: « la caméra, l’imprimante ». */
export function deviceWords(devices) {
  return devices.map((device) => DEVICES[device]).filter(Boolean).join(", ");
}

export const QUALITIES = {
  good: ["i-signal-good", "Bonne connexion"],
  fair: ["i-signal-fair", "Connexion moyenne"],
  poor: ["i-signal-poor", "Connexion faible"],
};
