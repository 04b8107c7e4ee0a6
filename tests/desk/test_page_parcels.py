"""A document taken away: the booth enciphers, the page deposits, a telephone opens it once."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from playwright.async_api import Page, expect

from kiosk.link.tickets import OwnTicket
from tests.desk.booth import MediaBooth
from tests.desk.browsing import answer, sign_in
from tests.desk.running import RunningDesk

# A line that a busy machine makes dial twice is up a moment later, and a picture that it could not
# read comes again: neither is what is tested.
pytestmark = pytest.mark.expects_log(
    "broker not reached|failed to decode VP8|wrong PIN for a parcel"
)

Join = Callable[..., Awaitable[OwnTicket]]
OpenBooth = Callable[[OwnTicket], Awaitable[MediaBooth]]

PIN = "042917"
PLAIN = b"%PDF-1.7\n" + secrets.token_bytes(50_000)


def sealed(parcel: str, secret: bytes, salt: bytes) -> tuple[bytes, str]:
    """Return ciphertext and proof, as a booth makes them."""
    derived = hashlib.pbkdf2_hmac("sha256", PIN.encode(), salt, 600_000, 64)
    info = b"visio-guichet parcel 1"
    key = HKDF(hashes.SHA256(), 32, salt, info).derive(secret + derived[32:])
    nonce = secrets.token_bytes(12)
    content = nonce + AESGCM(key).encrypt(nonce, PLAIN, parcel.encode())
    return content, hashlib.sha256(derived[:32]).hexdigest()


#: The first document that is opened does not come whole, as over a network that drops.
CUT = """(() => {
  const real = window.fetch;
  let cuts = 1;
  window.fetch = async (address, options) => {
    const response = await real(address, options);
    if (!address.endsWith("/open") || !response.ok || !cuts--) return response;
    const whole = new Uint8Array(await response.arrayBuffer());
    const body = new ReadableStream({
      start(rest) {
        rest.enqueue(whole.slice(0, 1000));
        rest.error(new TypeError("network error"));
      },
    });
    return new Response(body, response);
  };
})()"""


async def deposited_parcel(
    desk: RunningDesk, page: Page, join: Join, open_booth: OpenBooth
) -> tuple[MediaBooth, str, str]:
    """Return the booth in the call, the parcel's id, and its address with the secret."""
    await sign_in(page, desk)
    booth = await open_booth(await join())
    await answer(page)
    await booth.papers.expect("hello")
    parcel, secret, salt = secrets.token_hex(16), secrets.token_bytes(16), secrets.token_bytes(16)
    content, proof = sealed(parcel, secret, salt)
    deposit = {"proof": proof, "salt": salt.hex(), "expires_s": 600}
    media = "application/octet-stream"
    booth.papers.offer(content, id=parcel, kind="parcel", media=media, deposit=deposit)
    await booth.papers.serve(parcel, content)
    deposited = await booth.papers.expect("deposited", id=parcel)
    assert deposited["expires_s"] == 600
    await booth.papers.expect("done", id=parcel)
    return booth, parcel, f"{desk.url}{deposited['path']}#{secret.hex()}"


async def save(phone: Page, path: Path) -> None:
    async with phone.expect_download() as downloading:
        await phone.get_by_role("link", name="Enregistrer le PDF").click()
    await (await downloading.value).save_as(path)
    assert path.read_bytes() == PLAIN


async def test_a_parcel_is_deposited_and_opened_once_with_the_pin(
    desk: RunningDesk, browser_page: Page, join: Join, open_booth: OpenBooth, tmp_path: Path
) -> None:
    booth, parcel, address = await deposited_parcel(desk, browser_page, join, open_booth)
    phone = await browser_page.context.new_page()
    await phone.goto(address)
    field = phone.get_by_label("Le numéro à six chiffres")
    await expect(phone.get_by_text("Vous avez encore 10 minutes.")).to_be_visible()
    await field.fill("000000")
    await field.press("Enter")
    await expect(phone.get_by_role("alert")).to_have_text("Numéro faux. Il reste 4 essais.")
    await field.fill(PIN)
    await field.press("Enter")
    await save(phone, tmp_path / "document.pdf")
    assert "#" not in phone.url
    await booth.papers.expect("taken", id=parcel)
    await phone.goto(address.replace("#", "?#"))
    await expect(phone.get_by_text("Ce document a déjà été ouvert.")).to_be_visible()


async def test_a_network_that_drops_costs_the_telephone_nothing(
    desk: RunningDesk, browser_page: Page, join: Join, open_booth: OpenBooth, tmp_path: Path
) -> None:
    booth, parcel, address = await deposited_parcel(desk, browser_page, join, open_booth)
    phone = await browser_page.context.new_page()
    await phone.add_init_script(CUT)
    await phone.route("**/api/parcels/*", lambda route: route.abort(), times=1)
    await phone.goto(address)
    await expect(phone.get_by_text("Le serveur ne répond pas.")).to_be_visible()
    await phone.get_by_role("button", name="Réessayer").click()
    await phone.get_by_label("Le numéro à six chiffres").fill(PIN)
    await expect(phone.get_by_role("button", name="Réessayer")).to_be_hidden()
    opening = phone.get_by_role("button", name="Ouvrir mon document")
    await opening.click()
    await expect(phone.get_by_role("alert")).to_contain_text("n’est pas arrivé en entier")
    await expect(phone.get_by_text("Vous avez encore moins d’une minute.")).to_be_visible()
    assert not [frame for frame in booth.papers.heard if frame["type"] == "taken"]
    await opening.click()
    await save(phone, tmp_path / "document.pdf")
    await booth.papers.expect("taken", id=parcel)
