"""Stills that answer a question: which pixels would change the answer, and why A, not B."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis.strategies import floats, integers, lists

import mnistviz
from commands import assert_refused, run
from explorers import random_set
from mnistviz import PictureConfig
from mnistviz.datasets.dataset import as_pixels
from mnistviz.drawing.raster import rasterise
from mnistviz.drawing.scene import Cell, Rectangle, Text
from mnistviz.drawing.theme import grey, signed_grey, theme_of
from mnistviz.errors import OptionError
from mnistviz.frame.adding import places_in
from mnistviz.frame.curves import spread
from mnistviz.frame.decisive import decisive
from mnistviz.frame.scales import full_weight
from mnistviz.language.language import ENGLISH
from mnistviz.model.linear import LinearClassifier

SIZES = [(640, 360), (1280, 720), (1080, 1080), (450, 800), (1024, 768)]


def cells_of(still):
    return [each for each in still.scene.elements if isinstance(each, Cell)]


def texts_of(still):
    return [each for each in still.scene.elements if isinstance(each, Text)]


@pytest.mark.parametrize("flip", ["any", "8"])
def test_the_flip_shows_an_image_that_the_model_takes_for_the_class(digits, trained, flip):
    still = mnistviz.still(digits, 1, model=trained, flip=flip)
    before, _, after = cells_of(still)
    image = digits.test.images[1]
    assert np.array_equal(before.levels, grey(as_pixels(image[None])[0]).reshape(image.shape))
    changed = int((before.levels != after.levels).sum())
    logits = trained.model.logits(as_pixels(image[None])[0])
    new = trained.model.logits(as_pixels(after.levels[None])[0])
    expected = int(new.argmax())
    assert expected != logits.argmax() if flip == "any" else expected == 8
    headline = f"{changed} pixels change the answer from {logits.argmax()} to {expected}"
    assert headline in [text.text for text in texts_of(still)]
    assert still.description.endswith(headline)
    assert set(after.levels[before.levels != after.levels].tolist()) <= {0, 255}


def test_the_map_of_why_is_the_difference_of_the_products(digits, trained):
    still = mnistviz.still(digits, 4, model=trained, why=("4", "9"))
    (cell,) = cells_of(still)
    model = trained.model.centred()
    pixels = as_pixels(digits.test.images[4][None])[0]
    products = model.contributions(pixels)
    full = full_weight(model.weights)
    expected = signed_grey(products[4] - products[9], full)
    assert np.array_equal(cell.levels.ravel(), expected)


def test_the_sentence_names_the_part_that_decides_if_one_does(digits, trained):
    found = {check_sentence(digits, trained, index) for index in (4, 6, 8, 9, 18)}
    assert found == {True, False}


def check_sentence(digits, trained, index):
    """Check the sentence about one image; return whether a part decides."""
    still = mnistviz.still(digits, index, model=trained, why=("4", "9"))
    model, image = trained.model.centred(), digits.test.images[index]
    products = model.contributions(as_pixels(image[None])[0])
    parts = (products[4] - products[9]).reshape(28, 28)
    bias = float(model.bias[4] - model.bias[9])
    sign = 1 if parts.sum() + bias >= 0 else -1
    cut = [0, 10, 19, 28]
    sums = {"biases": sign * bias}
    for row, high in enumerate(("top", "", "bottom")):
        for column, wide in enumerate(("left", "", "right")):
            box = parts[cut[row] : cut[row + 1], cut[column] : cut[column + 1]]
            sums[f"{high} {wide}".strip() or "middle"] = sign * float(box.sum())
    most = max(sums, key=sums.__getitem__)
    others = sum(pull for name, pull in sums.items() if name != most and pull > 0)
    decides = sums[most] > others
    said = texts_of(still)[1].text.replace("−", "-")
    decided = r"the (.+) decides? most: (\S+) \(in all (\S+)\)"
    found = re.match(rf"{decided}|no single part decides: the strongest adds (\S+) ", said)
    assert found is not None
    assert found[1] == (most if decides else None)
    value, *total = (sign * float(number) for number in found.groups()[1:] if number)
    assert value == pytest.approx(sums[most], abs=0.051)
    assert total == pytest.approx([sum(sums.values())] if decides else [], abs=0.051)
    return decides


SUMS = lists(floats(-50, 50), min_size=10, max_size=10).map(np.array)


@given(SUMS)
def test_one_part_at_most_decides_and_it_speaks_for_the_class_ahead(sums):
    largest, decides = decisive(sums)
    pulls = sums if sums.sum() >= 0 else -sums
    deciding = [part for part in range(10) if 2 * pulls[part] > pulls[pulls > 0].sum()]
    assert deciding == ([largest] if decides else [])
    assert not decides or pulls[largest] > 0


@pytest.mark.parametrize("index", [1, 2, 3, 4])
def test_the_numbers_of_the_tug_of_war_add_up_to_the_difference_of_the_scores(
    digits, trained, index
):
    still = mnistviz.still(digits, index, model=trained, why=("4", "9"))
    said = [text.text.replace("−", "-") for text in texts_of(still)]
    against, favour = (
        Decimal(said[place + 1]) for place in (said.index("for 9"), said.index("for 4"))
    )
    total = next(Decimal(each.split()[-1]) for each in said if each.startswith("in all"))
    logits = trained.model.logits(as_pixels(digits.test.images[index][None])[0])
    assert against <= 0 <= favour
    assert total == against + favour
    assert float(total) == pytest.approx(float(logits[4] - logits[9]), abs=0.051)


def test_why_asks_of_the_lower_score_why_it_is_not_the_answer(digits, trained):
    said = [
        texts_of(mnistviz.still(digits, 4, model=trained, why=why))[0].text
        for why in (("4", "9"), ("9", "4"))
    ]
    assert said == ["Why 4, not 9?", "Why not 9, but 4?"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("question", [{"flip": "any"}, {"why": ("4", "9")}, {"sum_order": "rows"}])
def test_everything_is_within_the_picture_and_legible_at_all_sizes(digits, trained, size, question):
    picture = PictureConfig(size, weights="diverging", title="A title")
    still = mnistviz.still(digits, 1, model=trained, picture=picture, **question)
    assert "A title" in [text.text for text in texts_of(still)]
    for each in still.scene.elements:
        if isinstance(each, Text):
            assert each.size >= 12
            assert 0 < each.baseline <= size[1]
        elif isinstance(each, Cell):
            high, wide = each.levels.shape
            assert each.x >= 0
            assert each.y >= 0
            assert each.x + each.k * wide <= size[0]
            assert each.y + each.k * high <= size[1]
            assert each.colours is None or each.x % 2 == each.y % 2 == each.k % 2 == 0
    assert theme_of(picture).background == still.scene.background


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({"flip": "8", "why": ("4", "9")}, "two pictures"),
        ({"flip": "8", "bare": True}, "bare cuts out the grid"),
        ({"flip": "nine"}, "flip must be a name"),
        ({"flip": "8,9"}, "one class"),
        ({"flip": "2"}, "the answer is 2 already"),
        ({"why": ("4", "4")}, "two classes that differ"),
        ({"why": ("4",)}, "two classes"),
        ({"why": ("4", "ten")}, "why must be a name"),
        ({"sum_order": "columns"}, "sum_order must be one of rows, influence"),
        ({"sum_order": "rows", "why": ("4", "9")}, "why and sum_order are two pictures"),
        ({"sum_order": "rows", "bare": True}, "bare cuts out the grid"),
    ],
)
def test_questions_without_an_answer_are_refused_in_words(digits, trained, question, said):
    with pytest.raises(OptionError, match=said):
        mnistviz.still(digits, 1, model=trained, **question)


def test_the_command_line_asks_with_a_class_and_without(model_path, digits, trained, tmp_path):
    for asked, flip in ((["--flip"], "any"), (["--flip", "8"], "8")):
        arguments = "--index", 1, "--model", model_path, "--size", "640x360", "--out", "a.png"
        result = run("still", *asked, *arguments, cwd=tmp_path)
        assert result.returncode == 0
        picture = PictureConfig((640, 360))
        still = mnistviz.still(digits, 1, tmp_path / "b.png", trained, picture, flip=flip)
        assert re.search(r": \d+ pixels change the answer from 2 to \d, 640x360\n", result.stdout)
        assert still.answer in result.stdout
        assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_the_command_line_refuses_what_are_no_two_classes(tmp_path):
    for asked in ("4", "4,", "4,9,1"):
        result = run("still", "--index", 1, "--why", asked, "--out", "a.png", cwd=tmp_path)
        assert_refused(result, "two classes, as in 4,9", status=2)


@pytest.mark.parametrize(("index", "order"), [(8, "rows"), (4, "influence")])
def test_the_sum_shows_the_pixels_added_at_five_moments_and_is_settled_where_it_says(
    digits, trained, index, order
):
    still = mnistviz.still(digits, index, model=trained, sum_order=order)
    pixels = as_pixels(digits.test.images[index].reshape(1, -1))[0]
    model = trained.model
    products, logits = model.contributions(pixels), model.logits(pixels)
    places = places_in(order, pixels, products, logits, int(logits.argmax()))
    for number, cell in enumerate(cells_of(still), start=1):
        added = places[: round(number * len(places) / 5)]
        expected = grey(np.float32(0.3) * pixels)
        expected[added] = grey(pixels)[added]
        assert np.array_equal(cell.levels.ravel(), expected)
    assert number == 5
    sums = np.cumsum(np.vstack([model.bias, products[:, places].T]).astype(float), axis=0)
    behind = [at for at, each in enumerate(sums) if each.argmax() != logits.argmax()]
    settled = max(behind) + 1
    headline = f"After {settled} pixels, {logits.argmax()} leads to the end"
    said = [text.text for text in texts_of(still)]
    assert said[0] == headline == still.answer
    assert still.description.endswith(headline)
    assert {"0", str(settled), str(len(places))} <= set(said)
    named = said[said.index("pixels added") + 2 :]
    order = np.argsort(-sums[-1])
    assert named[::2] == [str(label) for label in order]
    assert named[1::2] == [ENGLISH.signed(score) for score in sums[-1][order]]


@pytest.mark.parametrize("order", ["rows", "influence"])
def test_the_winners_curve_is_drawn_where_its_sum_is_after_each_pixel(digits, trained, order):
    """In the middle of each step, the pixels of the winner's colour are its curve."""
    still = mnistviz.still(digits, 8, model=trained, sum_order=order)
    pixels = as_pixels(digits.test.images[8].reshape(1, -1))[0]
    model, theme = trained.model, theme_of(PictureConfig())
    products, logits = model.contributions(pixels), model.logits(pixels)
    predicted = int(logits.argmax())
    places = places_in(order, pixels, products, logits, predicted)
    sums = np.cumsum(np.vstack([model.bias, products[:, places].T]).astype(float), axis=0)
    drawn = rasterise(still.scene)
    cells = cells_of(still)
    pitch = cells[1].x - cells[0].x
    right = cells[-1].x + 28 * cells[-1].k
    left = right - 5 * pitch
    found = []
    for number in range(len(places)):
        x = round(left + (right - left) * (number + 0.5) / len(places))
        rows = np.flatnonzero((drawn[:, x] == theme.accents.wrong).all(axis=1))
        found.append(rows.max() if len(rows) < 30 else np.nan)  # the dotted line has many
    found, expected = np.array(found), sums[:-1, predicted]
    kept = ~np.isnan(found)
    slope, start = np.polyfit(expected[kept], found[kept], 1)
    (zero,) = (
        each
        for each in still.scene.elements
        if isinstance(each, Rectangle) and each.colour == theme.line and each.width == right - left
    )
    assert slope < 0
    assert abs(start - zero.y) <= 2
    assert np.abs(found - (slope * expected + start))[kept].max() <= 2
    assert kept.sum() >= len(places) - 2
    *_, name = (each for each in texts_of(still) if each.text == str(predicted))
    end = slope * sums[-1, predicted] + start
    assert abs(name.baseline - 0.36 * name.size - end) < name.size / 2  # its name is where it ends


