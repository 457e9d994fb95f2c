"""The painter paints what matplotlib draws, in the colours of ffmpeg's own conversion."""

import itertools

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg

from alike import OFF_IN_LETTERS, assert_alike, converted, in_texts
from composers import compose, moment_of, possible
from frames import Decoded
from mnistviz.config import PALETTE_NAMES, WEIGHT_LOOKS
from mnistviz.drawing.matplotlib_renderer import figure_of, own_settings
from mnistviz.drawing.painter import Painter
from mnistviz.drawing.raster import rasterise, text_width
from mnistviz.drawing.scene import Rectangle, Scene, Text
from mnistviz.drawing.theme import THEMES
from mnistviz.frame.scales import Scales
from mnistviz.model.linear import LinearClassifier


def random_composer(size, image_size=(28, 28), seed=0, spread=1.0, **looks):
    rng = np.random.default_rng(seed)
    model = LinearClassifier(
        rng.normal(0, spread, (image_size[0] * image_size[1], 10)).astype(np.float32),
        rng.normal(0, spread, 10).astype(np.float32),
    )
    return compose(
        model, Scales(2.5 * spread, -60 * spread, 80 * spread), size, image_size, **looks
    )


def random_moment(composer, pixels, seed):
    rng = np.random.default_rng(seed)
    image = rng.random(pixels) * (rng.random(pixels) < 0.3)
    count = int(rng.integers(1, 10_000))
    right = int(rng.integers(0, count + 1))
    index, label = int(rng.integers(0, 10_000)), int(rng.integers(0, 10))
    numbers = label, index, right, count, float(rng.random())
    return moment_of(composer, image.astype(np.float32), *numbers)


def assert_painted_as_drawn(composer, pixels, seed):
    first = composer.scene(random_moment(composer, pixels, seed))
    in_yuv, in_rgb = Painter(first), Painter(first, "rgb24")
    for step in (1, 2):
        scene = composer.scene(random_moment(composer, pixels, seed + step))
        painted, rgb = Decoded(in_yuv.paint(scene).copy(), scene.size), in_rgb.paint(scene)
    drawn = rasterise(scene)
    assert np.abs(drawn.astype(int) - by_matplotlib(scene)).max() <= OFF_IN_LETTERS
    assert_alike(painted, converted(drawn), scene)
    assert_alike(converted(rgb), converted(drawn), scene)
    np.testing.assert_array_equal(rgb[~in_texts(scene)], drawn[~in_texts(scene)])


def by_matplotlib(scene):
    """Return a scene's RGB as matplotlib draws its whole figure."""
    canvas = FigureCanvasAgg(figure_of(scene))
    with own_settings():
        canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3]


wide = st.tuples(st.integers(320, 480), st.integers(180, 300)).map(lambda s: (2 * s[0], 2 * s[1]))
sizes = wide | wide.map(lambda size: size[::-1])


@settings(max_examples=5, phases=[Phase.generate])
@given(
    sizes,
    st.sampled_from([(28, 28), (8, 8), (20, 16), (27, 28)]),
    st.integers(0, 2**32 - 1),
    st.sampled_from([0.01, 1.0, 40.0]),
    st.fixed_dictionaries(
        {
            "theme": st.sampled_from(sorted(THEMES)),
            "palette": st.sampled_from(PALETTE_NAMES),
            "weights": st.sampled_from(WEIGHT_LOOKS),
            "title": st.sampled_from(["", "Title $x$ <b>"]),
        }
    ).filter(lambda looks: looks["theme"] != "print" or "diverging" not in looks["weights"]),
)
def test_the_painter_paints_what_matplotlib_draws(size, image_size, seed, spread, looks):
    size = possible(size, image_size, **looks)
    composer = random_composer(size, image_size, seed, spread, **looks)
    assert_painted_as_drawn(composer, image_size[0] * image_size[1], seed)


@pytest.mark.parametrize(
    ("size", "theme"),
    [
        ((640, 360), "dark"),
        ((1920, 1080), "dark"),
        ((1080, 1080), "light"),
        ((1080, 1920), "print"),
    ],
)
def test_the_painter_paints_what_matplotlib_draws_at_the_usual_sizes(size, theme):
    assert_painted_as_drawn(random_composer(size, theme=theme), 784, 0)


@pytest.mark.parametrize("pixel_format", ["yuv420p", "rgb24"])
def test_a_frame_depends_on_its_scene_alone(pixel_format):
    composer = random_composer((640, 360))
    scenes = [composer.scene(random_moment(composer, 784, seed)) for seed in range(6)]
    painter = Painter(scenes[0], pixel_format)
    first = [painter.paint(scene).copy() for scene in scenes]
    again = [painter.paint(scene).copy() for scene in reversed(scenes)][::-1]
    assert all((one == other).all() for one, other in zip(first, again, strict=True))
    assert (Painter(scenes[3], pixel_format).paint(scenes[5]) == first[5]).all()
    assert painter.paint(scenes[0]) is painter.paint(scenes[1])  # one buffer for all frames


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


def test_a_text_that_moves_up_and_down_leaves_nothing_behind():
    def scene(baseline):
        word = Text(8, baseline, "12", 20, (243, 244, 245))
        return Scene((64, 64), (14, 17, 22), (), (word,))

    painter = Painter(scene(30))
    for baseline in (30, 34, 50):
        assert (painter.paint(scene(baseline)) == Painter(scene(30)).paint(scene(baseline))).all()


def test_all_digits_have_one_width_so_that_numbers_do_not_shift():
    for bold in (False, True):
        assert len({round(text_width(digit, bold), 6) for digit in "0123456789"}) == 1


def test_a_no_break_space_wipes_nothing_off_above_it():
    static = Text(20, 40, "above", 20, (255, 255, 255))
    changing = [Text(20, 62, f"9{place}\xa0%", 20, (255, 255, 255)) for place in (1, 2)]
    scenes = [Scene((128, 80), (0, 0, 0), (static,), (each,)) for each in changing]
    painter = Painter(scenes[0], "rgb24")
    for scene in scenes:
        painted, drawn = painter.paint(scene), rasterise(scene)
        assert (painted[:42] == drawn[:42]).all()
