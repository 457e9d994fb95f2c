"""Drawing in the explorer gives what the same strokes give in Python, by mouse, finger or key."""

import numpy as np
import pytest

from explorers import PHONE, draw, image_of, tab_to, text, until, write_explorer
from mnistviz.datasets.mnist_form import image_form
from mnistviz.errors import DataError
from scripts_in_node import computed
from slow_strokes import changed, units_of

SEVEN = ((0.3, 0.25), (0.7, 0.25), (0.45, 0.8))
LEVELS = "[...sheet.levels]"


def strokes_in(page):
    """Return the strokes of a page as Python takes them."""
    return [
        (stroke["tool"], stroke["radius"], list(zip(points[::2], points[1::2], strict=True)))
        for stroke in page.evaluate("state.drawing.strokes")
        for points in [stroke["points"]]
    ]


def random_strokes(size, seed):
    """Return two lines of the brush and one of the eraser, well inside of the pad."""
    random = np.random.default_rng(seed)
    units = units_of(*size)
    low, high = np.array(size[::-1]) * units // 4, np.array(size[::-1]) * units * 3 // 4
    strokes = []
    for tool in ("brush", "brush", "eraser"):
        points = [tuple(random.integers(low, high).tolist()) for _ in range(3)]
        strokes.append((tool, int(random.integers(4, 20)), points))
    return strokes


def test_a_digit_drawn_with_the_mouse_is_what_python_makes_of_the_same_strokes(visit):
    page = visit()
    page.get_by_role("button", name="Draw your own").click()
    assert page.get_by_text("Draw a digit here").is_visible()
    draw(page, *SEVEN)
    assert page.get_by_text("Draw a digit here").is_hidden()
    strokes = strokes_in(page)
    assert len(strokes) == 1
    assert len(strokes[0][2]) > 4
    expected = image_of(strokes, (28, 28)).ravel().tolist()
    assert page.evaluate(LEVELS) == expected
    assert text(page, "#verdict").split("\n")[0] == "predicted 7"


@pytest.mark.parametrize(("size", "classes"), [((28, 28), 10), ((12, 20), 2), ((64, 64), 26)])
def test_strokes_are_what_python_makes_of_them_at_any_size(tmp_path, size, classes):
    page = write_explorer(tmp_path, size, classes)
    drawings = [random_strokes(size, seed) for seed in range(3)]
    function = """(drawings) => drawings.map((drawing) => {
        state.drawing = { base: -1, strokes: drawing.map(([tool, radius, points]) =>
            ({ tool, radius, points: points.flat() })) };
        replay();
        return [...sheet.levels];
    })"""
    found = computed(page, "state", function, drawings)
    assert found == [image_of(strokes, size).ravel().tolist() for strokes in drawings]


def test_strokes_on_a_test_image_change_its_pixels_where_they_are(visit, digits):
    page = visit(link="#image=9")
    page.get_by_role("button", name="Eraser").click()
    draw(page, (0.3, 0.5), (0.8, 0.5))
    page.get_by_role("button", name="Brush").click()
    page.get_by_label("Width").fill("7")
    draw(page, (0.5, 0.2), (0.5, 0.7))
    strokes = strokes_in(page)
    assert [(tool, radius) for tool, radius, _ in strokes] == [("eraser", 10), ("brush", 7)]
    expected = np.array(changed(digits.test.images[9].tolist(), strokes))
    assert page.evaluate(LEVELS) == expected.ravel().tolist()
    assert text(page, "#position") == "image 9 of 10,000, changed"
    for _ in strokes:
        page.get_by_role("button", name="Undo").click()
    assert page.evaluate(LEVELS) == digits.test.images[9].ravel().tolist()
    assert page.get_by_role("button", name="Undo").is_disabled()


def test_the_recipe_is_pythons_for_greys_of_any_kind(explorer):
    random, greys, expected = np.random.default_rng(2), [], []
    for kind in range(6):
        grey = random.integers(90, 110 + 20 * kind, (40, 50))
        grey[10:30, 20:25] = random.integers(150, 256) if kind % 2 else random.integers(0, 60)
        rgba = np.stack([grey, grey, grey, np.full_like(grey, 255)], axis=-1).astype(np.uint8)
        greys.append(grey.ravel().tolist())
        expected.append(image_form(rgba, (28, 28)).ravel().tolist())
    function = "(greys) => greys.map((it) => [...imageForm(Uint8Array.from(it), 40, 50).levels])"
    assert computed(explorer, "recipe", function, greys) == expected


