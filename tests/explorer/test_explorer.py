"""The explorer in a real browser: it shows and computes what Python does, and loads nothing."""

import json
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from axe_core_python.sync_playwright import Axe

import mnistviz
from explorers import DESK, PHONE, SHOWN, draw, random_set, tab_to, text, until, write_explorer
from mnistviz.config import CONTRASTS, PageConfig, PictureConfig, Selection
from mnistviz.datasets.dataset import as_pixels
from mnistviz.drawing.theme import signed_grey, theme_of
from mnistviz.explorer.colours import signed_colours
from mnistviz.frame.scales import Scales, full_weight
from mnistviz.language.language import ENGLISH
from mnistviz.model.kind import KINDS
from mnistviz.model.linear import LinearClassifier
from mnistviz.model.train import logits_of
from pages import ROOT, blocks
from scripts_in_node import computed

# The cell of a row and a label: red, green, blue and opacity of each pixel.
RGBA = """([row, label]) => [...columns[label].canvases[row].getContext('2d')
    .getImageData(0, 0, facts.width, facts.height).data]"""


@pytest.fixture(scope="module")
def pixels(digits):
    """The images of the page as the model takes them."""
    return as_pixels(digits.test.images[list(SHOWN)])


def columns(page, part):
    return page.locator(f".column {part}").all_inner_texts()


def numbers(texts):
    """Return the last number of each text."""
    return [float(each.replace("−", "-").split()[-1]) for each in texts]


def test_the_scores_in_all_columns_are_pythons(visit, pixels, trained):
    page = visit()
    found = page.evaluate(
        "Array.from({length: PLACES}, (_, place) => [...answer(asPixels(imageAt(place))).logits])"
    )
    expected = trained.model.logits(pixels)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-4)
    np.testing.assert_allclose(numbers(columns(page, ".number")), expected[0], rtol=0, atol=0.05001)


def test_the_page_predicts_as_python_does_where_two_classes_tie_but_for_rounding(visit, tmp_path):
    data, model = random_set((8, 8), 3)
    weights = model.weights.copy()
    weights[:, 1] = weights[:, 0]
    weights[:, 2] = -weights[:, 0]
    tied = LinearClassifier(weights, np.array([0, 1e-8, 0]))  # which float32 adds to no score
    mnistviz.explore(data, tied, tmp_path / "tied.html")
    page = visit(tmp_path / "tied.html")
    images = "Array.from({length: PLACES}, (_, place) => asPixels(imageAt(place)))"
    computed = page.evaluate(f"{images}.map((pixels) => answer(pixels).predicted)")
    predicted = logits_of(tied.centred(), data.test.images).argmax(axis=1)[
        page.evaluate("facts.indices")
    ]
    assert computed != predicted.tolist()  # so the page has to take Python's
    assert page.evaluate("facts.predicted") == predicted.tolist()
    place = predicted.tolist().index(0)
    page.evaluate(f"showImage({place})")
    assert "predicted 0" in text(page, "#verdict")
    page.evaluate("togglePen(), togglePen()")  # of a drawing the page decides
    assert page.evaluate("view.predicted === view.logits.indexOf(Math.max(...view.logits))")


@pytest.mark.parametrize("contrast", CONTRASTS)
def test_the_tone_curve_is_that_of_the_film(digits, trained, tmp_path, contrast):
    page, config = tmp_path / "page.html", PageConfig(contrast=contrast, sliders=False)
    mnistviz.explore(digits, trained, page, Selection(indices=(8,)), config)
    weights = trained.model.weights.T.ravel()
    full = full_weight(weights)
    levels = computed(page, "tones", "() => [...weights].map((weight) => signedLevel(weight))")
    assert levels == signed_grey(weights, full, CONTRASTS[contrast]).tolist()


def test_the_cells_have_the_levels_of_the_film(visit, digits, pixels, trained):
    page, model = visit(), trained.model
    full = Scales.of(model.weights, model.logits(as_pixels(digits.test.images))).weight
    exponent = CONTRASTS[PageConfig().contrast]
    products = signed_grey(model.contributions(pixels[0]), full, exponent)
    for label in (0, 6):
        assert page.evaluate(RGBA, [0, label])[::4] == digits.test.images[8].ravel().tolist()
        expected = signed_grey(model.weights.T[label], full, exponent).tolist()
        assert page.evaluate(RGBA, [1, label])[::4] == expected
        assert page.evaluate(RGBA, [2, label])[::4] == products[label].tolist()


