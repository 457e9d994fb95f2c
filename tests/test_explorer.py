"""The explorer in a real browser: what it shows, what it computes, and what it never does."""

import json

import numpy as np
import pytest

import mnistviz
from mnistviz.config import FilmConfig, PageConfig
from mnistviz.model import as_pixels
from mnistviz.scales import Scales
from mnistviz.theme import signed_grey

WIDE = {"width": 1280, "height": 720}


@pytest.fixture(scope="session")
def explorer(digits, trained, tmp_path_factory):
    """Return the file of an explorer of forty test images, a few of them mistaken."""
    path = tmp_path_factory.mktemp("explorer") / "explorer.html"
    mnistviz.explore(digits, trained, path, FilmConfig(indices=tuple(range(8, 48))))
    return path


@pytest.fixture
def visit(browser, explorer):
    """Return what opens the page; it must ask for nothing else, and complain of nothing."""
    contexts, asked, said = [], [], []

    def open_page(path=explorer, link="", **options):
        settings = {"viewport": WIDE, "reduced_motion": "reduce"} | options
        contexts.append(browser.new_context(**settings))
        page = contexts[-1].new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{path.as_uri()}{link}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not [url for url in asked if not url.startswith(("file://", "data:image/svg+xml"))]
    assert not said


def columns(page, part):
    return page.locator(f".column {part}").all_inner_texts()


def test_the_scores_in_all_columns_are_pythons(visit, digits, trained):
    page = visit()
    found = page.evaluate(
        "Array.from({length: PLACES}, (_, place) => [...answer(asPixels(imageAt(place))).logits])"
    )
    expected = trained.model.logits(as_pixels(digits.test.images[8:48]))
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-4)
    shown = [float(text.replace("−", "-")) for text in columns(page, ".number")]
    np.testing.assert_allclose(shown, expected[0], rtol=0, atol=0.05001)


def test_the_cells_have_the_levels_of_the_film(visit, digits, trained):
    page = visit()
    red = """([row, label]) => [...columns[label].canvases[row].getContext('2d')
        .getImageData(0, 0, 28, 28).data].filter((_, at) => at % 4 === 0)"""
    image, model = as_pixels(digits.test.images[8:9])[0], trained.model
    full = Scales.of(model, model.logits(as_pixels(digits.test.images))).weight
    products = signed_grey(model.contributions(image), full)
    for label in (0, 6):
        assert page.evaluate(red, [0, label]) == digits.test.images[8].ravel().tolist()
        expected = signed_grey(model.weights.T[label], full).tolist()
        assert page.evaluate(red, [1, label]) == expected
        assert page.evaluate(red, [2, label]) == products[label].tolist()


def test_a_page_that_computes_other_scores_than_numpy_says_so(visit, explorer, tmp_path):
    assert visit().locator("#alarm").is_hidden()
    text = explorer.read_text("utf-8")
    facts = text.split('id="data">')[1].split("</script>")[0]
    damaged = json.loads(facts)
    damaged["checks"][0][3] += 0.1
    path = tmp_path / "damaged.html"
    path.write_text(text.replace(facts, json.dumps(damaged)), "utf-8")
    assert "other scores than NumPy" in visit(path).locator("#alarm").inner_text()


def test_one_browses_all_mistakes_or_a_class(visit, digits, trained):
    page = visit()
    predicted = trained.model.predict(as_pixels(digits.test.images[8:48]))
    labels = digits.test.labels[8:48]
    assert page.locator("#position").inner_text() == "image 8 of 10,000"
    page.get_by_role("button", name="Next").click()
    assert page.locator("#position").inner_text() == "image 9 of 10,000"
    page.get_by_label("Show").select_option("mistakes")
    wrong = np.flatnonzero(predicted != labels)
    assert page.locator("#place").inner_text() == f"1 of {len(wrong)} mistakes"
    assert page.locator("#position").inner_text() == f"image {8 + wrong[0]} of 10,000"
    page.get_by_label("Show").select_option("all")
    page.get_by_label("of class").select_option("4")
    fours = np.flatnonzero(labels == 4)
    assert page.locator("#place").inner_text() == f"1 of {len(fours)} digits of class 4"
    page.get_by_role("button", name="Previous").click()
    assert page.locator("#position").inner_text() == f"image {8 + fours[-1]} of 10,000"


def test_the_page_of_mnist_is_under_a_megabyte_by_default(digits, trained, tmp_path):
    done = mnistviz.explore(digits, trained, tmp_path / "page.html", page=PageConfig(title="A <b>"))
    assert done.images == 500
    assert done.path.stat().st_size < 1_000_000
    assert "<title>A &lt;b&gt;</title>" in done.path.read_text("utf-8")
