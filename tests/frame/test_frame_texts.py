"""Every text of a frame is read back from its scene: words, place, size, colour and weight."""

from dataclasses import replace

import numpy as np
import pytest

from composers import compose, moment_of
from mnistviz.drawing.scene import Rectangle, Text
from mnistviz.frame.scales import Scales
from mnistviz.language.language import ENGLISH
from mnistviz.model.kind import softmax
from mnistviz.model.linear import LinearClassifier

THEMES = ("dark", "light", "print")
LOGITS = np.array([1.5, -3.2, 8.4, 0.0, 123.0, -1234.0, 2.0, 2.1, -0.04, 5.0], np.float32)
PREDICTED = 4


LOOKS = [(theme, shape) for theme in THEMES for shape in ("wide", "high")]


@pytest.fixture(scope="module", params=LOOKS, ids="-".join)
def composer(request):
    theme, shape = request.param
    weights = np.zeros((784, 10), np.float32)
    weights[0] = LOGITS
    model = LinearClassifier(weights, np.arange(10, dtype=np.float32) / 10)
    size = (1920, 1080) if shape == "wide" else (1080, 1920)
    return compose(model, Scales(1.0, -5, 10), size, theme=theme, title="A title")


def scene_of(composer, label, name="", right=3, count=7, progress=0.25):
    pixels = np.zeros(784, np.float32)
    pixels[0] = 1
    moment = moment_of(composer, pixels, label, 1234, right, count, progress)
    return composer.scene(replace(moment, shown=replace(moment.shown, name=name)))


def texts(scene):
    return [element for element in scene.elements if isinstance(element, Text)]


def at(scene, spot):
    """Return the text that stands in a place."""
    (found,) = [it for it in texts(scene) if (it.x, it.baseline, it.align) == spot]
    return found


def header(scene, composer):
    """Return the texts of the verdict from left to right: words, colour, whether bold."""
    baseline = composer.layout.header.verdict.baseline
    size = composer.layout.text.title
    line = [it for it in texts(scene) if it.baseline == baseline and it.size == size]
    return [(it.text, it.colour, it.bold) for it in sorted(line, key=lambda it: it.x)]


def test_the_verdict_has_its_words_in_the_colours_of_right_wrong_and_unknown(composer):
    ink, accents = composer.theme.ink, composer.theme.accents
    assert header(scene_of(composer, PREDICTED), composer) == [
        ("✓", accents.true_text, False),
        ("predicted 4", accents.true_text, True),
        (">99.9 %", ink, False),
    ]
    assert header(scene_of(composer, 5), composer) == [
        ("✗", accents.wrong_text, False),
        ("predicted 4", accents.wrong_text, True),
        (">99.9 %", ink, False),
        ("true 5", accents.true_text, True),
    ]
    assert header(scene_of(composer, None, "mine.png"), composer) == [
        ("predicted 4", ink, True),
        (">99.9 %", ink, False),
    ]
    assert len({ink, accents.true_text, accents.wrong_text}) == 3


@pytest.mark.parametrize("label", [PREDICTED, 5, None])
def test_each_class_has_its_name_number_probability_and_bias(composer, label):
    scene, theme, layout = scene_of(composer, label), composer.theme, composer.layout
    logits = LOGITS + composer.bias
    named = {label: theme.accents.true_text} if label is not None else {}
    first = theme.accents.wrong_text if label is not None else theme.ink
    colours = {PREDICTED: first} | named
    numbers = {it.text: it for it in texts(scene) if it.size == layout.text.number}
    for number, lane in enumerate(layout.lanes):
        marked = number in colours
        colour = theme.ink if marked else theme.muted
        name = at(scene, lane.heading)
        assert (name.text, name.bold) == (str(number), marked)
        assert (name.size, name.colour) == (
            layout.text.heading,
            colours.get(number, theme.muted),
        )
        share = at(scene, lane.percent)
        assert share.text == ENGLISH.probability(softmax(logits)[number])
        assert (share.size, share.bold, share.colour) == (layout.text.percent, marked, colour)
        score = numbers[ENGLISH.signed(logits[number])]
        assert (score.bold, score.colour) == (marked, colour)
        bias = at(scene, lane.bias)
        plain = ENGLISH.signed(composer.bias[number])
        assert bias.text == (plain if layout.bias_labels else f"bias {plain}")
        assert (bias.size, bias.bold, bias.colour) == (layout.text.bias, False, theme.muted)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.04, "0.0"), (-0.06, "−0.1"), (99.94, "+99.9"), (99.96, "+100"), (-999.4, "−999"),
     (999.6, "+1e03"), (-12345.0, "−1e04"), (8.849, "+8.8")],
)  # fmt: skip
def test_a_number_takes_no_more_room_however_large(value, text):
    assert ENGLISH.signed(value) == text


def test_what_stands_around_the_grid_is_where_it_belongs_and_quiet(composer):
    scene, theme, layout = scene_of(composer, PREDICTED), composer.theme, composer.layout
    quiet = [
        (layout.header.position, "image 1,234 of 10,000", layout.text.position),
        (layout.header.tally, "3 of 7 right", layout.text.position),
        (layout.footer, composer.words.footer_from(layout.footer_begins), layout.text.footer),
    ]
    for spot, text, size in quiet:
        found = at(scene, spot)
        assert (found.text, found.size, found.colour, found.bold) == (
            text,
            size,
            theme.muted,
            False,
        )
    title = at(scene, layout.banner)
    assert (title.text, title.size, title.bold) == ("A title", layout.text.banner, True)
    assert title.colour == theme.ink
    for label, (symbol, word) in zip(layout.labels[0], composer.words.rows, strict=True):
        if symbol:
            found = at(scene, label.above)
            assert (found.text, found.size, found.colour) == (symbol, layout.text.symbol, theme.ink)
        found = at(scene, label.below)
        assert (found.text, found.size, found.colour) == (word, layout.text.label, theme.muted)


@pytest.mark.parametrize("label", [PREDICTED, None])
@pytest.mark.parametrize("progress", [0.25, 1.0])
def test_the_progress_bar_shows_how_much_of_the_film_is_over(composer, label, progress):
    scene = scene_of(composer, label, progress=progress)
    x, y, width, height = composer.layout.progress
    bars = [it for it in scene.elements if isinstance(it, Rectangle) and (it.x, it.y) == (x, y)]
    whole, done = bars
    assert (whole.width, whole.height, whole.colour) == (width, height, composer.theme.shade)
    assert (done.width, done.height, done.colour) == (
        2 * round(progress * width / 2),
        height,
        composer.theme.muted,
    )