@pytest.mark.parametrize(("before", "after"), [("dark", "light"), ("light", "dark")])
def test_weights_take_the_colours_of_the_theme_that_is_switched_to(visit, tmp_path, before, after):
    page = visit(
        write_explorer(tmp_path, (8, 8), 3, PageConfig(weights="diverging")), color_scheme=before
    )
    page.emulate_media(color_scheme=after)
    theme = theme_of(PictureConfig(theme=after, weights="diverging"))
    zero = "[...new Uint8Array(signedColours.slice(128, 129).buffer)].slice(0, 3).join()"
    until(page, f"{zero} === '{','.join(map(str, theme.signed[1]))}'")
    levels = page.evaluate("[...weights.subarray(0, 64)].map((weight) => signedLevel(weight))")
    shown = page.evaluate(RGBA, [1, 0])
    assert np.reshape(shown, (64, 4))[:, :3].tolist() == theme.signed_colours[levels].tolist()
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == "rgb({}, {}, {})".format(*theme.background)


def test_a_page_that_computes_other_scores_than_numpy_says_so(visit, explorer, tmp_path):
    assert visit().locator("#alarm").is_hidden()
    page = explorer.read_text("utf-8")
    facts = page.split('id="data">')[1].split("</script>")[0]
    damaged = json.loads(facts)
    damaged["checks"][0][3] += 0.1
    path = tmp_path / "damaged.html"
    path.write_text(page.replace(facts, json.dumps(damaged)), "utf-8")
    assert "other scores than NumPy" in text(visit(path), "#alarm")


def test_the_first_screen_says_what_it_is_and_shows_the_pad_and_the_way_to_the_walk(visit):
    page = visit(link="#image=9")
    assert text(page, "h1") == "How does it know this is “9”?"
    lead = "Each of 10 classes has its own weights, which score every pixel."
    assert text(page, "#lead") == f"{lead} The highest score wins. Draw a digit!"
    for part in ("h1", "#lead", "#walk-start", "#pad", ".column .percent", "#facts"):
        box = page.locator(part).first.bounding_box()
        assert box["y"] + box["height"] <= DESK["height"], part
    assert page.locator("#pixel-row").is_hidden()
    page.evaluate("open('#image=8')")
    assert text(page, "h1") == "Why does it say “6”?"
    page.get_by_role("button", name="Draw your own").click()
    assert text(page, "h1") == "What will it see here?"


def test_all_images_mistakes_or_a_class_can_be_browsed(visit, digits, pixels, trained):
    page = visit()
    predicted, labels = trained.model.predict(pixels), digits.test.labels[8:48]
    assert text(page, "#position") == "image 8 of 10,000"
    page.get_by_role("button", name="Next").click()
    assert text(page, "#position") == "image 9 of 10,000"
    page.get_by_label("Show").select_option("mistakes")
    wrong = np.flatnonzero(predicted != labels)
    assert text(page, "#place") == f"1 of {len(wrong)} mistakes"
    assert text(page, "#position") == f"image {8 + wrong[0]} of 10,000"
    page.get_by_label("Show").select_option("all")
    page.get_by_label("of class").select_option("4")
    fours = np.flatnonzero(labels == 4)
    assert text(page, "#place") == f"1 of {len(fours)} digits of class 4"
    page.get_by_role("button", name="Previous").click()
    assert text(page, "#position") == f"image {8 + fours[-1]} of 10,000"


@pytest.mark.parametrize(("order", "sign"), [("most", -1), ("least", 1)])
def test_images_can_be_browsed_by_confidence(visit, pixels, trained, order, sign):
    page = visit()
    page.get_by_label("ordered").select_option(f"{order} confident first")
    shares = trained.model.probabilities(pixels).max(axis=1)
    for place in np.argsort(sign * shares, kind="stable")[:2]:
        assert text(page, "#position") == f"image {8 + place} of 10,000"
        page.get_by_role("button", name="Next").click()


def test_a_link_opens_the_view_that_it_was_copied_from(visit):
    page = visit()
    page.get_by_role("button", name="Next").click()
    page.locator(".heading").nth(4).click()
    page.locator("#against").select_option("9")
    page.get_by_label("Show").select_option("hits")
    page.locator("#probe summary").click()
    page.get_by_label("Pixel in row").fill("12")
    page.get_by_label("column", exact=True).fill("15")
    draw(page, (0.2, 0.2), (0.8, 0.3))
    parts = ("#position", "#verdict", "#place", "#pixel-text", "#closer", "#bands")
    expected = [page.locator(part).text_content() for part in parts]
    until(page, "location.hash.slice(1) === addressOf()")  # it is written after a moment
    other = visit(link=page.evaluate("location.hash"))
    assert [other.locator(part).text_content() for part in parts] == expected


@pytest.mark.parametrize("link", ["#image=1e3&class=99&pixel=-1.5&of=x", "#draw=b0c.%00", "#%%%",
                                  "#image=9999&step=77&draw=" + "b0c0000" * 9_000])  # fmt: skip
