"""The explorer adds the pixels one after another, and what it draws is what it computes."""

import re

import numpy as np
import pytest
from axe_core_python.sync_playwright import Axe

import mnistviz
from explorers import DESK, PHONE, SHOWN, draw, random_set, text, until
from mnistviz.config import SUM_ORDERS
from mnistviz.datasets.dataset import as_pixels
from mnistviz.frame.adding import places_in, settled_after, sums_after
from mnistviz.model.linear import LinearClassifier

CELLS = "columns.map(({ canvases }) => canvases.map((each) => each.toDataURL()))"
LOGITS = "[...view.logits]"
PAGE = "byId('film').innerText + byId('closer').innerText"
PLAYING = {"reduced_motion": "no-preference"}


def image_of(digits, index):
    return as_pixels(digits.test.images[index].reshape(1, -1))[0]


def scrub(page, number):
    slider = page.get_by_label("Pixels added")
    slider.fill(str(number))
    return slider


def first_pixels(pixels, model, order, number):
    """Return an image with its first pixels alone, in an order."""
    products, logits = model.contributions(pixels), model.logits(pixels)
    second, first = np.argsort(logits)[-2:]
    ink = np.flatnonzero(pixels)
    influence = np.abs(products[first] - products[second])[ink]
    if order == "influence":
        ink = ink[np.argsort(-influence, kind="stable")]
    part = np.zeros_like(pixels)
    part[ink[:number]] = pixels[ink[:number]]
    return part


@pytest.mark.parametrize("order", ["rows", "influence"])
@pytest.mark.parametrize("number", [0, 1, 40])
def test_the_bars_are_the_biases_plus_the_sum_over_the_pixels_added(
    visit, digits, trained, order, number
):
    page = visit(link="#image=9")
    page.get_by_role("button", name="Watch the sum").click()
    page.locator("#sum-order").select_option(order)
    scrub(page, number)
    model = trained.model
    part = first_pixels(image_of(digits, 9), model, order, number)
    weights = model.weights.astype(np.float64)
    expected = part.astype(np.float64) @ weights + model.bias
    np.testing.assert_allclose(page.evaluate(LOGITS), expected, rtol=0, atol=1e-9)
    bars = [float(each.split()[-1].replace("−", "-")) for each in texts(page, ".column .number")]
    np.testing.assert_allclose(bars, expected, rtol=0, atol=0.0501)
    heights = page.evaluate("columns.map(({ bar }) => parseFloat(bar.style.height) / 100)")
    np.testing.assert_allclose(
        heights, page.evaluate("[...view.logits].map((it) => Math.abs(lengthOf(it)))"), atol=1e-6
    )
    kept, total = page.evaluate("[[...view.pixels].filter(Boolean).length, +slider.max]")
    assert kept == number
    assert f"{number} of {total} pixels added: {expected.argmax()} leads by " in text(page, "#sum")


def texts(page, part):
    return page.locator(part).all_inner_texts()


def test_while_pixels_are_missing_header_pad_and_frame_are_of_the_sum_so_far(visit):
    page = visit(link="#image=8")  # a 5 that is taken for a 6
    question = text(page, "#closer-title")
    page.locator("#sum-start").click()
    scrub(page, 40)
    leader = page.evaluate("view.logits.indexOf(Math.max(...view.logits))")
    assert leader != page.evaluate("view.whole.predicted")
    assert text(page, "#verdict") == text(page, "#answer") == f"So far, {leader} leads"
    framed = "columns.map(({ root }) => root.className).filter((it) => it !== 'column')"
    assert page.evaluate(framed) == ["column predicted own"]
    assert f"{leader}, leads so far" in page.locator(".own .heading").get_attribute("aria-label")
    assert not page.locator(".percent:visible").count()  # probabilities are of all pixels
    assert page.locator(".line:visible").count() == 10
    assert text(page, "#closer-title") == question  # of all pixels, as is said there
    assert text(page, "#closer-when") == "after all pixels"
    scrub(page, page.evaluate("slider.max"))
    assert text(page, "#closer-title") == question
    assert page.locator("#closer-when").is_hidden()


