"""One picture as a document camera would take it, with the corners that a finder should find."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.document_camera.scenes.desks import Desk, Field, Image, desk_top, noise
from devices.document_camera.scenes.papers import SIZES_MM, Paper, draw_paper, rounded_mask

Corners = NDArray[np.float64]
"""4 × 2, in pixels: top left, top right, bottom right, bottom left as the page reads."""


class Thing(StrEnum):
    """What else lies about."""

    CUP = "cup"
    PEN = "pen"
    KEYBOARD = "keyboard"
    NOTEBOOK = "notebook"
    HAND = "hand"
    """Over an edge of the page."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be drawn."""

    desk: Desk
    paper: Paper | None = Paper.LETTER
    width: int = 1600
    height: int = 1200
    turn_deg: float = 0.0
    tilt_deg: float = 0.0
    """Of the camera's axis from the vertical."""
    tilt_to_deg: float = 0.0
    fill: float = 0.75
    """The page's longer extent as a share of what the picture has room for."""
    shift: tuple[float, float] = (0.0, 0.0)
    """Of the page's middle from the picture's, as a share of its width and height."""
    things: tuple[Thing, ...] = ()
    fold: float = 0.0
    """Length of a folded-over corner, as a share of the page's width."""
    light: float = 1.0
    unevenness: float = 0.15
    shadow: float = 0.0
    """How much darker it is in the shadow of whoever bends over the desk."""
    glare: float = 0.0
    """Brightness of a reflected lamp, 0 to 1."""
    blur_px: float = 0.8
    noise: float = 2.0
    jpeg: int = 88
    scale: float = 6.0
    """Pixels per millimetre in which the paper is drawn."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture and what is in it."""

    image: Image = field(repr=False)
    corners: Corners | None
    plan: Plan


def random_plan(
    random: np.random.Generator, desk: Desk | None = None, paper: Paper | None = None
) -> Plan:
    """Anything that a resident may do with one page."""
    desks, papers = list(Desk), list(Paper)
    things = tuple(thing for thing in Thing if random.random() < 0.12)
    return Plan(
        desk=desk or desks[random.integers(len(desks))],
        paper=paper or papers[random.integers(len(papers))],
        turn_deg=float(random.uniform(-180, 180)),
        tilt_deg=float(random.uniform(0, 35)),
        tilt_to_deg=float(random.uniform(0, 360)),
        fill=float(random.uniform(0.45, 0.93)),
        things=things,
        fold=float(random.uniform(0.05, 0.15)) if random.random() < 0.12 else 0.0,
        light=float(random.uniform(0.45, 1.05)),
        unevenness=float(random.uniform(0.05, 0.6)),
        shadow=float(random.uniform(0.15, 0.5)) if random.random() < 0.35 else 0.0,
        blur_px=float(random.uniform(0.5, 2.2)),
        noise=float(random.uniform(0.5, 5.0)),
        jpeg=int(random.integers(55, 96)),
    )


def blank(plan: Plan) -> Plan:
    """The same desk without the page."""
    return replace(plan, paper=None, fold=0.0)


def render(
    plan: Plan,
    random: np.random.Generator,
    page: Image | None = None,
    texture: Field | None = None,
) -> Scene:
    """Draw `plan`; `page` and `texture` take the place of the paper and the desk drawn here.

    A `page` is stretched to the size of `plan.paper`.
    """
    if texture is None:
        table = desk_top(plan.desk, random, plan.height, plan.width)
    else:
        enlarged = cv2.resize(texture, (plan.width, plan.height), interpolation=cv2.INTER_CUBIC)
        table = np.clip(enlarged, 0, 255)
    view = table
    corners = None
    for thing in plan.things:
        if thing is not Thing.HAND:
            _put(thing, view, random)
    if plan.paper is not None:
        if page is None:
            page = draw_paper(plan.paper, random, plan.scale)
        corners = _pose(plan, random)
        view = _lay(view, page, corners, plan, random)
        if Thing.HAND in plan.things:
            _hand(view, corners, random)
    view = _light(view, plan, random)
    return Scene(_photograph(view, plan, random), corners, plan)