def test_a_broken_link_opens_the_page_as_at_the_start(visit, link):
    page = visit(link=link)
    assert text(page, "#position") in ("image 8 of 10,000", "blank paper")
    assert page.locator("#nothing").is_visible() == ("image=" in link)


def test_an_image_that_a_link_names_in_vain_is_named_in_the_header(visit):
    page = visit(link="#image=9999")
    said = "Image 9,999 is not in this page. Here is another."
    assert page.locator("#header").get_by_text(said).is_visible()
    page.get_by_role("button", name="Next").click()
    assert page.get_by_text("not in this page").count() == 0


def test_a_pixel_shows_value_weight_product_and_running_sum_in_all_columns(visit, pixels, trained):
    model, image = trained.model, pixels[0]
    products = model.contributions(image)
    at = int(abs(products).max(axis=0).argmax())  # so that it shows in the sum
    page = visit(link=f"#image=8&pixel={at // 28}.{at % 28}")
    sums = products[:, : at + 1].sum(axis=1) + model.bias
    expected = np.stack([model.weights[at], products[:, at], sums], axis=1)
    lines = page.locator(".column .sums > span")
    texts = lines.evaluate_all("all => all.map((it) => it.lastChild.data)")
    shown = np.reshape(numbers(texts), (10, 3))
    np.testing.assert_allclose(shown, expected, rtol=0, atol=0.051)
    assert abs(shown - expected)[:, :2].max() < 0.00501  # two digits
    predicted = model.predict(pixels[:1])[0]
    said = [f"{image[at]:.2f}", *(f"{it:+.2f}".replace("-", "−") for it in shown[predicted][:2])]
    wanted = f"pixel {said[0]} × weight {said[1]} = {said[2]} for {predicted}"
    assert text(page, "#pixel-text") == wanted


@pytest.mark.parametrize("kind", ["svm", "logistic"])
def test_a_page_shows_the_probabilities_of_a_kind_that_has_some_and_keeps_its_rows_apart(
    visit, tmp_path, kind
):
    data, model = random_set((8, 8), 4)
    model = replace(model, kind=KINDS[kind])
    page_of = PageConfig(weights="effect")
    mnistviz.explore(data, model, tmp_path / "page.html", Selection(count=9), page_of)
    page = visit(tmp_path / "page.html")
    index = page.evaluate("facts.indices[0]")
    logits = model.logits(as_pixels(data.test.images[[index]]))
    if kind == "svm":
        assert page.locator(".percent:visible").count() == 0
        assert "%" not in text(page, "#verdict")
        assert page.evaluate("facts.link") == ""
    else:
        shares = page.evaluate("columns.map((_, label) => shareOf(view.logits, label))")
        np.testing.assert_allclose(shares, model.kind.probabilities(logits)[0], atol=1e-5)
        assert columns(page, ".percent")[0].split()[-1] == "%"
    drawn = page.evaluate(f"({RGBA})([1, 2])")
    deviation = data.train.images.reshape(len(data.train), -1).std(axis=0)
    effect = model.weights * (deviation / deviation.max())[:, None]
    levels = signed_grey(effect.astype("f4"), np.percentile(np.abs(effect), 99.5))[:, 2]
    np.testing.assert_allclose(np.reshape(drawn, (-1, 4))[:, 0], levels, atol=1)
    boxes = [
        page.locator(part).first.bounding_box() for part in (".bars", ".column .bias", "#hint")
    ]
    assert all(one["y"] + one["height"] <= other["y"] + 1 for one, other in pairwise(boxes))


def test_a_pixel_can_be_chosen_with_mouse_or_finger(visit):
    page = visit(has_touch=True)
    for cell in (page.locator(".products canvas").nth(3), page.locator("#loupe")):
        cell.scroll_into_view_if_needed()
        box = cell.bounding_box()
        page.mouse.move(box["x"] + box["width"] * 20.5 / 28, box["y"] + box["height"] * 9.5 / 28)
        assert page.get_by_label("Pixel in row").input_value() == "9"
        assert page.get_by_label("column", exact=True).input_value() == "20"
        cell.tap(position={"x": box["width"] * 2.5 / 28, "y": box["height"] * 3.5 / 28})
        assert page.evaluate("placeOf(state.pixel)") == [3, 2]


