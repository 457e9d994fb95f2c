"""The explorer's sliders put other versions of the network in the place of the trained one."""

import numpy as np
import pytest
from axe_core_python.sync_playwright import Axe

import mnistviz
from explorers import DESK, PHONE, draw, facts_in, text, unpacked, until
from mnistviz.config import PageConfig
from mnistviz.datasets.dataset import as_pixels
from mnistviz.drawing.theme import signed_grey
from mnistviz.frame.scales import Scales, typical_ink
from mnistviz.model.flip import flip_away
from mnistviz.model.linear import LinearClassifier

# The levels of the cell of a row and a label, read from a copy: a second reading would be slow.
CELL = """([row, label]) => {
    const copy = new OffscreenCanvas(facts.width, facts.height).getContext('2d');
    copy.drawImage(columns[label].canvases[row], 0, 0);
    const { data } = copy.getImageData(0, 0, facts.width, facts.height);
    return [...data].filter((_, at) => at % 4 === 0);
}"""
LOGITS = "[...view.logits]"
# The texts of the picture that would be saved.
WRITTEN = """[...new DOMParser().parseFromString(slideText(), 'image/svg+xml')
    .querySelectorAll('text')].map((it) => it.textContent)"""


@pytest.fixture(scope="module")
def data(small_digits):
    return mnistviz.load(small_digits)


@pytest.fixture(scope="module")
def model(data):
    return mnistviz.train(data).model


@pytest.fixture(scope="module")
def pages(data, tmp_path_factory):
    """Explorers with sliders, by how weights are drawn."""
    folder = tmp_path_factory.mktemp("sliders")
    for weights in ("gray", "effect"):
        out = folder / f"{weights}.html"
        mnistviz.explore(data, None, out, page=PageConfig(weights=weights))
    return {weights: folder / f"{weights}.html" for weights in ("gray", "effect")}


@pytest.fixture(scope="module")
def versions(pages):
    """The models that the page has as int8, by their places: steps first."""
    weights, _, biases = unpacked(facts_in(pages["gray"])["versions"])
    return [LinearClassifier(w.T, b) for w, b in zip(weights, biases, strict=True)]


def slide(page, slider, place):
    """Move a slider to a place, as a reader does by keyboard."""
    page.locator(f"#{slider}").focus()
    page.keyboard.press("Home")
    for _ in range(place):
        page.keyboard.press("ArrowRight")
    until(page, f"byId('{slider}').value === '{place}' && areUnpacked()")


def shown_pixels(page):
    return np.array(page.evaluate("[...asPixels(sheet.levels)]"))


def numbers(texts):
    """Return the last number of each text."""
    return [float(it.replace("−", "-").split()[-1]) for it in texts]


def scores(model, pixels):
    return pixels @ model.weights.astype(np.float64) + model.bias


@pytest.mark.parametrize("look", ["gray", "effect"])
def test_a_slider_moves_weights_products_and_bars_and_its_end_is_the_trained_network(
    visit, data, model, pages, versions, look
):
    page = visit(pages[look])
    assert not page.evaluate("areUnpacked()")
    exact = page.evaluate("[[...weights], [...bias]]")
    before = page.locator("#film").inner_text()
    page.locator("#course summary").click()
    ink = typical_ink(data.train) if look == "effect" else 1
    last = len(facts_in(pages[look])["versions"]["steps"]) - 1
    for slider, place, at in (("steps", 5, 5), ("smoothness", 4, last + 3), ("steps", 0, 0)):
        slide(page, slider, place)
        version, pixels = versions[at], shown_pixels(page)
        np.testing.assert_allclose(page.evaluate(LOGITS), scores(version, pixels), atol=1e-9)
        np.testing.assert_array_equal(page.evaluate("[...weights]"), version.weights.T.ravel())
        drawn, logits = model.weights * ink, model.logits(as_pixels(data.test.images))
        full = Scales.of(drawn, logits).weight  # of the trained network, in all versions
        for label in (0, 6):
            for row, values in (
                (1, version.weights * ink),
                (2, version.weights * pixels.astype(np.float32)[:, None]),
            ):
                levels = signed_grey(values[:, label], full, 0.75)
                assert page.evaluate(CELL, [row, label]) == levels.tolist()
        said = numbers(page.locator(".number").all_inner_texts())
        np.testing.assert_allclose(said, scores(version, pixels), atol=0.05001)
        said = numbers(page.locator(".column .bias").all_inner_texts())
        np.testing.assert_allclose(said, version.bias, atol=0.05001)
    slide(page, "steps", last)
    assert page.evaluate("[[...weights], [...bias]]") == exact
    page.locator("#course summary").click()
    until(page, "byId('version').hidden")
    assert page.locator("#film").inner_text() == before


