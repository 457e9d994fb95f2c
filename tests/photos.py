"""Photos of test digits on paper in bad light, made on purpose: real digits, real JPEGs."""

import io

import numpy as np
from PIL import Image, ImageFilter

SIDE = 320  # pixels of a photo
KINDS = (
    *("shadow's edge", "hand's shadow", "light from one side", "vignette", "lamp"),
    *("grey paper and pencil", "edge of the table", "stained paper"),
)
STRENGTHS = (1, 2, 3)


def photo(digit, kind, strength, rng):
    """Return a photo (SIDE, SIDE, 3) of a digit, uint8 (28, 28) light on dark."""
    turned = Image.fromarray(digit).resize((196, 196), Image.Resampling.BICUBIC)
    turned = turned.rotate(rng.uniform(-10, 10), Image.Resampling.BICUBIC, expand=True)
    page = Image.new("L", (SIDE, SIDE))
    room = SIDE - turned.width
    page.paste(turned, tuple(int(it) for it in rng.integers(room // 4, 3 * room // 4 + 1, 2)))
    cover = np.asarray(page.filter(ImageFilter.GaussianBlur(1.2))) / 255
    paper, ink = rng.uniform(215, 245), rng.uniform(20, 70)
    if kind == "grey paper and pencil":
        paper, ink = rng.uniform(150, 190), 0
        ink = paper - (110, 75, 50)[strength - 1]
    reflected = paper + (ink - paper) * cover
    lit = reflected * light(kind, strength, rng)
    if kind == "edge of the table":
        lit = on_a_table(lit, strength, rng)
    if kind == "stained paper":
        spots = rng.normal(0, 1, (9, 9))
        stains = np.asarray(Image.fromarray(spots).resize((SIDE, SIDE), Image.Resampling.BICUBIC))
        lit = lit - (8, 16, 24)[strength - 1] * np.clip(stains, 0, 2)
    tint = rng.uniform(0.92, 1, 3)
    noisy = lit[..., None] * tint + rng.normal(0, 2 + 2 * strength, (SIDE, SIDE, 3))
    picture = Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))
    buffer = io.BytesIO()
    picture.save(buffer, "jpeg", quality=int(rng.integers(60, 90)))
    return buffer.getvalue()


def light(kind, strength, rng):
    """Return how much light falls on each pixel, up to 1."""
    down, across = np.mgrid[0:SIDE, 0:SIDE] / SIDE - 0.5
    angle = rng.uniform(0, 2 * np.pi)
    along = down * np.sin(angle) + across * np.cos(angle)
    loss = (0.25, 0.4, 0.55)[strength - 1]
    if kind == "shadow's edge":
        return 1 - loss / (1 + np.exp((along + rng.uniform(-0.25, 0.25)) / 0.012))
    if kind == "hand's shadow":
        y, x = rng.uniform(-0.5, 0.5, 2)
        near = np.hypot((down - y) / 0.45, (across - x) / 0.3)
        return 1 - loss / (1 + np.exp((near - 1) / 0.1))
    if kind == "light from one side":
        return 1 - loss * (along + 0.7) / 1.4
    if kind == "vignette":
        return 1 - 1.4 * loss * (down**2 + across**2) * 2
    if kind == "lamp":
        y, x = rng.uniform(-0.4, 0.4, 2)
        return 1 - loss + loss * np.exp(-((down - y) ** 2 + (across - x) ** 2) / 0.08)
    return np.ones((SIDE, SIDE))


def on_a_table(page, strength, rng):
    """Return a photo on which the table shows at one to three sides of the page."""
    table = rng.uniform(40, 130) + 8 * np.sin(np.arange(SIDE) / 3)[None]
    shown, result = (0.03, 0.06, 0.09)[strength - 1], page.copy()
    slope = rng.uniform(-0.04, 0.04)
    for turns in range(strength):
        edge = SIDE * shown * rng.uniform(0.7, 1.3) + slope * (np.arange(SIDE) - SIDE / 2)
        outside = np.arange(SIDE)[None] < np.maximum(edge, 2)[:, None]
        result = np.where(np.rot90(outside, turns), table, result)
    return result