def test_a_pixel_is_marked_for_as_long_as_the_pointer_is_there_unless_it_is_pinned(visit):
    page = visit()
    for part in (".weights canvas >> nth=4", "#pad", "#loupe"):
        page.locator(part).hover(position={"x": 30, "y": 30})
        assert page.locator(".pointed").count() == 1, part
        assert " = " in text(page, "#pixel-text")
        assert page.locator(".column .sums").first.is_visible()
        page.mouse.move(5, 5)
        assert page.locator(".pointed").count() == 0, part
        assert page.locator(".column .sums").first.is_hidden()  # the hint is there again
        assert text(page, "#pixel-text") == ""
    page.locator(".weights canvas >> nth=4").hover(position={"x": 30, "y": 30})
    assert text(page, "#pixel-text").endswith(" for 4")
    page.mouse.down()
    page.mouse.up()
    page.mouse.move(5, 5)
    pinned = page.evaluate("state.pixel")
    assert pinned >= 0
    assert page.locator(".pointed").count() == 1
    page.keyboard.press("Escape")
    assert page.evaluate("state.pixel") == -1
    assert page.locator(".pointed").count() == 0


def test_the_mark_of_a_pixel_hides_no_pixel(visit):
    page = visit(link="#image=8&pixel=9.12")
    lines = page.evaluate("""['::before', '::after'].map((part) => {
        const style = getComputedStyle(document.querySelector('.cell.images'), part);
        return [style.width, style.height, style.backgroundImage.includes('rgba(0, 0, 0, 0)')];
    })""")
    assert [lines[0][0], lines[1][1]] == ["1px", "1px"]
    assert lines[0][2]  # open at the pixel itself
    assert lines[1][2]


def test_the_closer_look_adds_up_and_compares_two_classes(visit, pixels, trained):
    page = visit(link="#image=8&class=6&against=5")
    products, bias = trained.model.contributions(pixels[0]), trained.model.bias
    gap = products[6] - products[5]
    expected = [gap[gap > 0].sum(), gap[gap < 0].sum(), bias[6] - bias[5]]
    expected.append(sum(expected))
    shown = page.locator("#balance li > span:nth-child(2)").all_inner_texts()
    np.testing.assert_allclose(numbers(shown), expected, rtol=0, atol=0.0501)
    names = page.locator("#balance li > span:first-child").all_inner_texts()
    assert names[:2] == [f"{(gap > 0).sum()} pixels for 6", f"{(gap < 0).sum()} pixels for 5"]
    page.locator("#against").select_option("no other")
    page.locator(".heading").nth(3).click()
    assert text(page, "#closer-title") == "What speaks for 3, and what against"


def test_a_class_is_compared_with_the_true_one_the_predicted_one_or_the_second(
    visit, trained, pixels
):
    page = visit(link="#image=8")
    assert text(page, "#closer-title") == "Why 6, not 5?"
    page.locator(".heading").nth(3).click()
    assert text(page, "#closer-title") == "Why not 3, but 6?"
    page.evaluate("open('#image=9')")
    second = np.argsort(trained.model.logits(pixels[1]))[-2]
    assert text(page, "#closer-title") == f"Why 9, not {second}?"


@pytest.mark.parametrize("width", [1264, 1280, 1920])
def test_the_closer_look_is_a_panel_in_the_first_screen_where_there_is_room(visit, width):
    page = visit(viewport={"width": width, "height": 720})
    film, loupe, tug = (page.locator(it).bounding_box() for it in ("#film", "#loupe", "#tug"))
    assert loupe["x"] >= film["x"] + film["width"]
    assert tug["y"] + tug["height"] <= 720
    assert page.locator(".band").count() == 1


def test_the_closer_look_is_a_sheet_on_a_phone_and_comes_into_view_on_a_tablet(visit):
    page = visit(viewport=PHONE)
    assert page.locator("#closer").is_hidden()
    page.locator(".column").nth(3).click()
    box = page.locator("#closer").bounding_box()
    assert box["y"] + box["height"] == pytest.approx(PHONE["height"], abs=1)
    page.locator("#closer").get_by_role("button", name="Close").click()
    assert page.locator("#closer").is_hidden()
    page.locator("#why").click()
    assert page.locator("#loupe").is_visible()
    page = visit(viewport={"width": 800, "height": 600})
    page.locator(".column .heading").nth(3).click()
    box = page.locator("#closer-title").bounding_box()
    assert 0 <= box["y"] < 500


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("weights", ["gray", "diverging"])
def test_the_tug_of_war_pulls_to_the_right_in_the_colours_of_the_weights(
    visit, tmp_path, scheme, weights
):
    path = write_explorer(tmp_path, (8, 8), 3, PageConfig(weights=weights))
    page = visit(path, "#class=0&against=1", color_scheme=scheme)
    theme = theme_of(PictureConfig(theme=scheme, weights=weights))
    ends = [[0] * 3, [255] * 3] if theme.signed_colours is None else theme.signed_colours[[0, -1]]
    contra, pro, net = (page.locator(f"#tug .{it}") for it in ("contra", "pro", "net"))
    boxes = [it.bounding_box() for it in (page.locator("#tug"), contra, pro, net)]
    middle = boxes[0]["x"] + boxes[0]["width"] / 2
    assert boxes[1]["x"] + boxes[1]["width"] == pytest.approx(middle, abs=1)
    assert boxes[2]["x"] == pytest.approx(middle, abs=1)
    shown = page.locator("#balance li > span:nth-child(2)").all_inner_texts()
    plus, minus, _, total = numbers(shown)
    unit = boxes[0]["width"] / 2 / max(plus, -minus, abs(total))
    assert boxes[1]["width"] == pytest.approx(-minus * unit, abs=2)
    assert boxes[2]["width"] == pytest.approx(plus * unit, abs=2)
    assert boxes[3]["x"] + boxes[3]["width"] / 2 == pytest.approx(middle + total * unit, abs=2)
    for part, end, sign in ((contra, ends[0], "−"), (pro, ends[1], "+")):
        colour = part.evaluate("it => getComputedStyle(it).backgroundColor")
        assert colour == "rgb({}, {}, {})".format(*end)
        assert part.inner_text() == sign


