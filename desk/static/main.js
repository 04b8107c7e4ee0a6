// The agent's page: makes its parts, joins them, and starts.

import { Agenda } from "./agenda.js";
import { Desk } from "./desk.js";
import { byId } from "./dom.js";
import { Level } from "./level.js";
import { Line } from "./line.js";
import { LocalMedia } from "./local-media.js";
import { Ring } from "./ring.js";
import { signOut, whoAmI } from "./session.js";
import { showBar, showNotice } from "./view-bar.js";
import { CallView } from "./view-call.js";
import { NotesView } from "./view-notes.js";
import { PapersView } from "./view-papers.js";
import { QueueView } from "./view-queue.js";
import { ReaderView } from "./view-reader.js";
import { SettingsView } from "./view-settings.js";
import { ShareView } from "./view-share.js";
import { SignInView } from "./view-sign-in.js";
import { TextView } from "./view-text.js";
import { ToolsView } from "./view-tools.js";

const RETRY_MS = 1000;

class Page {
  constructor() {
    this.media = new LocalMedia(() => this.#mediaChanged());
    this.ring = new Ring(() => this.render());
    this.desk = new Desk(this.media, {
      changed: () => this.render(),
      textChanged: () => this.text.show(this.desk.call),
      asksSignIn: (why) => this.signIn.show(why),
    });
    this.desk.line = new Line(this.desk);
    this.signIn = new SignInView((agent) => this.#enter(agent));
    this.queue = new QueueView((ticket) => this.desk.answer(ticket));
    this.call = new CallView((stream) => this.desk.call?.pictureCame(stream));
    this.reader = new ReaderView(this.desk.pages);
    this.papers = new PapersView(this.desk.pages, (id) => this.reader.open(id));
    this.text = new TextView(() => this.tools.textCame());
    this.share = new ShareView();
    this.notes = new NotesView();
    this.tools = new ToolsView();
    this.agenda = new Agenda();
    this.settings = new SettingsView(this.media, this.ring, (id) => this.#useSpeaker(id));
    this.level = new Level(byId("own-level"), this.ring.context);
    this.inCall = false;
    this.#bind();
  }

  async start() {
    const agent = await whoAmI();
    if (agent === undefined) {
      showNotice("Le serveur ne répond pas. Nouvel essai…");
      setTimeout(() => this.start(), RETRY_MS);
      return;
    }
    if (agent) this.#enter(agent);
    else this.desk.signedOut("Connectez-vous pour répondre aux usagers.");
    if (this.media.choices.speaker) this.#useSpeaker(this.media.choices.speaker);
  }

  render() {
    const { desk } = this;
    showBar(desk, this.ring);
    if (desk.welcome) this.queue.setClock(desk.welcome);
    this.queue.show(desk);
    this.call.show(desk.call, desk.ending, this.media);
    this.tools.show(desk);
    this.papers.show(desk.call);
    this.reader.show();
    this.text.show(desk.call);
    this.share.show(desk.call);
    this.notes.show(desk.call);
    this.agenda.setAgent(desk.me?.agent ?? null);
    this.agenda.hear(desk.queue);
    this.ring.set(desk.ringing && !desk.answering);
    this.#moveFocus();
  }

  #bind() {
    const press = (id, action) => byId(id).addEventListener("click", action);
    press("available", () => this.#beAvailable());
    press("away", () => this.desk.want("away"));
    press("sign-out", () => this.#leave());
    press("closing", () => this.desk.setClosing(!this.desk.queue.closing));
    press("mute", () => this.media.setMuted(!this.media.muted));
    press("hang-up", () => this.desk.call?.hangUp());
    press("allow-sound", () => this.call.allowSound());
    const keys = {
      F2: () => this.desk.answerFirst(),
      F4: () => this.desk.call && this.media.setMuted(!this.media.muted),
      F8: () => this.desk.call?.hangUp(),
    };
    // The call outlives a reload, and so does what the booth has; what is on its way there does not.
    window.addEventListener("beforeunload", (event) => this.desk.call?.papers.outgoing.giving.length && event.preventDefault());
    window.addEventListener("pagehide", () => this.desk.call?.papers.leave());
    document.addEventListener("keydown", (event) => {
      const plain = !(event.ctrlKey || event.altKey || event.metaKey || event.repeat);
      if (!plain || !keys[event.key] || !this.desk.me || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      keys[event.key]();
    });
  }

  #enter(agent) {
    this.signIn.hide();
    this.ring.allow();
    this.desk.signedIn(agent);
    byId("available").focus();
  }

  async #leave() {
    if (this.desk.call) {
      this.desk.flash("Terminez l’appel avant de quitter.");
      return;
    }
    this.desk.leave();
    await signOut();
    this.desk.signedOut("Vous avez quitté le poste.");
  }

  async #beAvailable() {
    this.desk.want("available");
    if (this.desk.call) return;
    // Ask for the devices once now, so that no question of the browser delays the first answer.
    await this.media.acquire("check");
    const words = this.media.faultWords;
    this.media.release("check");
    if (words) this.desk.flash(words);
  }

  /** A call begins at its way out, and ends at what comes next. */
  #moveFocus() {
    const inCall = this.desk.call !== null;
    if (inCall === this.inCall) return;
    this.inCall = inCall;
    // An answered call has the page to itself; one that a reload finds going on may be beside the agenda.
    if (inCall && !this.desk.call.resumed) this.agenda.leave();
    if (inCall && byId("settings").open) byId("settings").close();
    if (inCall) byId("hang-up").focus();
    else if (this.desk.me) (document.querySelector("#waiting button") ?? byId("available")).focus();
    this.level.show(inCall ? this.media.microphone : null);
  }

  #mediaChanged() {
    if (!this.settings) return;
    this.desk.call?.useTracks();
    this.settings.update();
    this.level.show(this.desk.call ? this.media.microphone : null);
    this.render();
  }

  async #useSpeaker(id) {
    try {
      await Promise.all([this.call.useSpeaker(id), this.ring.useSpeaker(id)]);
    } catch {
      this.desk.flash("Ce haut-parleur ne répond pas.");
    }
  }
}

new Page().start();
