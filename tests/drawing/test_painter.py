"""The Painter paints what the Stage draws, in colours as an independent converter has them."""

import itertools
import re

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from alike import assert_alike, converted
from frames import Decoded
from mnistviz.config import BAR_KINDS, PALETTE_NAMES, WEIGHT_COLOURS, PictureConfig
from mnistviz.drawing.matplotlib_renderer import rasterise, text_width
from mnistviz.drawing.painter import Painter
from mnistviz.drawing.scene import Rectangle, Scene, Text
from mnistviz.drawing.theme import THEMES, theme_of
from mnistviz.errors import LayoutError
from mnistviz.film.moments import Moment
from mnistviz.frame import words as wording
from mnistviz.frame.composer import Composer
from mnistviz.frame.fit import arrange
from mnistviz.frame.scales import Scales
from mnistviz.model.softmax import SoftmaxRegression


def composer_of(size, theme, image_size=(28, 28), classes=10, seed=0, spread=1.0, **looks):
    picture = PictureConfig(size, theme, **looks)
    rng = np.random.default_rng(seed)
    pixels = image_size[0] * image_size[1]
    model = SoftmaxRegression(
        rng.normal(0, spread, (pixels, classes)).astype(np.float32),
        rng.normal(0, spread, classes).astype(np.float32),
    )
    names = tuple("0123456789")[:classes]
    footer = wording.footer(pixels, 0.5, 10_000, "digit")
    widest = wording.widest(names, "digit", 10_000, footer, picture.bars, picture.title)
    layout = laid_out(size, image_size, widest, picture.weights != "gray")
    scales = Scales(2.5 * spread, 100 * spread)
    return Composer(
        model, scales, names, "digit", 10_000, footer, layout, theme_of(picture), picture.bars,
        picture.title,
    )  # fmt: skip


def laid_out(size, image_size, widest, even_k):
    """Return the layout of a size, or of the smallest that has the room."""
    try:
        return arrange(size, image_size, widest, even_k)
    except LayoutError as error:
        least = re.search(r"(\d+)x(\d+)$", str(error)).groups()
        return arrange(tuple(map(int, least)), image_size, widest, even_k)


def moment_of(pixels, seed):
    rng = np.random.default_rng(seed)
    image = rng.random(pixels) * (rng.random(pixels) < 0.3)
    shown = int(rng.integers(1, 10_000))
    right = int(rng.integers(0, shown + 1))
    index, label = int(rng.integers(0, 10_000)), int(rng.integers(0, 10))
    return Moment(image.astype(np.float32), label, index, right, shown, float(rng.random()))


wide = st.tuples(st.integers(320, 800), st.integers(180, 600)).map(lambda s: (2 * s[0], 2 * s[1]))
sizes = wide | wide.map(lambda size: size[::-1])


@settings(max_examples=12, phases=[Phase.generate])
@given(
    sizes,
    st.sampled_from(sorted(THEMES)),
    st.sampled_from([(28, 28), (8, 8), (20, 16), (27, 28)]),
    st.integers(0, 2**32 - 1),
    st.sampled_from([0.01, 1.0, 40.0]),
    st.sampled_from(PALETTE_NAMES),
    st.sampled_from(WEIGHT_COLOURS),
    st.sampled_from(BAR_KINDS),
    st.sampled_from(["", "Title $x$ <b>"]),
)
def test_painter_and_stage_agree(
    size, theme, image_size, seed, spread, palette, weights, bars, title
):
    weights = "gray" if theme == "print" else weights
    composer = composer_of(
        size, theme, image_size, seed=seed, spread=spread, palette=palette, weights=weights,
        bars=bars, title=title,
    )  # fmt: skip
    pixels, size = image_size[0] * image_size[1], composer.layout.size
    painter = Painter(composer.scene(moment_of(pixels, seed)))
    for step in (1, 2):
        scene = composer.scene(moment_of(pixels, seed + step))
        painted = Decoded(painter.paint(scene).copy(), size)
    assert_alike(painted, converted(rasterise(scene)), scene)


@pytest.mark.parametrize("theme", sorted(THEMES))
@pytest.mark.parametrize("size", [(640, 360), (1920, 1080), (1080, 1080), (1080, 1920)])
def test_painter_and_stage_agree_at_the_usual_sizes(size, theme):
    composer = composer_of(size, theme)
    painter = Painter(composer.scene(moment_of(784, 0)))
    for seed in range(2):
        scene = composer.scene(moment_of(784, seed))
        painted = Decoded(painter.paint(scene).copy(), size)
        assert_alike(painted, converted(rasterise(scene)), scene)


def test_a_frame_depends_on_its_scene_alone():
    composer = composer_of((640, 360), "dark")
    scenes = [composer.scene(moment_of(784, seed)) for seed in range(6)]
    painter = Painter(scenes[0])
    first = [painter.paint(scene).copy() for scene in scenes]
    again = [painter.paint(scene).copy() for scene in reversed(scenes)][::-1]
    assert all((one == other).all() for one, other in zip(first, again, strict=True))
    assert (Painter(scenes[3]).paint(scenes[5]) == first[5]).all()


COLOURS = [(0, 158, 115), (230, 159, 0)]
# Blocks of a column 8 high, each blank or of a colour; a run of one colour is one rectangle.
columns = st.lists(st.sampled_from([None, *COLOURS]), min_size=8, max_size=8)


def rectangles(blocks):
    y = 0
    for colour, run in itertools.groupby(blocks):
        height = 8 * len(list(run))
        if colour:
            yield Rectangle(16, y, 20, height, colour)
        y += height


@settings(max_examples=25)
@given(st.lists(columns, min_size=2, max_size=6))
def test_rectangles_that_grow_shrink_split_and_join_leave_nothing_behind(films):
    line = Rectangle(0, 32, 64, 2, (61, 68, 80))
    scenes = [Scene((64, 64), (14, 17, 22), (line,), tuple(rectangles(f))) for f in films]
    painter = Painter(scenes[0])
    for scene in scenes:
        assert (painter.paint(scene) == Painter(scene).paint(scene)).all()


def test_a_word_that_moves_up_and_down_leaves_nothing_behind():
    def scene(baseline):
        word = Text(8, baseline, "12", 20, (243, 244, 245))
        return Scene((64, 64), (14, 17, 22), (), (word,))

    painter = Painter(scene(30))
    for baseline in (30, 34, 50):
        assert (painter.paint(scene(baseline)) == Painter(scene(30)).paint(scene(baseline))).all()


def test_every_frame_is_painted_into_the_same_buffer():
    composer = composer_of((640, 360), "dark")
    painter = Painter(composer.scene(moment_of(784, 0)))
    places = {painter.paint(composer.scene(moment_of(784, n))).ctypes.data for n in range(5)}
    assert len(places) == 1


def test_digits_have_one_width_so_that_nothing_trembles():
    for bold in (False, True):
        assert len({round(text_width(digit, bold), 6) for digit in "0123456789"}) == 1