def test_screen_readers_get_the_prediction_and_the_true_class(visit, pixels, trained):
    page = visit(link="#image=8")
    share = trained.model.probabilities(pixels[:1]).max()
    assert text(page, "#said") == f"predicted 6, {100 * share:.0f} percent; true 5"
    assert page.locator("#said").get_attribute("role") == "status"


def test_the_keyboard_alone_browses_looks_closer_and_walks(visit):
    page = visit()
    tab_to(page, "0")
    for key in ("ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    assert text(page, "#closer-title") == "Why not 2, but 6?"
    tab_to(page, "A pixel by row and column")
    page.keyboard.press("Enter")
    tab_to(page, "pixel-row")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("placeOf(state.pixel)") == [1, 0]
    tab_to(page, "walk-start")
    page.keyboard.press("Enter")
    for step, title in enumerate(
        ("A column", "Why a 0", "Seeing digits", "A mistake", "Try it"), 1
    ):
        assert text(page, "#walk-title").startswith(f"{step} of 5: {title}")
        assert page.evaluate("document.activeElement.id") == "walk-title"
        tab_to(page, "walk-next")
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "pad"
    assert page.locator("#walk").is_hidden()


def test_a_step_of_the_walk_does_not_cover_its_subject_on_a_phone(visit):
    page = visit(viewport=PHONE)
    page.locator("#walk-start").click()
    for step, part in enumerate((".column", ".column", ".column", "#loupe", "#pad")):
        panel, shown = (page.locator(it).first.bounding_box() for it in ("#walk", part))
        assert panel["y"] >= 0, step
        assert panel["y"] + panel["height"] <= shown["y"], step
        assert shown["y"] + min(200, shown["height"]) <= PHONE["height"], step
        page.locator("#walk-next").click()


def test_a_step_of_the_walk_has_few_sentences_and_leaves_half_the_screen_at_200_per_cent(visit):
    page = visit(viewport={"width": 640, "height": 360})
    page.locator("#walk-start").click()
    for most in (3, 2, 2, 2, 2):
        assert len(re.findall(r"[.!?](?= |$)", text(page, "#walk-text"))) <= most
        assert page.locator("#walk").bounding_box()["height"] <= 180
        page.locator("#walk-next").click()


def test_play_goes_on_by_itself_until_it_is_stopped(visit):
    page = visit()
    page.clock.install()
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(5_000)
    assert text(page, "#position") == "image 11 of 10,000"
    page.get_by_role("button", name="Stop").click()
    page.clock.run_for(5_000)
    assert text(page, "#position") == "image 11 of 10,000"


@pytest.mark.parametrize(("motion", "blends"), [("no-preference", True), ("reduce", False)])
def test_images_blend_unless_less_motion_is_asked_for(visit, motion, blends):
    page = visit(reduced_motion=motion)
    page.evaluate("""() => {
        const real = show;
        window.seen = [];
        show = (moment) => { seen.push([...moment.pixels]); real(moment); };
    }""")
    page.get_by_role("button", name="Next").click()
    until(page, f"seen.length > {3 * blends}")
    levels = 255 * np.array(page.evaluate("seen"))
    assert (abs(levels - np.rint(levels)) > 0.01).any() == blends
    until(page, "document.getElementById('position').innerText.startsWith('image 9 ')")


def test_a_blend_is_never_judged_but_shows_the_verdict_of_one_of_its_images(visit):
    page = visit(reduced_motion="no-preference")
    page.evaluate("""() => {
        const real = show;
        window.seen = [];
        show = (moment) => {
            real(moment);
            const marked = columns.map(({ root }) => root.className);
            seen.push(JSON.stringify([byId('verdict').innerText, marked]));
        };
    }""")
    for place in range(6):
        page.get_by_role("button", name="Next").click()
        until(page, f"view.place === {place + 1} && !view.verdict")
        shown = page.evaluate("seen.splice(0)")
        assert len({*shown}) <= 2, shown  # of the image before, and of this one


def test_a_touch_of_the_pen_stays_while_images_blend(visit):
    page = visit(reduced_motion="no-preference")
    page.evaluate("() => { byId('next').click(); togglePen(); togglePen(); }")
    page.wait_for_timeout(400)
    assert page.evaluate("view.changed")
    assert page.evaluate("view.pixels.every((pixel, at) => pixel === moment().pixels[at])")


def test_a_link_is_followed_though_the_page_has_just_written_its_own_address(visit):
    page = visit()
    page.evaluate("""() => {
        location.hash = 'image=20'; // whose event comes after what the page does now
        history.replaceState(null, '', '#image=8');
    }""")
    until(page, "byId('position').innerText.startsWith('image 20 ')")


def test_a_link_that_is_followed_while_images_play_stops_them(visit):
    page = visit()
    page.get_by_role("button", name="Play").click()
    page.evaluate("location.hash = 'image=20'")
    until(page, "byId('position').innerText.startsWith('image 20 ')")
    assert page.get_by_role("button", name="Play").count() == 1


def test_every_link_of_the_docs_opens_its_image(visit, digits, trained, tmp_path):
    docs = Path(__file__).parents[2] / "docs"
    texts = [path.read_text("utf-8") for path in docs.glob("*.md")]
    links = {link for it in texts for link in re.findall(r'explorer\.html(#[^")\s`]+)', it)}
    assert links
    mnistviz.explore(digits, trained, tmp_path / "page.html")
    for link in links:
        page = visit(tmp_path / "page.html", link)
        assert text(page, "#nothing") == "", link
        kept = "new URLSearchParams(addressOf()).get(name) === value"
        until(page, f"[...new URLSearchParams({link[1:]!r})].every(([name, value]) => {kept})")


def test_it_prints_on_one_page(visit):
    page = visit(link="#image=8&class=6")
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


NAMES = ("</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"'><b>&amp;",
         "]]>--><svg onload=alert(1)>", "${alert(1)}{{7*7}}", "$policy</style>",
         "קוף", "x" * 300)  # fmt: skip


def test_names_of_classes_are_text_whatever_they_are(visit, tmp_path):
    path = write_explorer(tmp_path, (8, 8), NAMES, PageConfig(title=NAMES[0]))
    page = visit(path, "#step=1&class=1&against=0&pixel=1.1")
    assert columns(page, ".heading") == list(NAMES)
    assert text(page, "h1") == NAMES[0]
    assert page.title() == NAMES[0]
    assert text(page, "#closer-title") == f"Why {NAMES[1]}, not {NAMES[0]}?"
    page.locator("#contact-title").click()
    taken = page.evaluate("facts.predicted[facts.labels.indexOf(1)]")
    page.evaluate(f"open('#of=1&as={taken}')")
    assert all(f"s {name}" in text(page, "#place") for name in (NAMES[1], NAMES[taken]))
    page.evaluate("open('#of=1')")
    assert f"s {NAMES[1]}" in text(page, "#found")
    assert text(page, "#contact [aria-selected=true]").endswith(NAMES[1])
    assert page.locator("b:not(.labels b), img, svg, script:not(#data)").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_a_name_that_is_written_from_right_to_left_turns_no_sentence_around(visit, tmp_path):
    path = write_explorer(tmp_path, (8, 8), ("\u2069\u202eabc", "קוף"))
    page = visit(path, "#class=0")
    left, right = page.evaluate("""() => {
        const [text, range] = [byId('closer-text').firstChild, document.createRange()];
        const at = text.data.indexOf('probable');
        return [at, at + 4].map((letter) => {
            range.setStart(text, letter);
            range.setEnd(text, letter + 1);
            return range.getBoundingClientRect().left;
        });
    }""")
    assert left < right


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_axe_finds_no_violation(visit, scheme):
    page = visit(link="#image=8&pixel=9.9&class=6&against=5&step=1", color_scheme=scheme)
    page.get_by_text("Save or share").click()
    page.get_by_role("button", name="Copy the link").click()
    page.locator("#copied").wait_for()
    found = Axe().run(page)["violations"]
    assert not [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]]


