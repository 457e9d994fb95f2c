"""Writes explorers, and opens and operates them in a browser."""

import base64
import json
import re
import time
import zlib
from contextlib import contextmanager

import numpy as np
import pytest

import mnistviz
from browser import PATIENCE
from mnistviz.datasets.dataset import Dataset, Split
from mnistviz.datasets.mnist_form import image_form
from mnistviz.model.linear import LinearClassifier
from slow_strokes import drawn, units_of

SHOWN = tuple(range(8, 48))  # test images in the page; 8 and 33 are mistakes
DESK = {"width": 1280, "height": 720}
PHONE = {"width": 360, "height": 740}
DATA = re.compile(r'<script type="application/json" id="data">(.*)</script>')
# An explorer unpacks its images; a page around one has no such part.
READY = "html[data-ready], html:not(:has(#data))"
USUAL = {"viewport": DESK, "reduced_motion": "reduce", "color_scheme": "dark"}


def facts_in(path):
    """Return the data in the file of an explorer."""
    return json.loads(DATA.search(path.read_text("utf-8"))[1])


def unpacked(packed):
    """Return the weights (versions, 10, pixels) that sliders choose from, scales and biases."""
    levels = np.frombuffer(zlib.decompress(base64.b64decode(packed["levels"])), np.int8)
    scales, biases = (
        np.frombuffer(base64.b64decode(packed[name]), "<f4").reshape(-1, 10)
        for name in ("scales", "bias")
    )
    levels = levels.reshape(*scales.shape, -1)
    return (scales[..., None] * levels.astype(np.float64)).astype(np.float32), scales, biases


def random_set(size, classes):
    """Return a set of twelve random images, and a model of random weights."""
    names = classes if isinstance(classes, tuple) else tuple(map(str, range(classes)))
    random = np.random.default_rng(5)
    labels = np.arange(12) % len(names)
    split = Split(random.integers(0, 256, (12, *size), dtype=np.uint8), labels)
    weights = random.normal(0, 1, (size[0] * size[1], len(names)))
    model = LinearClassifier(weights, np.zeros(len(names)))
    return Dataset("random", names, "image", split, split), model


def write_explorer(folder, size, classes, page=None):
    """Write an explorer of a random set; return its file."""
    data, model = random_set(size, classes)
    out = folder / "explorer.html"
    mnistviz.explore(data, model, out, page=page or mnistviz.PageConfig())
    return out


@contextmanager
def opened_window(browser):
    """Yield a window that stays open: a page in it costs half of one in a window of its own."""
    window = browser.new_context(**USUAL)
    window.new_page()
    yield window
    window.close()


@contextmanager
def visiting(window, default):
    """Yield a function that opens an explorer; fail if a page requests or reports anything."""
    opened, requests, reports = [], [], []

    def new_page(options):
        if not options.keys() <= USUAL.keys():
            opened.append(window.browser.new_context(**USUAL | options))
            return opened[-1].new_page()
        opened.append(window.new_page())
        media = USUAL | options
        opened[-1].set_viewport_size(media.pop("viewport"))
        opened[-1].emulate_media(**media)
        return opened[-1]

    def visit(path=default, link="", greets=False, **options):
        """Open a page; strokes change its first image, unless it greets as it does a reader."""
        page = new_page(options)
        page.set_default_timeout(1000 * PATIENCE)
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: reports.append(message.text))
        page.on("pageerror", lambda error: reports.append(str(error)))
        page.on("dialog", lambda dialog: reports.append(f"dialog {dialog.message}"))
        page.goto(f"{path.as_uri()}{link}")
        page.wait_for_selector(READY, state="attached")
        if not greets:
            page.evaluate("typeof state === 'undefined' || (state.greets = false)")  # in reports
        return page

    try:
        yield visit
    finally:
        for each in opened:
            each.close()
    assert all(url.startswith(("file://", "data:image/svg+xml")) for url in requests), requests
    assert not reports


def text(page, part):
    return page.locator(part).inner_text()


def until(page, condition):
    """Wait for a condition. Playwright's own way needs eval, which the policy forbids."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never true: {condition}")


def draw(page, *points):
    """Draw a line with the mouse through points, in shares of the pad's width and height."""
    box = page.locator("#pad").bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=4)
    page.mouse.up()


def tab_to(page, mark, key="Tab"):
    """Press Tab until the element with an id, or a text, has the focus."""
    for _ in range(60):
        page.keyboard.press(key)
        if mark in page.evaluate("[document.activeElement.id, document.activeElement.textContent]"):
            return
    pytest.fail(f"no way to {mark} by {key}")


def image_of(strokes, size):
    """Return what Python makes of strokes on a blank pad for images of a size."""
    units = units_of(*size)
    grey = np.array(drawn(strokes, units * size[0], units * size[1]), np.uint8)
    opaque = np.full_like(grey, 255)
    return image_form(np.stack([grey, grey, grey, opaque], axis=-1), size)