def test_pixels_that_are_not_added_are_dim_in_the_images_and_absent_in_the_products(
    visit, digits, trained
):
    page = visit(link="#image=9&sum=rows.50")
    pixels = image_of(digits, 9)
    part = first_pixels(pixels, trained.model, "rows", 50)
    drawn = page.evaluate("""columns[4].canvases.map((each) =>
        [...each.getContext('2d').getImageData(0, 0, facts.width, facts.height).data]
            .filter((_, at) => at % 4 === 0))""")
    image, _, product = map(np.array, drawn)
    assert np.array_equal(image[part > 0], np.rint(255 * part[part > 0]))
    left = (part == 0) & (pixels > 0)
    assert np.array_equal(image[left], np.floor(255 * 0.3 * pixels[left] + 0.5))
    assert set(product[part == 0].tolist()) == {128}
    assert (product[part > 0] != 128).any()


def test_at_the_end_the_page_is_as_without_the_sum_and_closing_it_returns(visit):
    page = visit(link="#image=8&class=6")
    before = page.evaluate(CELLS), page.evaluate(LOGITS), page.evaluate(PAGE)
    button = page.get_by_role("button", name="Watch the sum")
    for close in ("button", "Escape", "Escape elsewhere"):
        button.click()
        assert page.evaluate(CELLS) != before[0]
        scrub(page, 10_000 if close == "button" else 7)
        if close == "button":
            scrub(page, page.evaluate("slider.max"))
            ended = page.evaluate(CELLS), page.evaluate(LOGITS)
            assert ended == before[:2]
            page.locator("#sum").get_by_role("button", name="Close").click()
        elif close == "Escape":
            page.keyboard.press("Escape")
        else:
            page.evaluate("document.activeElement.blur()")
            page.keyboard.press("Escape")
        assert page.locator("#sum").is_hidden()
        assert page.evaluate("document.activeElement.id") == "sum-start"
        assert before == (page.evaluate(CELLS), page.evaluate(LOGITS), page.evaluate(PAGE))


