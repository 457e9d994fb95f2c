"""Frames of a language that is written from right to left: what has a direction is mirrored."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from test_layout import assert_well_placed, crowded_scene, even_sizes, of_kind, usual

from composers import DIGITS, compose, composer_of, lay_out, moment_of
from mnistviz import PictureConfig
from mnistviz.drawing.letters import LEFT_TO_RIGHT, RIGHT_TO_LEFT
from mnistviz.drawing.scene import Cell, Text
from mnistviz.frame.frame_words import FrameWords
from mnistviz.frame.opening import Opening
from mnistviz.frame.scales import Scales
from mnistviz.frame.stacked_words import StackedWords
from mnistviz.language.language import ENGLISH, Language
from mnistviz.language.typefaces import Fonts
from mnistviz.model.linear import LinearClassifier

HEBREW = Language("he", fonts=Fonts(right_to_left=True))
# English words that are set from right to left: the same widths, so the same layout but mirrored.
TURNED = replace(ENGLISH, fonts=Fonts(right_to_left=True))
HEADER = ("verdict", "position", "tally")
SIZES = [(1920, 1080), (1080, 1080), (1080, 1920), (640, 360)]


@pytest.mark.parametrize("size", usual)
def test_nothing_overlaps_in_a_mirrored_frame(size):
    assert_well_placed(crowded_scene(size, language=HEBREW, title="A title"))


@settings(max_examples=30)
@given(even_sizes)
def test_nothing_overlaps_in_a_mirrored_frame_of_any_size(size):
    assert_well_placed(crowded_scene(size, language=HEBREW))


def both(size):
    return lay_out(size, title="A title"), lay_out(size, title="A title", language=TURNED)


@pytest.mark.parametrize("size", SIZES)
def test_header_footer_title_and_labels_are_on_the_other_side(size):
    plain, turned = both(size)
    spots = [(getattr(plain.header, it), getattr(turned.header, it)) for it in HEADER]
    spots += [(plain.footer, turned.footer), (plain.banner, turned.banner)]
    for one, other in zip(plain.labels, turned.labels, strict=True):
        spots += [(label.below, its.below) for label, its in zip(one, other, strict=True)]
    if plain.lanes[0].bar.sideways:
        spots += [(plain.lanes[3].heading, turned.lanes[3].heading)]
        spots += [(plain.lanes[3].percent, turned.lanes[3].percent)]
    for spot, its in spots:
        assert its == (spot and spot.mirrored(size[0]))
    assert (plain.header.verdict.align, turned.header.verdict.align) == ("left", "right")


@pytest.mark.parametrize("size", SIZES)
def test_columns_and_number_lines_are_not_mirrored_and_rows_are_read_from_the_right(size):
    plain, turned = both(size)
    right = turned.lanes[0].cells[0][0] - plain.lanes[0].cells[0][0]
    for lane, its in zip(plain.lanes, turned.lanes, strict=True):
        room, (width, _) = lane.bar.room, plain.cell
        if lane.bar.sideways:
            cells = tuple((size[0] - x - width, y) for x, y in lane.cells)
            room = room._replace(x=size[0] - room.x - room.width)
        else:
            cells = tuple((x + right, y) for x, y in lane.cells)
            room = room._replace(x=room.x + right)
        assert its.cells == cells
        assert its.bar == replace(lane.bar, room=room)
    key = turned.legend
    assert key is None or key.against.x < key.ramp.x < key.favour.x
    assert (key is None) == (plain.legend is None)


def in_both(digits, model):
    """Return the composers of an English film and of one that is turned."""
    plain = composer_of(digits, model)
    layout = lay_out(plain.layout.size, language=TURNED)
    return plain, replace(plain, layout=layout, words=replace(plain.words, language=TURNED))


def test_the_progress_bar_grows_from_the_right(digits, trained):
    for composer, aligned in zip(in_both(digits, trained.model), ("left", "right"), strict=True):
        (bar,), whole = composer.progress(0.25, (1, 2, 3)), composer.layout.progress
        before = bar.x - whole.x
        after = whole.x + whole.width - bar.x - bar.width
        assert (before == 0, after == 0) == (aligned == "left", aligned == "right")


def test_the_parts_of_the_verdict_follow_each_other_from_the_right():
    rng = np.random.default_rng(0)
    weights = rng.normal(size=(784, 10)).astype(np.float32)
    model = LinearClassifier(weights, np.zeros(10, np.float32))
    composer = compose(model, Scales(1, -60, 60), (1280, 720), language=TURNED)
    image = rng.random(784).astype(np.float32)
    wrong = (int((image @ weights).argmax()) + 1) % 10
    scene = composer.scene(moment_of(composer, image, wrong))
    parts = [text for text in of_kind(scene, Text) if text.size == composer.layout.text.title]
    assert parts[0].text == "✗"
    assert all(part.align == "right" for part in parts)
    assert [part.x for part in parts] == sorted((part.x for part in parts), reverse=True)


def test_an_introduction_has_its_cell_at_the_right_and_formulas_from_the_left(digits, trained):
    cells, formulas = [], []
    for composer in in_both(digits, trained.model):
        image = digits.test.images[7].ravel() / np.float32(255)
        opening = Opening(composer, moment_of(composer, image, 1))
        scene = opening.product(1, Text(0, 20, "a sentence", 20, (0, 0, 0)))
        cells += [it for it in scene.changing if isinstance(it, Cell)]
        formulas.append([it.text for it in of_kind(scene, Text) if "=" in it.text])
    plain, turned = cells
    assert abs(plain.x + turned.x + plain.k * 28 - 1920) <= 4
    for formula, its in zip(*formulas, strict=True):
        assert its.startswith(LEFT_TO_RIGHT)
        assert its.replace(LEFT_TO_RIGHT, "") == formula


def test_parts_of_a_line_follow_each_other_from_the_right_whatever_letters_they_end_with():
    model = LinearClassifier(np.zeros((784, 10), np.float32), np.zeros(10, np.float32))
    composer = compose(model, Scales(1, -60, 60), (1280, 720), language=HEBREW)
    (footer,) = (it.text for it in composer.static if getattr(it, "text", "").count("·") == 2)
    assert footer.count(f" · {RIGHT_TO_LEFT}") == 2


def test_names_of_classes_are_read_as_they_are_written(digits):
    data = replace(digits, classes=("-7", "C++", "5 – 6", "%s", "a b", "שבע", "7", "8", "9", "x"))
    words = FrameWords.of(data, PictureConfig(), language=HEBREW)
    marked = [LEFT_TO_RIGHT + name + LEFT_TO_RIGHT for name in data.classes[:5]]
    assert list(words.classes) == [*marked, *data.classes[5:]]
    assert FrameWords.of(data, PictureConfig()).classes == data.classes


def test_names_of_models_and_of_own_pictures_are_too():
    words = StackedWords(DIGITS, "digit", 100, 784, language=HEBREW)
    named = words.named(("a-1", "model 2", "שבע"), 1280)
    assert named.models[:2] == (f"{LEFT_TO_RIGHT}a-1{LEFT_TO_RIGHT}",
                                f"{LEFT_TO_RIGHT}model 2{LEFT_TO_RIGHT}")  # fmt: skip
    assert named.models[2] == "שבע"
    model = LinearClassifier(np.zeros((784, 10), np.float32), np.zeros(10, np.float32))
    composer = compose(model, Scales(1, -60, 60), (1280, 720), language=HEBREW)
    moment = moment_of(composer, np.ones(784, np.float32), 1)
    shown = replace(moment.shown, name="7 (2).png")
    texts = [it.text for it in composer.header.texts(shown, 0, 0)]
    assert f"{LEFT_TO_RIGHT}7 (2).png{LEFT_TO_RIGHT}" in texts