def test_the_heading_of_a_column_says_what_it_is_to_a_screen_reader(visit, trained, pixels):
    page = visit(link="#image=8")
    scores = [ENGLISH.signed(it) for it in trained.model.logits(pixels[0])]
    for label, mark in ((6, "predicted, "), (5, "true class, "), (0, "")):
        name = f"{label}, {mark}score {scores[label]}"
        assert page.get_by_role("button", name=name, exact=True).count() == 1


def test_forced_colours_frame_the_true_and_the_predicted_column_alone(visit):
    page = visit(link="#image=8", forced_colors="active")
    styles = page.locator(".frame").evaluate_all(
        "all => all.map(e => getComputedStyle(e).outlineStyle)"
    )
    assert {at: it for at, it in enumerate(styles) if it != "none"} == {5: "solid", 6: "dashed"}


@pytest.mark.parametrize(("width", "density"), [(360, 3), (768, 1.5), (1280, 1), (3840, 1)])
def test_every_cell_has_whole_pixels_of_the_screen_and_nothing_is_wider(visit, width, density):
    page = visit(viewport={"width": width, "height": 900}, device_scale_factor=density)
    page.evaluate("openCloser()")
    cells = page.evaluate("""() => [...document.querySelectorAll('.cell canvas')]
        .map((it) => it.getBoundingClientRect()).map(({width, height}) => [width, height])""")
    k = np.array(cells) * density / 28
    np.testing.assert_allclose(k, np.rint(k), atol=0.02)
    assert k.min() >= 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_phone_has_two_bands_with_text_to_read_and_targets_for_a_thumb(visit):
    page = visit(viewport=PHONE, link="#image=8&pixel=9.9")
    assert page.locator(".band").count() == 2
    page.get_by_role("button", name="Draw your own").click()
    draw(page, (0.3, 0.2), (0.7, 0.8))
    page.evaluate("showImage(3), openCloser()")
    small, low = page.evaluate("""() => {
        const visible = [...document.querySelectorAll('main *')].filter((it) =>
            it.checkVisibility({ visibilityProperty: true }) && !it.closest('.unseen, .word'));
        const said = visible.filter((it) =>
            [...it.childNodes].some((each) => each.nodeType === 3 && each.data.trim()));
        const targets = visible.filter((it) => it.matches('button, select, input, summary'));
        const size = (it) => it.getBoundingClientRect();
        return [
            said.filter((it) => parseFloat(getComputedStyle(it).fontSize) < 14),
            targets.filter((it) => Math.min(size(it).width, size(it).height) < 43.5),
        ].map((all) => all.map((it) => it.outerHTML.slice(0, 80)));
    }""")
    assert small == []
    assert low == []