@given(lists(integers(-50, 150), max_size=6).map(sorted), integers(1, 10))
def test_names_beside_curves_are_apart_and_within_their_room(wanted, pitch):
    places = spread(wanted, pitch, 0, 100)
    assert all(after - before >= pitch for before, after in pairwise(places))
    assert all(0 <= place <= 100 for place in places)
    if wanted and min(wanted) >= 0 and max(wanted) <= 100:
        apart = all(after - before >= pitch for before, after in pairwise(wanted))
        assert not apart or places == wanted


def test_an_image_without_ink_is_decided_by_the_biases():
    data, model = random_set((8, 11), 3)
    blank = replace(data, test=replace(data.test, images=np.zeros_like(data.test.images)))
    sure = LinearClassifier(model.weights, np.array([2, 0, -1]))
    still = mnistviz.still(blank, 0, model=sure, sum_order="rows")
    assert still.answer == "0 leads from the start, by the biases"


def test_the_command_line_adds_pixels_in_either_order(model_path, digits, trained, tmp_path):
    for asked, order in ((["--sum"], "rows"), (["--sum", "influence"], "influence")):
        arguments = "--index", 1, "--model", model_path, "--size", "640x360", "--out", "a.png"
        result = run("still", *asked, *arguments, cwd=tmp_path)
        assert "leads to the end" in result.stdout
        picture = PictureConfig((640, 360))
        mnistviz.still(digits, 1, tmp_path / "b.png", trained, picture, sum_order=order)
        assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
