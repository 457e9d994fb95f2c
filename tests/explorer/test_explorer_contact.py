"""The explorer's contact sheet: all images to browse as thumbnails, however many they are."""

import re

import numpy as np
import pytest
from axe_core_python.sync_playwright import Axe

import mnistviz
from explorers import DESK, PHONE, SHOWN, random_set, tab_to, text, until
from mnistviz.config import ALL, Selection, Wording
from mnistviz.datasets.dataset import as_pixels

OPTIONS = "#contact [role=option]"
# Of the first part: the levels that its canvas shows in the place of each thumbnail.
SHADES = """() => {
    const part = byId('contact').firstChild, { lastChild: canvas } = part;
    const around = canvas.getBoundingClientRect(), scale = canvas.height / around.height;
    const { data, width } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return [...part.querySelectorAll('button')].map((it) => {
        const box = it.getBoundingClientRect(), shown = [];
        const middle = (box.x + box.width / 2 - around.x) / around.width * width;
        const [top, reach] = [Math.round((box.y - around.y) * scale), facts.width / 2 + 3];
        for (let y = top; y < top + Math.floor(box.height * scale); y++) {
            for (let x = Math.max(0, Math.round(middle - reach)); x < middle + reach; x++) {
                if (data[4 * (y * width + x) + 3]) shown.push(data[4 * (y * width + x)]);
            }
        }
        return shown;
    });
}"""


@pytest.fixture(scope="session")
def whole(digits, trained, tmp_path_factory):
    """An explorer of all 10,000 test images."""
    path = tmp_path_factory.mktemp("whole") / "explorer.html"
    mnistviz.explore(digits, trained, path, Selection(count=ALL, order="file"))
    return path


def opened(page):
    page.locator("#contact-title").click()
    page.locator(OPTIONS).first.wait_for()
    return page


def names(page):
    return page.locator(OPTIONS).evaluate_all("all => all.map((it) => it.ariaLabel)")


def test_the_sheet_shows_all_images_to_browse_in_their_order_with_their_verdicts(
    visit, digits, trained
):
    page = opened(visit())
    predicted = trained.model.predict(as_pixels(digits.test.images[list(SHOWN)]))
    said = {
        index: (f"test digit {index}, true {true}, predicted {other}", other == true)
        for index, true, other in zip(SHOWN, digits.test.labels[8:48], predicted, strict=True)
    }
    assert names(page) == [name for name, _ in said.values()]
    shown = page.locator(OPTIONS).all_inner_texts()
    assert shown[0].split() == ["✗", "6", "✓", "5"]
    marks = ["✓" if right else "✗" for _, right in said.values()]
    assert [each.split()[0] for each in shown] == marks
    page.get_by_label("Show").select_option("mistakes")
    until(page, f"document.querySelectorAll('{OPTIONS}').length < 40")
    assert names(page) == [name for name, right in said.values() if not right]
    page.get_by_label("Show").select_option("hits")
    page.get_by_label("ordered").select_option("least confident first")
    page.wait_for_timeout(100)
    order = page.evaluate("browsed().map((place) => facts.indices[place])")
    assert names(page) == [said[index][0] for index in order]


@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_a_thumbnail_shows_its_image_and_a_click_shows_it_large(visit, digits, viewport):
    page = opened(visit(viewport=viewport))
    assert page.evaluate(SHADES) == digits.test.images[8:48].reshape(40, -1).tolist()
    assert page.locator("[aria-selected=true]").get_attribute("data-at") == "0"
    page.locator(OPTIONS).nth(12).click()
    assert text(page, "#position") == "image 20 of 10,000"
    assert page.locator("[aria-selected=true]").get_attribute("data-at") == "12"
    box = page.locator("#verdict").bounding_box()
    assert 0 <= box["y"] < viewport["height"] - box["height"]
    until(page, "location.hash === '#image=20'")  # it is written after a moment
    page.go_back()
    until(page, "byId('position').textContent.startsWith('image 8 ')")
    assert page.locator("[aria-selected=true]").get_attribute("data-at") == "0"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_keyboard_walks_the_thumbnails_from_one_tab_stop(visit, tmp_path, language):
    data, model = random_set((8, 8), 3)
    out = tmp_path / "page.html"
    mnistviz.explore(data, model, out, wording=Wording(language))
    page = opened(visit(out))
    tab_to(page, "contact-title")
    page.keyboard.press("Tab")
    focused = "Number(document.activeElement.dataset.at)"
    assert page.evaluate(focused) == 0
    across = page.evaluate("contact.across")
    forward, back = ("ArrowRight", "ArrowLeft") if language == "en" else ("ArrowLeft", "ArrowRight")
    for key, at in ((forward, 1), (forward, 2), (back, 1), ("End", 11), ("Home", 0), (back, 0),
                    ("ArrowDown", min(across, 11)), ("ArrowUp", 0), ("End", 11)):  # fmt: skip
        page.keyboard.press(key)
        assert page.evaluate(focused) == at, key
    left, right = (page.locator(OPTIONS).nth(at).bounding_box()["x"] for at in (0, 1))
    assert (left < right) == (language == "en")
    page.keyboard.press("Enter")
    assert page.evaluate("[state.drawing.base, " + focused + "]") == [11, 11]
    page.keyboard.press("Tab")
    assert not page.evaluate("byId('contact').contains(document.activeElement)")
    assert page.locator("#contact [tabindex='0']").count() == 1


