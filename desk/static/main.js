// The agent's page: joins the line to the gateway, the call, and the views.

import { BoothCall } from "./booth-call.js";
import { byId, setText } from "./dom.js";
import { Level } from "./level.js";
import { Line } from "./line.js";
import { LocalMedia } from "./local-media.js";
import { Ring } from "./ring.js";
import { signOut, whoAmI } from "./session.js";
import { CallView } from "./view-call.js";
import { QueueView } from "./view-queue.js";
import { SettingsView } from "./view-settings.js";
import { SignInView } from "./view-sign-in.js";
import { ENDINGS, count } from "./words.js";

const TITLE = "Poste de l’agent";
const WANTED_KEY = "presence";
const CLAIM_ANSWER_MS = 3000;
const RETRY_MS = 1000;
const FLEETING_MS = 8000;

class Desk {
  constructor() {
    this.me = null;
    this.welcome = null;
    this.presence = "away";
    this.queue = { waiting: [], in_call: [], available: 0, busy: 0 };
    this.lineUp = true;
    this.connected = false;
    this.superseded = false;
    this.answering = null;
    this.fleeting = "";
    this.call = null;
    this.ending = null;
    this.finished = new Set();
    this.media = new LocalMedia(() => this.#mediaChanged());
    this.ring = new Ring(() => this.render());
    this.line = new Line({
      message: (message) => this.#heard(message),
      up: () => this.#up(),
      down: () => this.#down(),
      signIn: () => this.#askSignIn("Votre session a pris fin. Connectez-vous de nouveau."),
      superseded: () => this.#supersededByOther(),
    });
    this.signInView = new SignInView((agent) => this.#signedIn(agent));
    this.queueView = new QueueView((ticket) => this.answer(ticket));
    this.callView = new CallView();
    this.settingsView = new SettingsView(this.media, this.ring, (id) => this.#useSpeaker(id));
    this.ownLevel = new Level(byId("own-level"), this.ring.context);
    this.#bind();
  }

  async start() {
    const agent = await whoAmI();
    if (agent === undefined) {
      this.#say("Le serveur ne répond pas. Nouvel essai…");
      setTimeout(() => this.start(), RETRY_MS);
    } else if (agent) this.#signedIn(agent);
    else this.#askSignIn("Connectez-vous pour répondre aux usagers.");
    if (this.media.choices.speaker) this.#useSpeaker(this.media.choices.speaker);
  }

  #bind() {
    const press = (id, action) => byId(id).addEventListener("click", action);
    press("available", () => this.#want("available"));
    press("away", () => this.#want("away"));
    press("sign-out", () => this.#leave());
    press("mute", () => this.media.setMuted(!this.media.muted));
    press("hang-up", () => this.call?.hangUp());
    press("allow-sound", () => this.callView.allowSound());
    const keys = {
      F2: () => this.queue.waiting.length > 0 && this.answer(this.queue.waiting[0].ticket),
      F4: () => this.call && this.media.setMuted(!this.media.muted),
      F8: () => this.call?.hangUp(),
    };
    document.addEventListener("keydown", (event) => {
      const plain = !(event.ctrlKey || event.altKey || event.metaKey || event.repeat);
      if (!plain || !keys[event.key] || byId("settings").open) return;
      event.preventDefault();
      keys[event.key]();
    });
  }

  /** Claim a ticket: the gateway tells who got it. */
  answer(ticket) {
    if (this.call || this.answering || !this.connected) return;
    this.answering = ticket;
    this.ending = null;
    this.ring.allow();
    this.line.send({ type: "claim", ticket });
    setTimeout(() => {
      if (this.answering !== ticket) return;
      this.answering = null;
      this.#flash("La réponse n’est pas passée. Essayez encore.");
    }, CLAIM_ANSWER_MS);
    this.render();
  }

  #heard(message) {
    switch (message.type) {
      case "welcome": this.#welcomed(message); break;
      case "line": this.lineUp = message.up; break;
      case "presence": this.presence = message.state; break;
      case "queue": this.queue = message; break;
      case "claimed": this.#claimed(message); break;
      case "call": this.#called(message); break;
      case "booth": if (this.#current(message)) this.call.boothPresent = message.present; break;
      case "signal": if (this.#current(message)) this.call.signal(message.body); break;
      case "ended": if (this.#current(message)) this.call.end(message.reason); break;
    }
    this.render();
  }

  #current({ ticket }) {
    return this.call?.ticket === ticket;
  }

  #welcomed(message) {
    this.welcome = message;
    this.queueView.setClock(message.now);
    const other = this.call && this.call.agent !== message.agent;
    if (other) this.call.end("other");
    this.call?.unconfirmed();
    const wanted = sessionStorage.getItem(`${WANTED_KEY}-${message.agent}`);
    if (wanted) this.line.send({ type: "presence", state: wanted });
  }

  #claimed({ outcome, by, ticket }) {
    if (this.answering === ticket) this.answering = null;
    if (outcome === "lost") this.#flash(`${by} a déjà pris cet appel.`);
    if (outcome === "gone") this.#flash("La personne n’attend plus.");
    if (outcome === "no_line") this.#flash("La liaison avec les bornes est coupée. Essayez encore dans un instant.");
  }

  #called(message) {
    this.answering = null;
    if (this.finished.has(message.ticket)) {
      // Hung up while the gateway could not hear it.
      this.line.send({ type: "signal", ticket: message.ticket, body: { v: 1, type: "bye", reason: "agent" } });
      return;
    }
    if (this.#current(message)) {
      this.call.confirmed();
      return;
    }
    this.call?.end("agent");
    this.ending = null;
    const { ticket } = message;
    this.call = new BoothCall(message, this.media, this.welcome.ice_servers, {
      send: (body) => this.line.send({ type: "signal", ticket, body: { v: 1, ...body } }),
      change: () => this.render(),
      ended: (reason) => this.#ended(ticket, reason),
    });
    this.call.agent = this.welcome.agent;
    if (byId("settings").open) byId("settings").close();
    byId("hang-up").focus();
  }

  #ended(ticket, reason) {
    this.finished.add(ticket);
    const { connectedAt } = this.call;
    const seconds = connectedAt === null ? null : (performance.now() - connectedAt) / 1000;
    this.ending = { words: ENDINGS[reason] ?? "", seconds };
    this.call = null;
    this.media.setMuted(false);
    this.render();
  }

  #signedIn(agent) {
    this.me = agent;
    this.superseded = false;
    this.signInView.hide();
    this.ring.allow();
    this.line.start();
    this.render();
  }

  #askSignIn(why) {
    this.me = null;
    this.connected = false;
    this.ring.set(false);
    this.render();
    this.signInView.show(this.call ? `${why} L’appel continue.` : why);
  }