def _pose(plan: Plan, random: np.random.Generator) -> Corners:
    """A pinhole camera that looks down on the page, turned and tilted."""
    wide, tall = SIZES_MM[plan.paper] if plan.paper else (210.0, 297.0)
    flat = np.array([(-wide, -tall), (wide, -tall), (wide, tall), (-wide, tall)]) / 2
    turn, to, tilt = np.radians((plan.turn_deg, plan.tilt_to_deg, plan.tilt_deg))
    flat = flat @ np.array([(np.cos(turn), np.sin(turn)), (-np.sin(turn), np.cos(turn))])
    reach = np.hypot(wide, tall) * 1.6
    axis = np.array((np.cos(to), np.sin(to), 0.0))
    rotation, _ = cv2.Rodrigues(axis * tilt)
    space = np.column_stack([flat, np.zeros(4)]) @ rotation.T
    seen = space[:, :2] / (space[:, 2:] + reach)
    low, high = seen.min(0), seen.max(0)
    size = np.array((plan.width, plan.height))
    zoom = plan.fill * min(size / (high - low))
    room = (size - zoom * (high - low)) / 2
    free = random.uniform(-0.8, 0.8, 2) if plan.shift == (0.0, 0.0) else np.zeros(2)
    middle = size / 2 + room * free + np.array(plan.shift) * size
    return np.asarray((seen - (low + high) / 2) * zoom + middle, np.float64)


def _lay(
    table: Field, page: Image, corners: Corners, plan: Plan, random: np.random.Generator
) -> Field:
    tall, wide = page.shape[:2]
    flat = np.array([(0, 0), (wide, 0), (wide, tall), (0, tall)], np.float32) - 0.5
    warp = cv2.getPerspectiveTransform(flat, corners.astype(np.float32))
    mask = np.full((tall, wide), 255, np.uint8)
    if plan.paper is Paper.CARD:
        mask = rounded_mask(tall, wide, round(3.2 * plan.scale))
    if plan.fold:
        page = _folded(page, mask, plan.fold, int(random.integers(4)))
    size = (plan.width, plan.height)
    shrink = max(1.0, wide / max(1.0, float(np.linalg.norm(corners[1] - corners[0]))))
    soft = cv2.GaussianBlur(page, (0, 0), 0.4 * shrink) if shrink > 1.2 else page
    paper = cv2.warpPerspective(
        soft, warp, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    cover = cv2.warpPerspective(mask, warp, size, flags=cv2.INTER_LINEAR).astype(np.float32) / 255
    lift = random.uniform(1.0, 7.0) * plan.width / 1600
    away = random.uniform(-1, 1, 2) * lift
    moved = cv2.warpAffine(cover, np.array([(1, 0, away[0]), (0, 1, away[1])]), size)
    dark = 1 - random.uniform(0.08, 0.4) * cv2.GaussianBlur(moved, (0, 0), lift)
    share = cover[..., None]
    under = table * (dark * (1 - cover))[..., None]
    return np.asarray(under + paper * share, np.float32)


def _folded(page: Image, mask: Image, fold: float, corner: int) -> Image:
    """One corner turned over: the desk is seen there, and the back of the paper."""
    page = page.copy()
    tall, wide = page.shape[:2]
    length = fold * wide
    tip = np.array([(0, 0), (wide, 0), (wide, tall), (0, tall)][corner], np.float64)
    inward = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)][corner], np.float64)
    one = tip + np.array((inward[0] * length, 0))
    two = tip + np.array((0, inward[1] * length))
    cv2.fillPoly(mask, [np.array((tip, one, two), np.int32)], 0)
    back = np.array((tip + inward * length, one, two), np.int32)
    cv2.fillPoly(page, [back], (214, 218, 220))
    cv2.line(page, back[1].tolist(), back[2].tolist(), (170, 172, 175), 3)
    return page


def _put(thing: Thing, view: Field, random: np.random.Generator) -> None:
    """Something that is not paper, anywhere."""
    tall, wide = view.shape[:2]
    unit = wide / 100
    x, y = random.uniform(0.1, 0.9) * wide, random.uniform(0.1, 0.9) * tall
    angle = float(random.uniform(0, 180))
    match thing:
        case Thing.CUP:
            for radius, shade in ((9.0, 225.0), (7.5, 40.0)):
                glaze = (shade, shade * random.uniform(0.8, 1), shade * random.uniform(0.8, 1))
                cv2.circle(view, (int(x), int(y)), int(radius * unit), glaze, -1, cv2.LINE_AA)
        case Thing.PEN:
            colour = random.uniform(10, 200, 3)
            _block(view, (x, y), (28 * unit, 1.6 * unit), angle, colour)
            _block(view, (x, y), (8 * unit, 1.9 * unit), angle, colour * 0.5)
        case Thing.KEYBOARD:
            shade = random.uniform(20, 60) if random.random() < 0.7 else random.uniform(150, 210)
            _keyboard(view, (x, y), angle, unit, shade)
        case Thing.NOTEBOOK | Thing.HAND:
            colour = random.uniform(15, 90, 3)
            _block(view, (x, y), (34 * unit, 25 * unit), angle, colour)


