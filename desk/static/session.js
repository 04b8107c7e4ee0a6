// Signing in and out of the gateway.

const ADDRESS = "/api/session";

/** The outcome of a sign-in: `agent` is null where it failed, `words` then says why. */
export async function signIn(user, password) {
  let response;
  try {
    response = await fetch(ADDRESS, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ user, password }),
    });
  } catch {
    return { agent: null, words: "Le serveur ne répond pas. Réessayez dans un instant." };
  }
  if (response.ok) return { agent: await response.json(), words: "" };
  return { agent: null, words: await refusal(response) };
}

/** Who the page's session is of: the agent, null when nobody, undefined when the gateway is down. */
export async function whoAmI() {
  try {
    const response = await fetch(ADDRESS);
    if (response.status === 204) return null;
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

/** End the session; quiet where the gateway is down, for the page forgets it all the same. */
export async function signOut() {
  try {
    await fetch(ADDRESS, { method: "DELETE" });
  } catch {
    // Nothing to tell the agent: the cookie goes at its expiry.
  }
}

async function refusal(response) {
  if (response.status === 429) {
    const { retry_after_s: seconds } = await response.json();
    const minutes = Math.max(1, Math.ceil((seconds ?? 60) / 60));
    return `Trop de mots de passe faux. Réessayez dans ${minutes}\u00a0minute${minutes > 1 ? "s" : ""}.`;
  }
  if (response.status === 503) return "Trop de connexions en même temps. Réessayez dans un instant.";
  return "Identifiant ou mot de passe faux.";
}
