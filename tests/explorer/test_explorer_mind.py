"""The explorer changes the network's mind, by as few pixels as Python finds."""

import re

import numpy as np
import pytest

import mnistviz
from explorers import DESK, PHONE, SHOWN, draw, random_set, text, until
from mnistviz.datasets.dataset import as_pixels
from mnistviz.model.flip import flip_away
from mnistviz.model.linear import LinearClassifier
from scripts_in_node import computed

LEVELS = "[...sheet.levels]"
SAID = re.compile(r"(\d+) pixels? changes? the answer from (\d) to (\d)")
LINE = "b0a1v1k2h1k341k3q1k4c1k3y2e3k3936442s4z"  # a 7


def fewest(model, levels):
    return flip_away(model, as_pixels(np.array([levels], np.uint8))[0])


def test_on_a_phone_what_changed_its_mind_comes_into_sight(visit):
    page = visit(viewport=PHONE, link="#image=9")
    page.locator("#flip").click()
    assert SAID.match(text(page, "#flipped"))
    box = page.locator("#flipped").bounding_box()
    assert 0 <= box["y"] <= box["y"] + box["height"] < PHONE["height"] + 1
    pad = page.locator("#pad").bounding_box()
    assert pad["y"] >= 0  # with all of the picture
    page.locator("#undo").click()
    page.locator("#why").click()
    assert page.locator("#closer").is_visible()  # a sheet, which would cover it
    page.locator("#flip").click()
    assert not page.locator("#closer").is_visible()
    box = page.locator("#flipped").bounding_box()
    assert 0 <= box["y"] <= box["y"] + box["height"] < PHONE["height"] + 1


def test_the_page_finds_as_few_pixels_as_python_does(explorer, digits, trained):
    function = """async () => {
        await unpackImages();
        return Array.from({ length: PLACES }, (_, place) => {
            const pixels = asPixels(imageAt(place));
            const { places, inked, before } = flipAway(pixels, facts.predicted[place]);
            places.forEach((at, number) => (pixels[at] = Number(inked[number])));
            return [places.length, before, answer(pixels).predicted];
        });
    }"""
    found = computed(explorer, "flip", function)
    flips = [fewest(trained.model, digits.test.images[index].ravel()) for index in SHOWN]
    assert found == [[len(it.places), it.before, it.after] for it in flips]
    assert len({count for count, _, _ in found}) > 4


@pytest.mark.parametrize("viewport", [DESK, PHONE])
@pytest.mark.parametrize("link", ["#image=9", f"#image=8&draw={LINE}", f"#draw={LINE}"])
def test_a_button_changes_the_mind_of_the_network_and_undo_changes_it_back(
    visit, trained, link, viewport
):
    page = visit(link=link, viewport=viewport)
    before, predicted = page.evaluate(LEVELS), page.evaluate("view.predicted")
    button = page.get_by_role("button", name="Change its mind")
    assert button.bounding_box()["height"] >= 44
    expected = fewest(trained.model, before)
    for undo in ("button", "keys"):
        stands = page.locator("#undo").bounding_box()["y"]
        button.click()
        if viewport == DESK:
            assert abs(page.locator("#undo").bounding_box()["y"] - stands) < 1
        count, name, other = map(int, SAID.fullmatch(text(page, "#flipped")).groups())
        assert (count, name, other) == (len(expected.places), expected.before, expected.after)
        assert name == predicted != other == page.evaluate("view.predicted")
        after = page.evaluate(LEVELS)
        changed = [at for at in range(784) if before[at] != after[at]]
        assert changed == sorted(expected.places.tolist())
        assert marked(page) == changed
        if undo == "button":
            page.get_by_role("button", name="Undo").click()
        else:
            page.locator("body").press("Control+z")
        assert page.evaluate(LEVELS) == before
        assert text(page, "#flipped") == ""
        assert marked(page) == []


def marked(page):
    """Return the pixels that the marks on the pad are around, in order."""
    return page.evaluate("""() => {
        const box = pad.getBoundingClientRect();
        return [...byId('marks').children].map((mark) => {
            const { x, y } = mark.getBoundingClientRect();
            const column = Math.round(((x - box.x) / box.width) * facts.width);
            return Math.round(((y - box.y) / box.height) * facts.height) * facts.width + column;
        }).sort((a, b) => a - b);
    }""")


@pytest.mark.parametrize("link", ["#image=9", f"#image=8&draw={LINE}", f"#draw={LINE}"])
def test_a_link_opens_the_changed_image(visit, link):
    page = visit(link=link)
    page.evaluate("changeMind()")
    said, after = text(page, "#flipped"), page.evaluate(LEVELS)
    until(page, "location.hash === '#' + addressOf()")
    copied = page.evaluate("location.hash")
    assert re.fullmatch(r".*\bdraw=(.*\.)?f", copied)
    page.evaluate("goTo({ base: 0, strokes: [] })")
    page.evaluate(f"open({copied!r})")
    assert page.evaluate(LEVELS) == after
    assert text(page, "#flipped") == said


def test_a_mind_can_be_changed_again_and_the_pen_goes_on_after_it(visit):
    page = visit(link="#image=9")
    page.evaluate("changeMind(), changeMind()")
    other = page.evaluate("view.predicted")
    assert text(page, "#flipped").endswith(f"to {other}")
    changed = page.evaluate(LEVELS)
    draw(page, (0.9, 0.95), (0.95, 0.95))
    assert text(page, "#flipped") == ""
    assert marked(page) == []
    drawn = page.evaluate(LEVELS)
    assert changed[: 24 * 28] == drawn[: 24 * 28]  # its pixels stay


def test_the_pen_returns_from_the_changed_image_to_the_paper(visit):
    page = visit(link=f"#draw={LINE}")
    paper = page.evaluate("pad.width")
    page.evaluate("changeMind()")
    assert page.evaluate("pad.width") == 28
    draw(page, (0.5, 0.5), (0.6, 0.5))
    assert page.evaluate("pad.width") == paper
    assert page.evaluate("state.drawing.strokes.map(({ tool }) => tool)") == ["brush", "brush"]
    assert text(page, "#flipped") == "Your drawing is back, without the changed pixels."
    page.get_by_role("button", name="Undo").click()
    assert SAID.fullmatch(text(page, "#flipped"))


def test_there_is_no_mind_to_change_where_nothing_is_drawn_or_nothing_can_change_it(
    visit, tmp_path
):
    page = visit(link="#draw=")
    button = page.get_by_role("button", name="Change its mind")
    assert button.is_disabled()
    draw(page, (0.5, 0.2), (0.5, 0.8))
    assert button.is_enabled()
    data, model = random_set((8, 8), 3)
    sure = LinearClassifier(model.weights, np.array([1000, 0, 0]))
    mnistviz.explore(data, sure, tmp_path / "sure.html")
    page = visit(tmp_path / "sure.html")
    assert page.get_by_role("button", name="Change its mind").is_disabled()


@pytest.mark.parametrize(("motion", "pulses"), [("no-preference", 1), ("reduce", 0)])
def test_the_pixels_pulse_once_unless_less_motion_is_asked_for(visit, motion, pulses):
    page = visit(link="#image=9", reduced_motion=motion)
    page.evaluate("changeMind()")
    times = page.evaluate("""[...byId('marks').children].map((mark) =>
        mark.getAnimations().reduce((sum, it) => sum + it.effect.getTiming().iterations, 0))""")
    assert times
    assert set(times) == {pulses}
