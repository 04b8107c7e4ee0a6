// The sign-in form.

import { byId, setText } from "./dom.js";
import { signIn } from "./session.js";

export class SignInView {
  /** `onSigned(agent)` is called after a right password, in the gesture that sent it. */
  constructor(onSigned) {
    this.onSigned = onSigned;
    this.busy = false;
    byId("sign-in-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /** Ask for a sign-in; `why` says so in a sentence. */
  show(why) {
    setText(byId("sign-in-why"), why);
    byId("sign-in").hidden = false;
    byId(byId("user").value ? "password" : "user").focus();
  }

  hide() {
    byId("sign-in").hidden = true;
    setText(byId("sign-in-fault"), "");
  }

  async #submit() {
    if (this.busy) return;
    const user = byId("user").value.trim();
    const password = byId("password").value;
    if (!user || !password) {
      setText(byId("sign-in-fault"), "Donnez votre identifiant et votre mot de passe.");
      byId(user ? "password" : "user").focus();
      return;
    }
    this.busy = true;
    const { agent, words } = await signIn(user, password);
    this.busy = false;
    byId("password").value = "";
    setText(byId("sign-in-fault"), words);
    if (agent) this.onSigned(agent);
    else byId("password").focus();
  }
}
