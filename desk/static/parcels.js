// Depositing at the gateway what the resident's telephone will fetch: it is encrypted already.

const ADDRESS = "/api/parcels";
const TRIES = 5;
const WAIT_MS = 2000;

/** `{ path, expires_s }`, `{ taken: true }` for one fetched before, or null where it was not taken in. */
export async function deposit(ticket, { id, deposit: slip }, bytes) {
  const headers = {
    "Content-Type": "application/octet-stream",
    "X-Parcel-Ticket": ticket,
    "X-Parcel-Id": id,
    "X-Parcel-Proof": slip.proof,
    "X-Parcel-Salt": slip.salt,
    "X-Parcel-Expires": String(slip.expires_s),
  };
  for (let tries = 0; tries < TRIES; tries++) {
    if (tries > 0) await new Promise((done) => setTimeout(done, WAIT_MS));
    try {
      const response = await fetch(ADDRESS, { method: "POST", headers, body: bytes });
      if (response.ok) return await response.json();
      // The gateway has said no; only one that is not there, or starts, is asked again.
      if (response.status < 500) return null;
    } catch {
      // Not reached: once more.
    }
  }
  return null;
}