def test_page_and_header_say_which_version_it_is_and_how_good(visit, pages):
    page, facts = visit(pages["gray"]), facts_in(pages["gray"])["versions"]
    assert page.locator("#version").is_hidden()
    page.locator("#course summary").click()
    last = facts["steps"][-1]
    assert text(page, "#version") == f"trained, after {last} steps"
    slide(page, "steps", 5)
    share = f"{100 * facts['stepAccuracies'][5]:.1f} %"
    step = facts["steps"][5]
    assert text(page, "#version") == f"after {step} steps of training"
    assert text(page, "#version-text") == f"Step {step} of {last}: {share} of 500 test images right"
    assert page.get_by_role("slider", name="Steps").get_attribute("aria-valuetext") == (
        f"step {step}, {share}"
    )
    assert page.locator("#facts").is_hidden()  # which are of the trained network
    slide(page, "smoothness", 0)
    share = f"{100 * facts['smoothnessAccuracies'][0]:.1f} %"
    assert text(page, "#version") == "trained with a smoothness of 0"
    assert text(page, "#version-text") == f"Smoothness 0: {share} of 500 test images right"
    assert page.locator("#steps").input_value() == str(len(facts["steps"]) - 1)
    slide(page, "smoothness", facts["own"])
    assert text(page, "#version") == f"trained, after {last} steps"


@pytest.mark.parametrize(("slider", "place"), [("steps", 5), ("smoothness", 0)])
def test_a_saved_picture_says_which_version_it_is_of_how_good_and_of_how_many_pixels(
    visit, pages, slider, place
):
    page = visit(pages["gray"])
    at_rest = page.evaluate(WRITTEN)
    page.locator("#course summary").click()
    slide(page, slider, place)
    version, accuracy = text(page, "#version"), text(page, "#version-text")
    assert {version, accuracy} <= {*page.evaluate(WRITTEN)}
    assert not [it for it in page.evaluate(WRITTEN) if "right" in it and it != accuracy]
    page.evaluate("openSum('rows', 7)")
    page.locator("#share summary").click()
    with page.expect_download():
        page.locator("#save-svg").click()
    assert {version, accuracy, text(page, "#sum-text")} <= {*page.evaluate(WRITTEN)}
    page.evaluate("endSum(), open('#')")
    assert page.evaluate(WRITTEN) == at_rest


@pytest.mark.parametrize(("slider", "place"), [("steps", 4), ("smoothness", 3)])
def test_a_link_opens_the_version_that_it_was_copied_from(visit, pages, slider, place):
    page = visit(pages["gray"])
    page.locator("#course summary").click()
    slide(page, slider, place)
    until(page, "location.hash === '#' + addressOf()")
    link = page.evaluate("location.hash")
    assert ("at=" in link, "smooth=" in link) == (slider == "steps", slider == "smoothness")
    other = visit(pages["gray"], link)
    for part in ("#film", "#answer", "#closer"):
        assert other.locator(part).inner_text() == page.locator(part).inner_text()
    assert other.evaluate(LOGITS) == page.evaluate(LOGITS)
    other.evaluate("open('#')")
    assert other.locator("#facts").is_visible()


@pytest.mark.parametrize("link", ["#at=x&smooth=-1", "#at=1e9", "#at=3&step=2", "#smooth=0.5"])
def test_a_broken_link_and_one_into_the_walk_open_the_trained_network(visit, pages, link):
    page = visit(pages["gray"], link)
    assert page.evaluate("state.version") == -1
    assert page.locator("#version").is_hidden()


def test_the_walk_is_about_the_trained_network(visit, pages):
    page = visit(pages["gray"], "#at=3")
    exact = visit(pages["gray"]).evaluate("[...weights]")
    assert page.evaluate("[...weights]") != exact
    page.get_by_role("button", name="How it works").click()
    assert page.evaluate("[...weights]") == exact