@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_the_keyboard_opens_scrubs_and_closes_it(visit, viewport):
    page = visit(link="#image=9", viewport=viewport)
    page.locator("#sum-start").press("Enter")
    assert page.evaluate("document.activeElement.id") == "sum-added"
    for key, added in (("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("Home", 0)):
        page.keyboard.press(key)
        assert page.evaluate("state.sum.added") == added
    assert page.evaluate("slider.getAttribute('aria-valuetext')") == text(page, "#sum-text")
    box = page.locator("#sum").bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= viewport["height"] + 1  # in sight
    assert box["x"] + box["width"] <= viewport["width"]
    label = page.evaluate("viewOfAll().predicted")
    column = page.locator(".column").nth(label).bounding_box()
    assert 0 <= column["y"] < column["y"] + column["height"] <= box["y"] + 1  # the winner's, too
    page.keyboard.press("Escape")
    assert page.evaluate("state.sum") is None
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")  # plays, which is asked for even where less motion is
    until(page, "state.sum.added > 0")


def test_it_plays_to_the_end_and_pauses_but_not_by_itself_where_less_motion_is_asked_for(visit):
    page = visit(link="#image=9")
    page.locator("#sum-start").click()
    page.wait_for_timeout(150)
    assert page.evaluate("[state.sum.added, isRunning()]") == [0, False]
    page = visit(link="#image=9", **PLAYING)
    page.locator("#sum-start").click()
    until(page, "state.sum.added > 3")
    page.get_by_role("button", name="Pause").click()
    added = page.evaluate("state.sum.added")
    page.wait_for_timeout(150)
    assert page.evaluate("[state.sum.added, isRunning()]") == [added, False]
    page.evaluate("addUpTo(+slider.max - 2)")
    page.locator("#sum-play").click()
    until(page, "state.sum.added === +slider.max && !isRunning()")
    assert "leads to the end" in text(page, "#said")


@pytest.mark.parametrize("order", ["rows", "influence"])
@pytest.mark.parametrize("link", ["#image=9", "#draw=b0a1v1k2h1k341k3q1k4c1k3y2e3k3936442s4z"])
def test_a_link_opens_the_sum_where_it_was(visit, link, order):
    page = visit(link=link)
    page.locator("#sum-start").click()
    page.locator("#sum-order").select_option(order)
    scrub(page, 23)
    until(page, "location.hash === '#' + addressOf()")
    copied, logits = page.evaluate("location.hash"), page.evaluate(LOGITS)
    assert f"sum={order}.23" in copied
    other = visit(link=copied)
    assert other.evaluate(LOGITS) == logits
    assert other.locator("#sum-order").input_value() == order
    other.evaluate("open('#image=9')")
    assert other.locator("#sum").is_hidden()


@pytest.mark.parametrize("wrong", ["rows", "rows.", "columns.4", "rows.-1", "rows.1x", ""])
def test_a_link_with_a_damaged_sum_opens_the_image_without(visit, wrong):
    page = visit(link=f"#image=9&sum={wrong}")
    assert page.evaluate("state.sum") is None
    assert page.locator("#sum").is_hidden()
    assert text(page, "#position") == "image 9 of 10,000"


def test_whatever_else_the_reader_does_ends_it(visit):
    page = visit(link="#image=9")
    for act in ("turnTo(1)", "changeMind()", "clear()", "undo()", "play()", "stop(), walk(0)"):
        page.evaluate("state.sum ?? openSum('rows', 5)")
        page.evaluate(act)
        assert page.evaluate("state.sum") is None, act
    page.evaluate("stop(), open('#image=9')")
    page.evaluate("openSum('rows', 5)")
    draw(page, (0.1, 0.1), (0.2, 0.1))
    assert page.evaluate("state.sum") is None
    page.evaluate("clear()")
    assert page.locator("#sum-start").is_disabled()  # nothing to add
    draw(page, (0.5, 0.2), (0.5, 0.8))
    assert page.locator("#sum-start").is_enabled()


RULES = """(order) => Array.from({length: PLACES}, (_, place) => {
    const pixels = asPixels(imageAt(place)), found = answer(pixels, facts.predicted[place]);
    const places = placesIn(order, pixels, found);
    return [places, settledAfter(places, found)];
})"""


@pytest.mark.parametrize("order", SUM_ORDERS)
def test_the_page_orders_pixels_and_settles_the_lead_as_python_does(visit, digits, trained, order):
    model = trained.model
    expected = []
    for index in SHOWN:
        pixels = image_of(digits, index)
        products, logits = model.contributions(pixels), model.logits(pixels)
        places = places_in(order, pixels, products, logits, int(logits.argmax()))
        settled = settled_after(sums_after(places, products, model.bias), int(logits.argmax()))
        expected.append([places.tolist(), settled])
    assert visit().evaluate(RULES, order) == expected
    assert len({settled for _, settled in expected}) > 10


def test_page_and_still_say_alike_from_when_on_a_class_leads_and_call_it_no_decision(
    visit, trained, digits
):
    page = visit(link="#image=9&sum=influence.2")
    said = text(page, "#sum-settled-text")
    still = mnistviz.still(digits, 9, model=trained, sum_order="influence")
    assert said == still.answer
    assert re.fullmatch(r"After \d+ pixels?, 9 leads to the end", said)
    assert "decide" not in text(page, "#sum")  # which parts do, as the closer look says


def test_a_sum_that_the_biases_decide_says_so(visit, tmp_path):
    data, random = random_set((8, 11), 3)
    model = LinearClassifier(random.weights, np.array([200, 0, -300]))
    mnistviz.explore(data, model, tmp_path / "sure.html")
    page = visit(tmp_path / "sure.html", link="#sum=rows.3")
    assert text(page, "#sum-settled-text") == "0 leads from the start, by the biases"


def test_the_result_of_the_tug_of_war_stands_on_its_bar_even_if_biases_decide(visit, tmp_path):
    data, random = random_set((8, 11), 3)
    model = LinearClassifier(random.weights, np.array([200, 0, -300]))
    mnistviz.explore(data, model, tmp_path / "sure.html")
    page = visit(tmp_path / "sure.html")
    for label in (0, 2):
        page.evaluate(f"choose({label})")
        contra, pro, net = page.locator("#tug span").evaluate_all("""
            all => all.map((it) => it.getBoundingClientRect()).map((it) => [it.left, it.right])""")
        assert contra[0] - 0.1 <= net[0] < net[1] <= pro[1] + 0.1


@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_the_panel_is_accessible_and_the_page_no_wider(visit, viewport):
    page = visit(link="#image=9&sum=influence.20", viewport=viewport)
    found = Axe().run(page)["violations"]
    assert not [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]]
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    heights = page.locator("#sum :is(button, input, select)").evaluate_all(
        "all => all.map((each) => each.getBoundingClientRect().height)"
    )
    assert min(heights) >= (43.5 if viewport == PHONE else 30)