def _keyboard(
    view: Field, middle: tuple[float, float], angle: float, unit: float, shade: float
) -> None:
    _block(view, middle, (52 * unit, 18 * unit), angle, np.full(3, shade))
    turn = np.radians(angle)
    for row in range(5):
        for column in range(15):
            along, across = (column - 7) * 3.3 * unit, (row - 2) * 3.3 * unit
            place = (
                middle[0] + along * np.cos(turn) - across * np.sin(turn),
                middle[1] + along * np.sin(turn) + across * np.cos(turn),
            )
            _block(view, place, (2.8 * unit, 2.8 * unit), angle, np.full(3, shade + 30))


def _block(
    view: Field,
    middle: tuple[float, float],
    size: tuple[float, float],
    angle: float,
    colour: NDArray[np.float64],
) -> None:
    points = cv2.boxPoints((middle, size, angle))
    cv2.fillConvexPoly(view, points.astype(np.int32), colour.tolist(), cv2.LINE_AA)


def _hand(view: Field, corners: Corners, random: np.random.Generator) -> None:
    """Fingers that come in over a side, away from the corners."""
    side = int(random.integers(4))
    start, end = corners[side], corners[(side + 1) % 4]
    at = start + (end - start) * random.uniform(0.3, 0.7)
    inward = corners.mean(0) - at
    inward /= np.linalg.norm(inward) + 1e-9
    across = np.array((-inward[1], inward[0]))
    unit = view.shape[1] / 100
    skin = np.array((110, 145, 200)) * random.uniform(0.45, 1.1)
    for finger in range(3):
        tip = at + inward * unit * random.uniform(3, 6) + across * unit * (finger - 1) * 2.6
        root = tip - inward * unit * 60
        colour = (skin * (1 - 0.05 * finger)).tolist()
        cv2.line(
            view,
            tip.astype(int).tolist(),
            root.astype(int).tolist(),
            colour,
            int(2.5 * unit),
            cv2.LINE_AA,
        )


def _light(view: Field, plan: Plan, random: np.random.Generator) -> Field:
    tall, wide = view.shape[:2]
    y, x = np.mgrid[0:tall, 0:wide].astype(np.float32)
    angle = random.uniform(0, 2 * np.pi)
    # math's numbers, since NumPy's own would make 64 bits of everything.
    ramp = (x / wide - 0.5) * math.cos(angle) + (y / tall - 0.5) * math.sin(angle)
    power = plan.light * (1 - plan.unevenness * (ramp + 0.5))
    if plan.shadow:
        shape = np.zeros((tall, wide), np.float32)
        place = random.uniform(0, 1, 2) * (wide, tall)
        axes = (int(wide * random.uniform(0.2, 0.5)), int(tall * random.uniform(0.15, 0.4)))
        cv2.ellipse(
            shape, place.astype(int).tolist(), axes, random.uniform(0, 180), 0, 360, 1.0, -1
        )
        soft = random.uniform(0.005, 0.04) * wide
        power = power * (1 - plan.shadow * cv2.GaussianBlur(shape, (0, 0), soft))
    warmth = np.array((random.uniform(0.86, 1.02), 1.0, random.uniform(0.98, 1.06)), np.float32)
    lit = view * (power[..., None] * warmth)
    if plan.glare:
        middle = (
            np.array((wide, tall)) * (0.5 + np.array(plan.shift))
            + random.uniform(-0.05, 0.05, 2) * wide
        )
        far = ((x - middle[0]) ** 2 + (y - middle[1]) ** 2) / (0.1 * wide) ** 2
        lit = lit + (plan.glare * 400 * np.exp(-far))[..., None]
    return np.asarray(lit, np.float32)


def _grain(size: tuple[int, ...], strength: float, random: np.random.Generator) -> Field:
    """A sensor's noise, one square of it over and over, since most of the time would go into it."""
    side = 640
    square = random.standard_normal((side, side, 3), np.float32) * strength
    across, down = -(-size[1] // side), -(-size[0] // side)
    return np.tile(square, (down, across, 1))[: size[0], : size[1]]


def _photograph(view: Field, plan: Plan, random: np.random.Generator) -> Image:
    if plan.blur_px > 0:
        view = np.asarray(cv2.GaussianBlur(view, (0, 0), plan.blur_px), np.float32)
    image = np.clip(view + _grain(view.shape[:2], plan.noise, random), 0, 255).astype(np.uint8)
    _, packed = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, plan.jpeg])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)


__all__ = ["Corners", "Plan", "Scene", "Thing", "blank", "noise", "random_plan", "render"]