def test_what_cannot_be_brought_to_the_form_is_blank_and_explained(visit):
    page = visit()
    page.get_by_role("button", name="Draw your own").click()
    draw(page, (0.3, 0.5), (0.4, 0.5))
    page.get_by_role("button", name="Eraser").click()
    page.get_by_label("Width").fill("22")
    draw(page, (0.2, 0.5), (0.8, 0.5))
    with pytest.raises(DataError):
        image_of(strokes_in(page), (28, 28))
    assert not any(page.evaluate(LEVELS))
    assert text(page, "#complaint") == "Nothing is drawn."
    draw(page, (0.3, 0.2), (0.8, 0.2))  # of nothing, which is no stroke
    assert len(strokes_in(page)) == 2
    assert text(page, "#complaint") == "There is nothing to erase."


def test_the_first_stroke_on_the_image_that_the_page_opens_with_begins_a_drawing(visit):
    page = visit(greets=True)
    draw(page, *SEVEN)
    assert text(page, "#answer").startswith("It says 7")
    assert text(page, "#position") == "your drawing"
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Undo").click()
    assert text(page, "#position").startswith("image ")
    draw(page, *SEVEN)
    assert text(page, "#position").endswith(", changed"), "the reader has chosen it"


def test_the_page_greets_again_when_its_opening_view_is_reloaded_and_no_other(visit):
    page = visit(greets=True)
    for act, begins in (("", True), ("turnTo(1)", False)):
        page.evaluate(act)
        until(page, "location.hash === '#' + addressOf()")
        page.reload()
        page.wait_for_selector("html[data-ready]", state="attached")
        draw(page, *SEVEN)
        changed = text(page, "#position").endswith(", changed")
        assert changed != begins
        page.evaluate("undo(), undo()")


def test_a_button_invites_to_draw_ones_own_while_a_test_image_is_on_the_pad(visit):
    page = visit(link="#image=9")
    button = page.locator("#clear")
    for act, name in (
        ("", "Draw your own"),
        ("changeMind()", "Clear"),
        ("undo()", "Draw your own"),
        ("clear()", "Clear"),
        ("browse(1)", "Draw your own"),
    ):
        page.evaluate(act)
        assert button.inner_text() == name, act
        assert button.evaluate("(it) => it.matches('.primary')") == (name != "Clear")
    draw(page, *SEVEN)
    assert button.inner_text() == "Clear"
    assert text(page, "#position").endswith("changed")  # the stroke is on the image


def test_a_small_drawing_is_said_to_be_enlarged(visit):
    page = visit(link="#draw=")
    draw(page, (0.1, 0.1), (0.14, 0.1))
    longer = 2 * 10 + 1 + 0.04 * 224
    centred = "Centred by its mass, as MNIST\u2019s images are."
    assert text(page, "#complaint") == f"Drawn small, so enlarged {160 / longer:.0f}×. {centred}"
    page.get_by_role("button", name="Clear").click()
    draw(page, *SEVEN)
    assert text(page, "#complaint") == centred


def test_a_pixel_and_its_place_on_the_paper_belong_together(visit):
    """A small square in the corner is enlarged and moved to the middle of its image."""
    page = visit(link="#draw=")
    draw(page, (0.05, 0.05), (0.11, 0.05), (0.11, 0.11), (0.05, 0.11), (0.05, 0.05))
    place = """() => {
        const [box, mark] = [byId('paper'), getComputedStyle(byId('paper'), '::before')];
        return mark.display === 'none' ? null : [parseFloat(mark.left) / box.clientWidth,
            parseFloat(getComputedStyle(byId('paper'), '::after').top) / box.clientHeight];
    }"""
    page.evaluate("pin(14 * 28 + 14)")  # in the middle of the mass
    assert page.evaluate(place) == pytest.approx([0.08, 0.08], abs=0.01)
    page.evaluate("pin(0)")  # outside of the paper
    assert page.evaluate(place) is None
    box = page.locator("#pad").bounding_box()
    for share in (0.05, 0.08, 0.11):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + 0.08 * box["height"])
        assert page.evaluate(place) == pytest.approx([share, 0.08], abs=0.01)
        pixel = [int(page.locator(f"#pixel-{it}").input_value()) for it in ("row", "column")]
        assert pixel == pytest.approx([14, 14 + (share - 0.08) * 28 * 160 / 34], abs=1.5)
    page.mouse.move(0, 0)
    page.evaluate("open('#image=9&pixel=3.7')")
    assert page.evaluate(place) == pytest.approx([7.5 / 28, 3.5 / 28], abs=0.01)


