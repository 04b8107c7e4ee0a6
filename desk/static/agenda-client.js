// Requests to the gateway's agenda; what is refused comes back as a sentence for the agent.

const ADDRESS = "/api/agenda";
const WITHIN_MS = 10_000;

const REFUSALS = {
  malformed: "Le serveur n’accepte pas cette demande.",
  signed_out: "Votre session a pris fin. Connectez-vous de nouveau.",
  unknown: "Cela n’existe plus.",
  outdated: "Quelqu’un d’autre a changé les horaires.",
  taken: "Cette heure vient d’être prise. Choisissez-en une autre.",
  state: "Ce n’est plus possible\u00a0: quelqu’un d’autre l’a changé entre-temps.",
  too_many: "C’est trop gros pour le serveur.",
  unreachable: "La liaison est coupée\u00a0: rien n’a été changé. Essayez encore dans un instant.",
};
const NO_ANSWER = "Le serveur ne répond pas. Essayez encore dans un instant.";

export class Refusal extends Error {
  /** `reason` as in desk/agenda/shapes.py, or `silent` where nothing was heard. */
  constructor(reason) {
    super(REFUSALS[reason] ?? NO_ANSWER);
    this.reason = reason;
  }
}

async function ask(method, path, body) {
  const headers = typeof body === "string" ? { "Content-Type": "application/json" } : {};
  let response;
  try {
    response = await fetch(`${ADDRESS}${path}`, { method, headers, body, signal: AbortSignal.timeout(WITHIN_MS) });
    if (response.status === 204) return null;
    if (response.ok) return await response.json();
  } catch {
    throw new Refusal("silent");
  }
  let reason = "silent";
  try {
    ({ reason } = await response.json());
  } catch {
    // Not the agenda's own words.
  }
  throw new Refusal(reason);
}

const query = (values) => new URLSearchParams(Object.entries(values).filter(([, value]) => value)).toString();

export const week = (from) => ask("GET", `/week?${query({ from })}`);
export const rules = () => ask("GET", "/rules");
export const saveRules = (changed) => ask("PUT", "/rules", JSON.stringify(changed));
export const end = (appointment, how) => ask("POST", `/appointments/${appointment}/${how}`);
export const move = (appointment, startsAt) => ask("POST", `/appointments/${appointment}/move`, JSON.stringify({ starts_at: startsAt }));
export const callBack = (number, action) => ask("POST", `/call-backs/${number}/${action}`);
export const importCalendar = (lane, file) => ask("POST", `/import?${query({ lane })}`, file);
export const exportAddress = (lane) => `${ADDRESS}/export.ics?${query({ lane })}`;
export const rates = (from, to) => ask("GET", `/rates?${query({ from, to })}`);
export const comments = () => ask("GET", "/comments");
