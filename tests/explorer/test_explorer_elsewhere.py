"""The explorer in Firefox and WebKit shows what Python computes, and does what is asked of it."""

import re
import time

import numpy as np
import pytest

from explorers import image_of
from mnistviz.datasets.dataset import as_pixels
from mnistviz.model.flip import flip_away
from other_browsers import firefox, webkit

STROKE = re.compile(r"#draw=b(\w\w)((?:\w\w)+)$")
ONE = ((0.5, 0.2), (0.5, 0.4), (0.5, 0.6), (0.5, 0.8))


@pytest.fixture(scope="module", params=[firefox, webkit], ids=lambda browser: browser.__name__)
def other(request, tmp_path_factory):
    with request.param(tmp_path_factory.mktemp("browser")) as browser:
        yield browser


def expect_answer(browser, model, image):
    """Compare the scores and the predicted class that a page shows with those of Python."""
    logits = model.logits(as_pixels(image[None]))[0]
    shown = [float(it.split()[-1].replace("−", "-")) for it in browser.texts(".column .number")]
    np.testing.assert_allclose(shown, logits, rtol=0, atol=0.05001)
    assert f"predicted {logits.argmax()}" in browser.texts("#verdict")[0]


def test_another_browser_shows_pythons_scores_draws_changes_a_mind_and_follows_links(
    other, explorer, digits, trained
):
    model, images = trained.model, digits.test.images
    other.go(f"{explorer.as_uri()}#image=9")
    other.run("window.errors = []; onerror = (message) => { errors.push(String(message)); }")
    expect_answer(other, model, images[9])
    assert other.run("return document.getElementById('alarm').hidden")
    assert other.run("return document.documentElement.scrollWidth <= innerWidth")
    width, height = other.run("""
        const { width, height } = document.getElementById('pad').getBoundingClientRect();
        return [width, height];""")
    assert abs(width - height) < 1  # so that the pixels are squares

    fewest = flip_away(model, as_pixels(images[9:10])[0])
    other.click("#flip")
    said = f"{len(fewest.places)} pixels change the answer from {fewest.before} to {fewest.after}"
    other.until(f"document.getElementById('flipped').innerText === {said!r}")

    other.click("#clear")
    other.until("location.hash === '#draw='")  # so that the next address has the whole stroke
    other.drag("#pad", *ONE)
    other.until("document.getElementById('said').textContent.startsWith('predicted')")
    time.sleep(1)  # until the address, which may have a part of the stroke, has all of it
    radius, points = STROKE.search(other.run("return location.hash")).groups()
    units = [int(points[at : at + 2], 36) for at in range(0, len(points), 2)]
    line = list(zip(units[::2], units[1::2], strict=True))
    assert len(line) > 1
    expect_answer(other, model, image_of([("brush", int(radius, 36), line)], (28, 28)))

    other.run("location.hash = '#image=8'")
    other.until("document.getElementById('position').innerText === 'image 8 of 10,000'")
    expect_answer(other, model, images[8])
    assert other.run("return errors") == []