def test_names_without_room_lose_what_all_begin_with(visit, tmp_path):
    names = tuple(f"mathematical letter {it}" for it in "abcdefgh")
    page = visit(write_explorer(tmp_path, (28, 28), names), viewport=PHONE)
    assert columns(page, ".heading") == list("abcdefgh")
    title = page.locator(".heading").first.get_attribute("aria-label")
    assert title.startswith(names[0])


def test_labels_of_low_rows_do_not_overlap(visit):
    page = visit(viewport={"width": 960, "height": 540})
    boxes = page.evaluate("""() => [...document.querySelectorAll('.labels > div:not(.sums)')]
        .map((it) => it.getBoundingClientRect()).map(({top, bottom}) => [top, bottom])""")
    assert all(above[1] <= below[0] for above, below in pairwise(boxes))


def test_many_classes_of_large_images_stand_in_bands(visit, tmp_path):
    path = write_explorer(tmp_path, (64, 64), 26)
    assert path.stat().st_size < 1_000_000
    page = visit(path, "#step=4", viewport={"width": 360, "height": 740})
    assert "+" not in text(page, "#walk-text")  # so small a pixel has no sign
    assert page.locator(".band").count() > 2
    assert page.locator(".column").count() == 26
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_page_works_in_a_frame_that_may_only_run_scripts(visit, explorer):
    around = explorer.with_name("around.html")
    around.write_text('<iframe src="explorer.html#image=9" sandbox="allow-scripts" width="1200" '
                      'height="700"></iframe>', "utf-8")  # fmt: skip
    page = visit(around).frame_locator("iframe")
    assert text(page, "#position") == "image 9 of 10,000"
    page.get_by_role("button", name="Next").click()
    assert text(page, "#position") == "image 10 of 10,000"


@pytest.mark.parametrize("width", [360, 1280])
def test_a_frame_can_be_as_high_as_the_page_in_it_by_the_recipe_of_the_docs(visit, explorer, width):
    recipe = [it.text for it in blocks(ROOT / "docs" / "explorer.md") if it.language == "html"][1]
    around = explorer.with_name("around.html")
    around.write_text(f"<!doctype html>{recipe}", encoding="utf-8")
    page = visit(around, viewport={"width": width, "height": 500})
    inside = page.frame_locator("iframe").locator("html[data-ready]")
    inside.wait_for(state="attached")
    page.wait_for_timeout(300)
    high = inside.evaluate("[document.documentElement.scrollHeight, innerHeight]")
    assert high[0] == high[1] > 500


