"""The walk leaves everything as it was, and no choice of the closer look outlives its drawing."""

from dataclasses import replace

import numpy as np
import pytest

import mnistviz
from explorers import DESK, PHONE, draw, random_set, text, until
from mnistviz.model.kind import KINDS

LEVELS = "[...sheet.levels]"
SEVEN = ((0.3, 0.25), (0.7, 0.25), (0.45, 0.8))
LOOK = "[state.column, state.against]"
PREDICTED = [-1, -1]


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def go_to_mistake(page):
    page.locator("#walk-start").click()
    for _ in range(3):
        press(page, "Next step")


@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_the_buttons_of_the_walk_stay_in_place_and_a_mistake_has_one_to_close(visit, viewport):
    page = visit(viewport=viewport)
    page.locator("#walk-start").click()
    places, closing = set(), []
    for _ in range(5):
        box = page.locator("#walk-next").bounding_box()
        panel = page.locator("#walk").bounding_box()
        if text(page, "#walk-next") == "Next step":  # and not Draw, which is shorter
            places.add((round(box["x"]), round(box["y"] - panel["y"])))
        named = page.get_by_role("button", name="Close", exact=True)
        closing.append(sum(it.is_visible() for it in named.all()))
        if len(closing) < 5:
            page.locator("#walk-next").click()
    assert len(places) == 1
    assert closing == [1] * 5


def test_on_a_phone_the_closer_look_at_a_mistake_is_in_sight_and_covers_no_column(visit):
    page = visit(viewport=PHONE)
    go_to_mistake(page)
    panel, closer, title, loupe, bands = (
        page.locator(part).bounding_box()
        for part in ("#walk", "#closer", "#closer-title", "#loupe", "#bands")
    )
    assert panel["y"] + panel["height"] <= title["y"]
    assert loupe["y"] + loupe["height"] <= PHONE["height"]
    assert closer["y"] + closer["height"] <= bands["y"]
    press(page, "Next step")
    assert not page.locator("#closer").is_visible()


def test_the_walk_returns_to_the_drawing_the_look_and_the_undo_that_were_there_before(visit):
    page = visit(link="#draw=&class=4&against=9")
    draw(page, *SEVEN)
    drawn, undo = page.evaluate(LEVELS), page.evaluate("state.past.length")
    go_to_mistake(page)
    assert page.evaluate(LOOK) != [4, 9]
    page.locator("#walk-end").click()
    assert page.evaluate(LEVELS) == drawn
    assert page.evaluate(LOOK) == [4, 9]
    assert text(page, "#closer-title") == "4 against 9"
    assert page.evaluate("state.past.length") == undo
    press(page, "Undo")
    assert not any(page.evaluate(LEVELS))


def test_a_step_says_nothing_of_its_mistake_once_it_is_changed_and_the_change_stays(visit):
    page = visit(link="#image=9")
    go_to_mistake(page)
    said = text(page, "#walk-text")
    assert said.startswith("This is a")
    draw(page, (0.2, 0.9), (0.8, 0.9))
    assert text(page, "#walk-text").startswith("The pad does not show the mistake")
    press(page, "Undo")
    assert text(page, "#walk-text") == said
    draw(page, (0.2, 0.9), (0.8, 0.9))
    changed = page.evaluate(LEVELS)
    page.locator("#walk-end").click()
    assert page.evaluate(LEVELS) == changed
    assert page.evaluate(LOOK) == PREDICTED


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("softmax", "1 more than another is e ≈ 2.7 times as probable."),
        ("logistic", "The logistic function turns each score into a number from 0 to 1"),
        ("svm", None),
    ],
)
def test_the_walk_says_how_scores_become_percentages_and_this_is_what_the_page_computes(
    visit, tmp_path, kind, said
):
    data, model = random_set((8, 8), 3)
    mnistviz.explore(data, replace(model, kind=KINDS[kind]), tmp_path / "e.html")
    page = visit(tmp_path / "e.html", "#step=1")
    shares = page.evaluate("[0, 1, 2].map((label) => shareOf([1, 0, -2], label))")
    explained = text(page, "#walk-text")
    if said is None:
        assert "percentages" not in explained
        return
    assert said in explained
    assert ("e ≈" in explained) == (kind == "softmax")
    powers = np.exp([1, 0, -2])
    each = powers if kind == "softmax" else powers / (1 + powers)
    np.testing.assert_allclose(shares, each / each.sum())


@pytest.mark.parametrize(
    "act",
    [
        "byId('clear').click()",
        "byId('next').click()",
        "byId('undo').click()",
        "document.querySelector('#tray button').click()",
    ],
)
def test_another_drawing_is_looked_at_afresh_and_back_returns_to_the_choice(visit, act):
    page = visit(link="#draw=")
    draw(page, *SEVEN)
    press(page, "Next")
    assert text(page, "#position").startswith("image")
    page.evaluate("choose(4)")
    until(page, "location.hash.includes('class=4')")
    page.evaluate(act)
    assert page.evaluate(LOOK) == PREDICTED
    if "undo" not in act:
        until(page, "location.hash === '#' + addressOf()")
        page.go_back()
        until(page, "state.column === 4")
