// The download page: asks the PIN, proves it to the gateway, and deciphers what the gateway gives.
// The secret stands after the « # » of the address, which browsers send to nobody.

import { byId, setText } from "./dom.js";

const ROUNDS = 600_000;
const NONCE_BYTES = 12;
// Of desk/parcels.py: how long an opened document is kept for whom it has not reached.
const AGAIN_MS = 60_000;
// Of a network that drops just when the document has come.
const TELLS = 5;
const TELL_EVERY_MS = 2000;
const INFO = new TextEncoder().encode("visio-guichet parcel 1");

const OVER = {
  taken: "Ce document a déjà été ouvert. Il ne peut l’être qu’une fois.",
  expired: "Le temps pour l’ouvrir est passé.",
  locked: "Cinq numéros faux ont été tapés\u00a0: le document est effacé.",
  left: "La visite à la borne est terminée\u00a0: le document est effacé.",
};
const AGAIN = "Demandez-le de nouveau à l’agent, depuis la borne.";

class ParcelPage {
  constructor() {
    this.id = location.pathname.split("/").at(-1);
    this.secret = unhex(location.hash.slice(1));
    this.address = `/api/parcels/${this.id}`;
    this.salt = null;
    this.until = 0;
    this.busy = false;
    byId("pin-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    byId("again").addEventListener("click", () => {
      byId("again").hidden = true;
      setText(byId("words"), "Un instant…");
      this.start();
    });
  }

  async start() {
    if (this.secret?.length !== 16) {
      this.#over("L’adresse est incomplète. Photographiez de nouveau le code de la borne.");
      return;
    }
    if (!window.crypto?.subtle) {
      this.#over("Ce navigateur ne peut pas déchiffrer le document. Essayez avec un autre.");
      return;
    }
    const told = await this.#ask(this.address);
    if (!told) return;
    const { salt, expires_s: seconds, tries } = told;
    this.salt = unhex(salt);
    this.until = Date.now() + seconds * 1000;
    setText(byId("words"), "Il est protégé. Tapez le numéro pour l’ouvrir sur ce téléphone.");
    this.#left(tries);
    byId("pin-form").hidden = false;
    this.#count();
    setInterval(() => this.#count(), 1000);
  }

  async #submit() {
    const pin = byId("pin").value.replace(/\s/g, "");
    if (this.busy) return;
    if (!/^\d{6}$/.test(pin)) {
      setText(byId("fault"), "Le numéro a six chiffres.");
      byId("pin").focus();
      return;
    }
    this.#work(true);
    const derived = await derive(pin, this.salt);
    const proof = { shown: hex(derived.subarray(0, 32)) };
    const sealed = await this.#ask(`${this.address}/open`, proof);
    if (sealed && (await this.#opened(sealed, derived.subarray(32)))) this.#tellTaken(proof);
    this.#work(false);
  }

  /** All of the answer, bytes or what its JSON says; null where it was dealt with here. */
  async #ask(address, body) {
    let response;
    let answer;
    try {
      response = await fetch(address, { ...(body && posted(body)), cache: "no-store" });
      const json = response.headers.get("Content-Type")?.startsWith("application/json");
      answer = await (json ? response.json() : response.arrayBuffer());
    } catch {
      if (response) this.until = Math.min(this.until, Date.now() + AGAIN_MS);
      const what = response ? "Le document n’est pas arrivé en entier." : "Le serveur ne répond pas.";
      this.#trouble(`${what} Vérifiez que le téléphone a du réseau, puis réessayez.`);
      return null;
    }
    if (response.ok) return answer;
    if (response.status === 403) {
      if (answer.tries > 0) this.#left(answer.tries);
      else this.#over(`${OVER.locked} ${AGAIN}`);
    } else if (response.status === 410) {
      this.#over(`${OVER[answer.detail] ?? OVER.expired} ${AGAIN}`);
    } else if (response.status === 404 || response.status === 400) {
      this.#over(`Il n’y a pas de document à cette adresse, ou il n’y est plus. ${AGAIN}`);
    } else {
      this.#trouble("Le serveur est occupé. Réessayez dans un instant.");
    }
    return null;
  }

  /** Decipher the document and offer it; false when that cannot be done. */
  async #opened(sealed, rest) {
    try {
      const key = await contentKey(this.secret, rest, this.salt);
      const algorithm = { name: "AES-GCM", iv: sealed.slice(0, NONCE_BYTES), additionalData: new TextEncoder().encode(this.id) };
      const plain = await crypto.subtle.decrypt(algorithm, key, sealed.slice(NONCE_BYTES));
      byId("save").href = URL.createObjectURL(new Blob([plain], { type: "application/pdf" }));
    } catch {
      this.#over(`Le document est arrivé abîmé. ${AGAIN}`);
      return false;
    }
    // The address is of no more use, and the secret has no place in the browser's history.
    history.replaceState(null, "", location.pathname);
    byId("pin-form").hidden = true;
    byId("got").hidden = false;
    setText(byId("title"), "Voici votre document");
    setText(byId("words"), "");
    byId("save").focus();
    return true;
  }

  /** The gateway may forget the document, and tell the agent; unheard it forgets it in a minute. */
  async #tellTaken(proof) {
    for (let told = 0; told < TELLS; told += 1) {
      try {
        const { status } = await fetch(`${this.address}/taken`, { ...posted(proof), keepalive: true });
        if (status < 500) return;
      } catch {
        // The network is away again: it may be back.
      }
      await new Promise((done) => setTimeout(done, TELL_EVERY_MS));
    }
  }

  #left(tries) {
    if (tries >= 5) return;
    setText(byId("fault"), tries > 1 ? `Numéro faux. Il reste ${tries} essais.` : "Numéro faux. Il reste un seul essai.");
    byId("pin").value = "";
    byId("pin").focus();
  }

  #trouble(words) {
    const first = byId("pin-form").hidden;
    setText(byId(first ? "words" : "fault"), words);
    byId("again").hidden = !first;
  }

  #over(words) {
    byId("pin-form").hidden = true;
    this.until = 0;
    setText(byId("title"), "Document non disponible");
    setText(byId("words"), words);
    byId("title").focus();
  }

  #work(busy) {
    this.busy = busy;
    byId("open").setAttribute("aria-disabled", String(busy));
    setText(byId("open"), busy ? "Un instant…" : "Ouvrir mon document");
    if (busy) setText(byId("fault"), "");
  }

  #count() {
    if (byId("pin-form").hidden) return;
    const minutes = Math.ceil((this.until - Date.now()) / 60_000);
    if (minutes <= 0 && !this.busy) this.#over(`${OVER.expired} ${AGAIN}`);
    setText(byId("expires"), minutes > 1 ? `Vous avez encore ${minutes} minutes.` : "Vous avez encore moins d’une minute.");
  }
}

/** 64 bytes: half to be shown, half for the key (PBKDF2, RFC 8018). */
async function derive(pin, salt) {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, key, 512));
}

/** The content's key: HKDF (RFC 5869) of what is in the code and what is in the PIN. */
async function contentKey(secret, rest, salt) {
  const key = await crypto.subtle.importKey("raw", new Uint8Array([...secret, ...rest]), "HKDF", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt, info: INFO }, key, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
}

const posted = (body) => ({ method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

function unhex(text) {
  return /^([0-9a-f]{2})+$/.test(text) ? Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16)) : null;
}

new ParcelPage().start();