def test_the_policy_lets_nothing_else_run_or_load(browser, explorer):
    page = browser.new_page()
    page.goto(explorer.as_uri())
    blocked = page.evaluate("""async () => {
        const kinds = [];
        addEventListener('securitypolicyviolation', (it) => kinds.push(it.effectiveDirective));
        for (const [name, text] of [['script', 'window.ran = 1'], ['style', 'p {}']]) {
            document.body.append(Object.assign(document.createElement(name), {textContent: text}));
        }
        await fetch('data:,x').catch(() => 0);
        await new Promise((done) => setTimeout(done, 100));
        return [kinds, typeof ran];
    }""")
    page.close()
    assert blocked == [["script-src-elem", "style-src-elem", "connect-src"], "undefined"]


def marks(page):
    """Return the parts of the verdict, each with its kind, and the kinds of each column."""
    verdict = page.locator("#verdict span").evaluate_all(
        "all => all.map(e => [e.className, e.innerText])"
    )
    kinds = page.locator(".column").evaluate_all(
        "all => all.map(e => [...e.classList].sort().join(' '))"
    )
    return verdict, kinds


@pytest.mark.parametrize(("image", "true", "predicted"), [(9, 9, 9), (8, 5, 6)])
def test_right_and_wrong_have_their_mark_their_words_and_their_columns(
    visit, pixels, trained, image, true, predicted
):
    share = ENGLISH.probability(trained.model.probabilities(pixels[[SHOWN.index(image)]]).max())
    verdict, kinds = marks(visit(link=f"#image={image}"))
    if true == predicted:
        assert verdict == [
            ["mark true", "✓"],
            ["true", f"predicted {true}"],
            ["share", share],
        ]
        expected = {true: "column predicted true"}
    else:
        assert verdict == [
            ["mark wrong", "✗"],
            ["wrong", f"predicted {predicted}"],
            ["share", share],
            ["true", f"true {true}"],
        ]
        expected = {predicted: "column predicted wrong", true: "column true"}
    assert {label: kind for label, kind in enumerate(kinds) if kind != "column"} == expected


def test_a_drawing_of_ones_own_is_neither_right_nor_wrong(visit):
    page = visit(link="#draw=")
    draw(page, (0.5, 0.2), (0.5, 0.8))
    verdict, kinds = marks(page)
    assert [kind for kind, _ in verdict] == ["own", "share"]
    marked = [kind for kind in kinds if kind != "column"]
    assert marked == ["column own predicted"]
    ink = page.evaluate("getComputedStyle(document.body).color")
    own = page.locator(".own")
    for part, colour in ((".bar", "backgroundColor"), (".frame", "outlineColor")):
        shown = own.locator(part).evaluate(f"it => getComputedStyle(it).{colour}")
        assert shown == ink, part
    assert page.locator(".line:visible").count() == 9  # across the others
    name, share = (it for _, it in verdict)
    assert text(page, "#answer") == f"It says {name.split()[-1]} · {share}"


def test_blank_paper_is_not_judged(visit):
    page = visit(link="#draw=")
    assert text(page, "#verdict") == "Nothing drawn. Only the biases speak."
    assert text(page, "#answer") == ""
    assert set(marks(page)[1]) == {"column"}
    assert page.locator(".line:visible").count() == 0


def test_the_colours_that_the_page_names_are_those_that_it_draws(visit, tmp_path):
    grey, coloured = (
        visit(write_explorer(tmp_path, (8, 8), 3, PageConfig(weights=kind))).evaluate(
            "showImage(worstMistake()),"
            "[facts.words.true, facts.words.false, signsText(), ...STEPS.map((it) => it().text)]"
        )
        for kind in ("gray", "diverging")
    )
    assert grey[:2] == coloured[:2] == ["green", "orange"]
    greys, colours = (re.compile(rf"\b({names})\b") for names in ("light|dark", "blue|red"))
    for said, names, others in ((grey, greys, colours), (coloured, colours, greys)):
        assert not others.search(" ".join(said[2:]))
        named = [bool(names.search(each)) for each in said[2:]]
        assert named == [True, False, True, True, True, False]
    assert "and light speak for it" in grey[2]
    assert "and blue speak for it" in coloured[2]
    levels = np.frombuffer(signed_colours(PageConfig(weights="diverging"))["dark"], np.uint8)
    against, for_it = levels.reshape(-1, 3)[[0, -1]]
    assert against.argmax() == 0
    assert for_it.argmax() == 2


@pytest.mark.parametrize("step", [1, 2])
def test_a_link_to_a_step_of_the_walk_opens_that_step(visit, step):
    page = visit(link=f"#step={step}")
    assert page.evaluate("[state.step, addressOf()]") == [step - 1, f"image={SHOWN[0]}&step={step}"]
