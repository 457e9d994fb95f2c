"""The explorer enlarged, as by 200 % zoom, and on a phone."""

import pytest

import mnistviz
from explorers import DESK, PHONE, draw, text
from mnistviz.config import Selection, Wording

ZOOMED = {"width": 640, "height": 360}
COVERED = """(parts) => {
    const boxOf = (part) => {
        const range = document.createRange();
        range.selectNodeContents(part);
        return (part.textContent ? range : part).getBoundingClientRect();
    };
    const all = [...document.querySelectorAll(parts)].map((part) => [part, boxOf(part)])
        .filter(([, box]) => box.width > 1 && box.height > 1);
    const meet = (one, other) =>
        Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
        Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1;
    return all.flatMap(([part, box], at) => all.slice(0, at).filter(([, other]) => meet(box, other))
        .map(([other]) => [part, other].map(({ id, className }) => id || className)));
}"""
CLOSER = (
    "#closer-end, #closer .cell, #closer-title, #decisive, #closer label, "
    "#tug, #balance li, #closer-text"
)


@pytest.mark.parametrize("language", ["en", "de", "he"])
def test_nothing_in_the_closer_look_covers_another_part(visit, digits, trained, tmp_path, language):
    path = tmp_path / "explorer.html"
    said = {"page": mnistviz.PageConfig(sliders=False), "wording": Wording(language)}
    mnistviz.explore(digits, trained, path, Selection(indices=(8, 9)), **said)
    page = visit(path, viewport=DESK)
    for size in (DESK, ZOOMED, PHONE):
        page.set_viewport_size(size)
        page.evaluate("openCloser()")
        assert page.evaluate(COVERED, CLOSER) == []
        page.evaluate("byId('table').style.setProperty('--loupe', '252px')")  # of any size
        assert page.evaluate(COVERED, CLOSER) == []


@pytest.mark.parametrize("width", [640, 650, 965, 1200])
def test_percentages_stay_apart(visit, width):
    page = visit(viewport={"width": width, "height": 360})
    assert page.evaluate(COVERED, ".column .percent") == []


def test_a_phone_speaks_of_taps_and_says_what_the_symbols_before_the_rows_mean(visit):
    page = visit(viewport=PHONE, has_touch=True, is_mobile=True)
    assert text(page, "#hint").startswith("Tap a pixel:")
    assert text(page, "#pad-help") == "Draw your own, or browse to an image and draw on it."
    assert page.locator(".labels").first.inner_text().split() == ["×", "=", "Σ", "%", "b"]
    words = ("× weights", "= product", "Σ score", "% softmax", "b bias")
    assert page.locator("#key > span").all_inner_texts() == list(words)
    page = visit()
    assert text(page, "#hint").startswith("Point at a pixel:")
    assert "Space sets it down" in text(page, "#pad-help")
    assert page.locator("#key").is_hidden()


def test_a_new_drawing_clear_and_the_walk_let_a_pixel_go(visit):
    page = visit(link="#image=9")
    for leave in (
        lambda: page.locator("#clear").click(),
        lambda: draw(page, (0.3, 0.3), (0.6, 0.6)),
        lambda: page.locator("#walk-start").click(),
    ):
        page.locator("#loupe").click()
        assert page.evaluate("state.pixel") >= 0
        leave()
        assert page.evaluate("state.pixel") == -1


DIMMED = "columns.map((each) => each.canvases.map((it) => getComputedStyle(it).opacity < 1))"
SPOKEN_OF = """() => {
    const top = byId('walk').getBoundingClientRect().bottom;
    const [images, weights, products] = columns[Math.max(state.column, 0)].canvases;
    const bars = columns[0].root.querySelector('.bars');
    const parts = [[images], [weights, products], [weights], [byId('loupe')], [bars, byId('pad')]];
    return parts[state.step].filter((part) => {
        const { y, height } = part.getBoundingClientRect();
        const inSight = y + height / 4 >= top && y + Math.min(120, height) <= innerHeight + 1;
        return !inSight || getComputedStyle(part).opacity < 1;
    }).map(({ id, className }) => id || className || 'cell');
}"""


@pytest.mark.parametrize(("size", "out_of_sight"), [(PHONE, []), (ZOOMED, ["pad"]), (DESK, [])])
def test_what_a_step_of_the_walk_speaks_of_is_in_sight_and_not_dimmed(visit, size, out_of_sight):
    page = visit(viewport=size)
    page.locator("#walk-start").click()
    for step in range(5):
        hidden = page.evaluate(SPOKEN_OF)
        assert hidden == (out_of_sight if step == 4 else []), step  # no room for it
        dimmed = page.evaluate(DIMMED)
        if step == 1:
            assert dimmed == [[False] * 3] + 9 * [[True] * 3]
        elif step == 2:
            assert dimmed == 10 * [[True, False, True]]
        elif step == 3:
            assert sum(map(any, dimmed)) == 8  # all but the two that it names
        page.locator("#walk-next").click()