def test_a_finger_draws_and_the_page_does_not_scroll(visit):
    page = visit(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)
    page.get_by_role("button", name="Draw your own").tap()
    box = page.locator("#pad").bounding_box()
    touch = page.context.new_cdp_session(page)
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in SEVEN]
    before = page.evaluate("scrollY")
    for kind, place in zip(("touchStart", "touchMove", "touchMove"), places, strict=True):
        points = [{"x": place[0], "y": place[1], "id": 0}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    other = {"x": places[0][0], "y": places[2][1], "id": 1}  # another finger, which does not draw
    for kind, moved in (("touchStart", 0), ("touchMove", 40)):
        both = [*points, other | {"y": other["y"] - moved}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": both})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert page.evaluate("scrollY") == before
    strokes = strokes_in(page)
    assert len(strokes[0][2]) == 3
    assert page.evaluate(LEVELS) == image_of(strokes, (28, 28)).ravel().tolist()


def test_the_keyboard_alone_draws(visit):
    page = visit()
    tab_to(page, "clear")
    page.keyboard.press("Enter")
    tab_to(page, "pad", "Shift+Tab")
    for key in ("ArrowLeft", "ArrowUp", "ArrowUp", "Space"):
        page.keyboard.press(key)
    for _ in range(4):
        page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowRight")  # lifted, it leaves nothing
    strokes = strokes_in(page)
    assert strokes[0][2] == [(108, 104 + 20 * step) for step in range(5)]
    assert page.evaluate(LEVELS) == image_of(strokes, (28, 28)).ravel().tolist()
    assert text(page, "#said").startswith("predicted 1, ")


def test_a_drawing_survives_browsing_by_undo_by_back_and_in_the_tray(visit):
    page = visit(link="#image=9")
    page.get_by_role("button", name="Draw your own").click()
    draw(page, *SEVEN)
    drawn = page.evaluate(LEVELS)
    until(page, "location.hash === '#' + addressOf()")
    page.locator("#next").press("ArrowRight")
    assert text(page, "#position") == "image 8 of 10,000"
    until(page, "location.hash === '#image=8'")
    page.go_back()
    until(page, "view.place === -1")
    assert page.evaluate(LEVELS) == drawn
    page.get_by_label("Show").select_option("mistakes")
    page.locator("body").press("Control+z")
    assert page.evaluate(LEVELS) == drawn
    page.locator("#walk-start").click()
    kept = page.get_by_role("button", name="Back to a drawing: It says 7")
    assert kept.count() == 1  # though it was left three times
    kept.click()
    assert page.evaluate(LEVELS) == drawn
    draw(page, (0.2, 0.9), (0.8, 0.9))
    page.locator("#walk-next").click()
    assert page.get_by_role("button", name="Back to a drawing").count() == 2


def test_the_tray_keeps_the_last_six_drawings(visit):
    page = visit(link="#draw=")
    for at in range(8):
        draw(page, (0.3, 0.2), (0.4 + 0.04 * at, 0.8))
        page.get_by_role("button", name="Clear").click()
    assert page.locator("#tray button").count() == 6


def test_back_returns_to_the_image_the_filters_and_the_step_before(visit):
    page = visit(link="#image=9")
    until(page, "location.hash === '#image=9'")
    page.get_by_role("button", name="Next").click()
    until(page, "location.hash === '#image=10'")
    page.get_by_label("Show").select_option("mistakes")
    until(page, "location.hash.includes('only=wrong')")
    page.locator("#walk-start").click()
    until(page, "location.hash.includes('step=1')")
    page.go_back()
    until(page, "state.step === -1 && state.only === 'wrong'")
    assert page.locator("#walk").is_hidden()
    page.go_back()
    until(page, "state.only === '' && view.place === 2")
    page.go_back()
    until(page, "view.place === 1")