def test_of_ten_thousand_images_only_those_in_view_are_made(visit, whole):
    page = opened(visit(whole))
    count = f"document.querySelectorAll('{OPTIONS}').length"
    assert page.evaluate(f"[PLACES, {count} < 400]") == [10_000, True]
    page.locator("#contact").evaluate("it => (it.scrollTop = it.scrollHeight)")
    page.locator("[data-at='9999']").wait_for()
    assert page.evaluate(f"{count} < 400")
    page.locator(f"{OPTIONS}[tabindex='0']").focus()
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    size = page.evaluate("partSize()")
    assert page.evaluate("document.activeElement.ariaPosInSet") == str(2 * size + 1)
    page.evaluate("open('#image=7777')")
    shown = page.locator("[data-at='7777']")
    inside, around = shown.bounding_box(), page.locator("#contact").bounding_box()
    assert around["y"] <= inside["y"] < around["y"] + around["height"]
    assert page.evaluate(f"{count} < 400")


@pytest.mark.parametrize("index", [0, 1, 4999, 9999])
def test_a_page_of_all_images_opens_a_link_to_each_of_them(visit, whole, digits, index):
    page = visit(whole, f"#image={index}")
    assert text(page, "#position") == f"image {index:,} of 10,000"
    assert page.evaluate("[...sheet.levels]") == digits.test.images[index].ravel().tolist()
    assert text(page, "#nothing") == ""


def test_images_of_one_class_that_are_taken_for_another_can_be_browsed_and_linked(
    visit, whole, digits, trained
):
    predicted = trained.model.predict(as_pixels(digits.test.images))
    found = np.flatnonzero((digits.test.labels == 4) & (predicted == 9))
    page = visit(whole, "#of=4&as=9")
    assert text(page, "#position") == f"image {found[0]} of 10,000"
    assert text(page, "#place") == f"1 of {len(found)} digits of class 4 predicted as 9"
    assert page.get_by_label("predicted as").input_value() == "9"
    page.get_by_label("of class").select_option("any")
    taken = int((predicted == 9).sum())
    assert text(page, "#place").endswith(f" of {taken:,} digits predicted as 9")
    assert text(page, "#found") == f"{taken:,} digits predicted as 9"
    until(page, "location.hash.endsWith('&as=9')")
    page.evaluate("open('#only=right&of=4&as=9')")
    found = page.locator("#browse").get_by_role("status")
    assert found.inner_text() == "No image of this page is like that."
    page.evaluate("clear()")  # of which there is no place among the images
    assert text(page, "#place") == text(page, "#nothing") == ""
    page.get_by_label("Show").select_option("all")
    assert re.fullmatch(r"\d+ digits of class 4 predicted as 9", found.inner_text())


@pytest.mark.parametrize("viewport", [DESK, PHONE])
@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_the_sheet_can_be_read_and_hit_by_everybody(visit, viewport, scheme):
    page = opened(visit(viewport=viewport, color_scheme=scheme))
    found = Axe().run(page, "#browse")["violations"]
    assert not [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]]
    low = page.locator(OPTIONS).evaluate_all("""all => all.filter((it) => {
        const {width, height} = it.getBoundingClientRect();
        const text = it.lastChild.getBoundingClientRect();
        return Math.min(width, height) < 44 || text.bottom > it.getBoundingClientRect().bottom
            || parseFloat(getComputedStyle(it).fontSize) < 14;
    }).length""")
    assert low == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_forced_colours_frame_the_thumbnail_of_the_image_that_is_shown(visit):
    page = opened(visit(forced_colors="active"))
    styles = page.locator(OPTIONS).evaluate_all(
        "all => all.map((it) => getComputedStyle(it).outlineStyle)"
    )
    assert styles[0] == "solid"
    assert set(styles[1:]) == {"none"}