  async #leave() {
    if (this.call) {
      this.#flash("Raccrochez avant de quitter.");
      return;
    }
    sessionStorage.removeItem(`${WANTED_KEY}-${this.me.agent}`);
    this.line.send({ type: "presence", state: "away" });
    this.line.stop();
    await signOut();
    this.#askSignIn("Vous avez quitté le poste.");
  }

  async #want(state) {
    sessionStorage.setItem(`${WANTED_KEY}-${this.me.agent}`, state);
    this.line.send({ type: "presence", state });
    if (state !== "available" || this.call) return;
    // Ask for the devices once now, so that no question of the browser delays the first answer.
    await this.media.acquire(this);
    const words = this.media.faultWords;
    this.media.release(this);
    if (words) this.#flash(words);
  }

  #up() {
    this.connected = true;
  }

  #down() {
    this.connected = false;
    this.answering = null;
    this.render();
  }

  #supersededByOther() {
    this.superseded = true;
    this.call?.end("agent");
    this.ending = null;
    this.render();
  }

  #mediaChanged() {
    this.call?.useTracks();
    this.settingsView?.update();
    this.ownLevel?.show(this.call ? this.media.microphone : null);
    this.render();
  }

  async #useSpeaker(id) {
    await Promise.all([this.callView.useSpeaker(id), this.ring.useSpeaker(id)]).catch(() => {
      this.#flash("Ce haut-parleur ne répond pas.");
    });
  }

  #flash(words) {
    this.fleeting = words;
    setTimeout(() => {
      if (this.fleeting === words) this.fleeting = "";
      this.render();
    }, FLEETING_MS);
    this.render();
  }

  #say(words) {
    byId("notice").hidden = !words;
    setText(byId("notice"), words);
  }

  #noticeWords() {
    if (!this.me) return "";
    if (this.superseded) return "Votre poste est ouvert dans un autre onglet. Rechargez cette page pour le reprendre ici.";
    if (!this.connected) return this.call ? "Le serveur ne répond pas\u00a0; l’appel continue. Nouvel essai…" : "Le serveur ne répond pas. Nouvel essai…";
    if (this.fleeting) return this.fleeting;
    if (!this.lineUp) return this.call ? "La liaison avec les bornes est coupée\u00a0; l’appel continue." : "La liaison avec les bornes est coupée. Elle revient d’elle-même.";
    return "";
  }

  render() {
    if (!this.signInView) return;
    const signed = this.me !== null;
    const { waiting } = this.queue;
    const ringing = signed && this.connected && this.presence === "available" && !this.call && waiting.length > 0;
    document.body.dataset.signed = signed ? "yes" : "no";
    document.body.toggleAttribute("data-calling", this.call !== null);
    for (const id of ["presence", "tools", "queue"]) byId(id).hidden = !signed;
    byId("call").hidden = !signed && !this.call;
    setText(byId("who"), signed ? `${this.me.name} · ${this.welcome?.agency_name ?? this.me.agency}` : "");
    const wanted = this.presence === "busy" ? sessionStorage.getItem(`${WANTED_KEY}-${this.me?.agent}`) ?? "available" : this.presence;
    for (const id of ["available", "away"]) byId(id).setAttribute("aria-pressed", String(wanted === id));
    this.#say(this.#noticeWords());
    this.queueView.show(this.queue, { ringing, canAnswer: !this.call, answering: this.answering });
    this.callView.show(this.call, this.ending, this.media);
    this.ring.set(ringing && !this.answering);
    byId("ring-note").hidden = !(signed && !this.call && (this.presence === "away" || !this.ring.allowed));
    setText(byId("ring-note"), this.presence === "away" ? "Vous ne recevez pas d’appel pour le moment." : "Cliquez dans la page pour permettre la sonnerie.");
    document.title = ringing ? `☎ ${count(waiting.length, "appel", "appels")} — ${waiting[0].place_name}` : this.call ? `● En appel — ${TITLE}` : TITLE;
  }
}

new Desk().start();