def test_the_answer_to_a_drawing_and_what_changes_it_are_those_of_the_version(
    visit, pages, versions
):
    page = visit(pages["gray"])
    page.get_by_role("button", name="Draw your own").click()
    draw(page, (0.5, 0.2), (0.5, 0.8), (0.7, 0.8))
    trained = text(page, "#answer")
    page.locator("#course summary").click()
    slide(page, "steps", 4)
    pixels = shown_pixels(page)
    assert text(page, "#answer") != trained
    assert page.evaluate("view.predicted") == scores(versions[4], pixels).argmax()
    expected = flip_away(versions[4], pixels.astype(np.float32))
    page.get_by_role("button", name="Change its mind").click()
    changed = np.flatnonzero(shown_pixels(page) != pixels)
    assert changed.tolist() == sorted(expected.places.tolist())
    assert f"to {expected.after}" in text(page, "#flipped")
    slide(page, "steps", 6)  # where other pixels do it
    expected = flip_away(versions[6], pixels.astype(np.float32))
    changed = np.flatnonzero(shown_pixels(page) != pixels)
    assert changed.tolist() == sorted(expected.places.tolist())


def test_the_class_that_python_predicts_is_that_of_the_trained_network_alone(visit, pages):
    page = visit(pages["gray"], "#at=0")  # where all scores are the same
    assert page.evaluate("[view.predicted, view.known, new Set(view.logits).size]") == [0, -1, 1]
    page.evaluate("open('#')")
    assert page.evaluate("view.predicted === view.known && view.known >= 0")


def test_it_plays_through_the_steps_to_the_trained_network_and_stops(visit, pages):
    page = visit(pages["gray"])
    steps = facts_in(pages["gray"])["versions"]["steps"]
    page.locator("#course summary").click()
    page.get_by_role("button", name="Watch it learn").click()
    assert text(page, "#version-text").startswith(f"Step 0 of {steps[-1]}: ")
    until(page, "byId('steps').value === '2'")
    page.get_by_role("button", name="Stop").click()
    slide(page, "steps", len(steps) - 3)
    page.get_by_role("button", name="Watch it learn").click()  # it goes on from there
    until(page, "state.version === -1")
    assert page.get_by_role("button", name="Watch it learn").is_visible()
    assert page.get_by_role("slider", name="Steps").input_value() == str(len(steps) - 1)


def test_nothing_moves_under_the_pointer_on_a_slider(visit, pages):
    page = visit(pages["gray"])
    columns = page.locator("#bands").bounding_box()
    page.locator("#sum-start").click()
    page.locator("#course summary").click()
    until(page, "state.sum === null")
    slider = page.locator("#steps").bounding_box()
    page.mouse.click(slider["x"] + slider["width"] / 3, slider["y"] + slider["height"] / 2)
    until(page, "byId('version').textContent.startsWith('after')")
    assert page.locator("#steps").bounding_box() == slider
    page.evaluate("scrollTo(0, 0)")
    assert page.locator("#bands").bounding_box() == columns
    page.locator("#sum-start").click()
    assert page.get_by_role("slider", name="Steps").is_hidden()  # both would take the same room


def test_on_a_phone_the_sliders_stick_below_the_columns_alone_which_learn_in_sight(visit, pages):
    page = visit(pages["gray"], "#at=1", viewport=PHONE)
    pad, panel = (page.locator(part).bounding_box() for part in ("#desk", "#course"))
    assert panel["y"] >= pad["y"] + pad["height"]
    page.locator("#learn").evaluate("it => it.click()")
    page.evaluate("stopLearning()")
    column = page.locator(".column.predicted").bounding_box()
    panel = page.locator("#course").bounding_box()
    assert 0 <= column["y"] < column["y"] + column["height"] <= panel["y"] + 1
    assert panel["y"] + panel["height"] <= PHONE["height"] + 1


@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_the_sliders_are_accessible_and_stay_in_sight_below_the_columns(visit, pages, viewport):
    page = visit(pages["gray"], "#at=1", viewport=viewport)
    assert Axe().run(page)["violations"] == []
    page.locator("#bands").scroll_into_view_if_needed()
    for name in ("Steps", "Smoothness"):
        box = page.get_by_role("slider", name=name).bounding_box()
        assert 0 < box["y"] < viewport["height"] - box["height"]
        assert box["height"] >= (44 if viewport is PHONE else 24)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_a_tick_on_each_slider_marks_the_trained_network(visit, pages):
    page, facts = visit(pages["gray"]), facts_in(pages["gray"])["versions"]
    ticks = "[steps, smoothness].map((slider) => [...slider.list.options].map((it) => +it.value))"
    assert page.evaluate(ticks) == [[len(facts["steps"]) - 1], [facts["own"]]]


def test_a_page_without_versions_has_no_sliders(visit):
    assert visit(link="#at=7").locator("#course").is_hidden()
