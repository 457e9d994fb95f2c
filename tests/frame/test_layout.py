"""Nothing overlaps, whatever the sizes, names and looks."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from boxes import box, overlap
from composers import DIGITS, compose, composer_of, lay_out, moment_of, possible
from mnistviz import PictureConfig
from mnistviz.config import WEIGHT_LOOKS
from mnistviz.drawing.geometry import even
from mnistviz.drawing.raster import rasterise, text_width
from mnistviz.drawing.scene import Cell, Rectangle, Scene, Text
from mnistviz.drawing.text import line_width, names_for
from mnistviz.errors import LayoutError
from mnistviz.frame.fit import LARGEST, SMALLEST
from mnistviz.frame.places import least_text
from mnistviz.frame.scales import Scales
from mnistviz.language.language import Language
from mnistviz.model.linear import LinearClassifier
from mnistviz.model.train import logits_of

sides = st.tuples(st.integers(SMALLEST[0], 4000), st.integers(SMALLEST[1], 2400))
sides = sides | sides.map(lambda size: size[::-1])
even_sizes = sides.map(lambda size: (size[0] // 2 * 2, size[1] // 2 * 2))
# 16:9, 4:3, 1:1, upright, and a banner
usual = [(640, 360), (1280, 720), (1920, 1080), (3840, 2160), (640, 480), (1024, 768)]
usual += [(640, 640), (1080, 1080), (1080, 1920), (360, 640), (900, 1200), (2560, 640)]
large_enough = [(1280, 720), (1920, 1080), (1080, 1080), (1080, 1920)]

FASHION = (
    *("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"),
    *("Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"),
)
MANY = (*FASHION, "W" * 40, *(f"class number {n}" for n in range(15)))
NAMES = {2: (FASHION[0], FASHION[9]), 5: FASHION[5:], 10: FASHION, 26: MANY}


def in_rows(layout):
    return layout.lanes[0].bar.sideways


def crowded_scene(size, image_size=(28, 28), classes=DIGITS, **looks):
    """A frame in which everything is as wide as it gets: a wrong prediction of the last image."""
    rng = np.random.default_rng(0)
    pixels = image_size[0] * image_size[1]
    weights = rng.normal(size=(pixels, len(classes))).astype(np.float32)
    bias = np.array([-88.8] * (len(classes) - 1) + [88.8], np.float32)
    model = LinearClassifier(weights, bias)
    composer = compose(model, Scales(1, -60, 60), size, image_size, classes, **looks)
    image = rng.random(pixels).astype(np.float32)
    return composer.scene(moment_of(composer, image, 0, 9_999, 10_000, 10_000))


def of_kind(scene, kind):
    return [element for element in scene.elements if isinstance(element, kind)]


def assert_well_placed(scene):
    """No text or cell meets another, all is inside of the frame, and edges are even."""
    (width, height), texts, cells = scene.size, of_kind(scene, Text), of_kind(scene, Cell)
    boxes = {place: box(it, scene.fonts) for place, it in enumerate(texts + cells)}
    for one, other in itertools.combinations(boxes, 2):
        assert not overlap(boxes[one], boxes[other]), ((texts + cells)[one], (texts + cells)[other])
    for element in scene.elements:
        left, top, right, bottom = box(element, scene.fonts)
        assert 0 <= left <= right <= width, element
        assert 0 <= top <= bottom <= height, element
        if not isinstance(element, Text):
            assert all(edge % 2 == 0 for edge in (left, top, right, bottom)), element
    assert min(text.size for text in texts) >= least_text(scene.size, crowded=True) >= 12


def with_examples(test):
    for size in usual:
        test = example(size)(test)
    return settings(max_examples=40)(given(even_sizes)(test))


@with_examples
def test_nothing_overlaps_or_leaves_the_frame_and_all_edges_are_even(size):
    scene = crowded_scene(size)
    assert_well_placed(scene)
    assert len(of_kind(scene, Cell)) in (30, 31)  # with or without a legend


@pytest.mark.parametrize("side", [8, 28, 64])
@pytest.mark.parametrize("count", [2, 5, 10, 26])
def test_nothing_overlaps_however_many_classes_there_are(count, side):
    classes = names_for(NAMES[count], 1280)
    for size in large_enough:
        data = (side, side), classes
        scene = crowded_scene(possible(size, *data), *data)
        assert_well_placed(scene)
        assert len(of_kind(scene, Cell)) in (3 * count, 3 * count + 1)


@pytest.mark.parametrize("image_size", [(8, 8), (20, 64), (40, 24), (64, 64), (27, 31)])
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1080, 1080)])
def test_nothing_overlaps_whatever_the_size_of_the_images(size, image_size):
    assert_well_placed(crowded_scene(size, image_size))


names = st.sampled_from(
    [tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), MANY, tuple(f"class number {n}" for n in range(26))]
)


@settings(max_examples=80)
@example((360, 640), tuple("ABCDEFGHIJ"), 10, (28, 28), 1, "gray")  # too small for a title as well
@example((374, 1748), MANY, 18, (64, 64), 8, "gray")  # where the header has two lines
@example((1800, 1298), tuple("ABC"), 3, (28, 28), 1, "gray")  # rows right under a large verdict
@example((856, 1552), MANY, 26, (28, 28), 0, "gray")  # cells narrower than a sign
@example((1300, 1272), MANY, 19, (20, 30), 0, "gray")  # cells lower than two labels
@given(
    even_sizes,
    names,
    st.integers(2, 26),
    st.sampled_from([(28, 28), (8, 8), (20, 30), (64, 64), (27, 31)]),
    st.integers(0, 20),
    st.sampled_from(WEIGHT_LOOKS),
)
def test_nothing_overlaps_whatever_the_size_the_classes_and_the_title(
    size, names, count, image_size, letters, weights
):
    looks = {"title": "W" * letters, "weights": weights}
    classes = names_for(names[:count], size[0])
    size = possible(size, image_size, classes, **looks)
    assert_well_placed(crowded_scene(size, image_size, classes, **looks))


@pytest.mark.parametrize("count", [2, 5, 10])
@pytest.mark.parametrize("size", large_enough)
def test_names_are_written_out_where_there_is_room(size, count):
    layout = lay_out(size, classes=NAMES[count])
    for name, heading in zip(NAMES[count], layout.headings, strict=True):
        if line_width(name) * layout.text.heading < layout.cell[0] - 8:
            assert heading == name
        if size != (1080, 1080):  # whose ten columns are narrow
            assert heading.replace("/\n", "/").replace("\n", " ") == name


ALIKE = ("class number 1", "class number 2", "class number 10")


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (ALIKE, ALIKE),
        ((*ALIKE, *(f"class number {n}" for n in range(20, 36))), ("1", "2", "10")),
        (("一", "亿", "abc"), ("Yi 0", "Yi 1", "abc")),
        (tuple("W" * 30 + letter for letter in "abcdefghijkl"), None),
    ],
)
def test_headings_lose_what_all_begin_with_and_then_their_ends_but_no_two_are_alike(names, shown):
    layout = lay_out((1280, 720), classes=names_for(names, 1280))
    assert len({*layout.headings}) == len(names)
    assert shown is None or layout.headings[:3] == shown


@pytest.mark.parametrize(
    ("size", "count", "cell", "bands"),
    [
        ((1920, 1080), 10, 168, 1),
        ((1280, 720), 10, 112, 1),
        ((640, 360), 10, 56, 1),
        ((1080, 1080), 10, 112, 2),
        ((1024, 768), 10, 84, 1),
        ((1920, 1080), 26, 112, 2),
    ],
)
def test_cells_are_as_large_as_the_shape_of_the_frame_allows(size, count, cell, bands):
    layout = lay_out(size, classes=tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:count]))
    assert not in_rows(layout)
    assert layout.cell[0] >= cell
    assert len(layout.labels) == bands


@pytest.mark.parametrize(("count", "least"), [(2, 300), (3, 250)])
def test_two_or_three_classes_have_a_row_each(count, least):
    layout = lay_out((1920, 1080), classes=("yes", "no", "neither")[:count])
    assert in_rows(layout)
    assert layout.cell[0] >= least


def test_26_classes_fill_three_quarters_of_the_frame():
    layout = lay_out((1920, 1080), classes=tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    boxes = [lane.outline for lane in layout.lanes]
    left = min(label.below.x for labels in layout.labels for label in labels)
    right = max(box_.x + box_.width for box_ in boxes)
    top = min(lane.heading.baseline - layout.text.heading for lane in layout.lanes)
    bottom = max(box_.y + box_.height for box_ in boxes)
    assert (right - left) * (bottom - top) >= 0.75 * 1920 * 1080


def test_text_has_the_sizes_that_are_read_from_the_last_row():
    sizes = lay_out((1920, 1080)).text
    assert (sizes.number, sizes.percent, sizes.label, sizes.title) == (32, 30, 28, 56)
    assert min(vars(sizes).values()) >= 20


@pytest.mark.parametrize(("size", "number", "bar"), [((1920, 1080), 32, 60), ((1024, 768), 24, 60)])
def test_the_bar_of_the_median_winner_is_seen_from_the_last_row(digits, trained, size, number, bar):
    composer = composer_of(digits, trained.model, PictureConfig(size))
    winners = logits_of(trained.model, digits.test.images).max(axis=1)
    low, high = composer.scales.low, composer.scales.high
    assert (low, high) == (-17, 26)
    _, unit = composer.layout.lanes[0].bar.scale(low, high)
    assert np.median(winners) * unit >= bar
    assert composer.layout.text.number >= number


def test_no_third_of_a_4_to_3_frame_is_empty():
    layout = lay_out((1024, 768))
    boxes = [lane.outline for lane in layout.lanes]
    assert boxes[0].height + layout.text.heading >= 2 / 3 * 768
    assert boxes[-1].x + boxes[-1].width - boxes[0].x >= 2 / 3 * 1024


@pytest.mark.parametrize("size", usual)
def test_what_has_no_room_goes_in_this_order_footer_bias_legend_words(size):
    layout = lay_out(size)
    there = (
        layout.footer is not None,
        layout.lanes[0].bias is not None,
        layout.legend is not None,
        bool(layout.labels[0][0].word),
    )
    assert list(there) == sorted(there)


scores = st.floats(-1e4, 1e4, width=32)


@settings(max_examples=60)
@example((1080, 1080), -1.0, 1.0, [0.0] * 10)
@example((1080, 1920), -1.00001, 1.00001, [0.0] * 10)
@given(
    st.sampled_from([(1920, 1080), (1080, 1080), (640, 360), (1080, 1920)]),
    st.floats(-1e4, 0),
    st.floats(1e-3, 1e4),
    st.lists(scores, min_size=10, max_size=10),
)
def test_bars_and_numbers_stay_in_their_room_and_never_meet(size, low, high, logits):
    composer = compose(MODEL, Scales(1, low, high), size)
    moment = moment_of(composer, np.zeros(784, np.float32), 0)
    moment = replace(moment, logits=np.array(logits, np.float32))
    bars = composer.bars
    accents = {0: composer.theme.accents.true}
    for lane in composer.layout.lanes:
        room = lane.bar.room
        inside = (room.x, room.y, room.x + room.width, room.y + room.height)
        start, unit = lane.bar.scale(low, high)
        assert unit > 0
        for length in (low * unit, high * unit):
            left, top, right, bottom = box(Rectangle(*lane.bar.bar(start, even(length)), (0, 0, 0)))
            assert inside[0] <= left <= right <= inside[2]
            assert inside[1] <= top <= bottom <= inside[3]
    elements = [*bars.bars(moment, accents), *bars.winner(moment, (230, 159, 0))]
    for one, other in itertools.combinations(elements, 2):
        assert not overlap(box(one), box(other)), (one, other)


MODEL = LinearClassifier(np.zeros((784, 10), np.float32), np.zeros(10, np.float32))


def test_a_text_is_drawn_where_its_box_is():
    scene = crowded_scene((640, 360))
    for text in of_kind(scene, Text):
        frame = rasterise(Scene(scene.size, (0, 0, 0), (), (text,)))
        rows, columns = np.nonzero(frame.max(axis=2) > 64)
        left, top, right, bottom = box(text)
        assert columns.min() >= left - 1, text
        assert columns.max() <= right + 1, text
        assert rows.min() >= top - 1, text
        assert rows.max() <= bottom + 1, text


def test_a_vertical_frame_has_ten_rows_of_four_legible_on_a_phone():
    scene, layout = crowded_scene((1080, 1920)), lay_out((1080, 1920))
    assert in_rows(layout)
    assert layout.k == 5
    for lane in layout.lanes:
        xs, ys = zip(*lane.cells, strict=True)
        assert len({*ys}) == 1
        assert sorted(xs) == list(xs)
    # A telephone shows 1080 pixels as 390 to 430 of its own; 9 of those can be read.
    assert min(text.size for text in of_kind(scene, Text)) >= 24


@pytest.mark.parametrize("size", [(1080, 1920), (720, 1280), (360, 640)])
def test_a_frame_that_is_much_higher_than_wide_has_a_row_for_each_class(size):
    assert in_rows(lay_out(size))


def test_grey_cells_may_have_an_odd_number_of_screen_pixels_unless_the_image_has():
    assert lay_out((1024, 768)).k == 3
    assert lay_out((1920, 1080), (27, 28)).k % 2 == 0


@example((360, 640), (28, 28))  # too small for an even number, so refused with a size that is not
@given(even_sizes, st.sampled_from([(28, 28), (8, 8), (20, 64)]))
@settings(max_examples=15)
def test_cells_in_colour_take_an_even_number_of_screen_pixels(size, image_size):
    size = possible(size, image_size, weights="diverging")
    assert lay_out(size, image_size, weights="diverging").k % 2 == 0


@pytest.mark.parametrize(
    ("size", "message"),
    [
        ((641, 360), "must be even.*got 641x360.*642x360"),
        ((640, 361), "must be even.*got 640x361.*640x362"),
        ((638, 360), "do not fit.*try 640x360"),
        ((640, 358), "do not fit.*try 640x360"),
        ((2, 2), "do not fit.*try 640x360"),
        ((358, 640), "do not fit.*try 360x640"),
        ((400, 600), "do not fit.*try 360x640"),
        *((size, "largest possible size is {}x{}".format(*LARGEST))
          for size in ((8194, 4320), (8192, 4322), (10**6, 360))),
    ],
)  # fmt: skip
def test_a_size_that_no_frame_can_have_is_refused_with_one_that_it_can(size, message):
    with pytest.raises(LayoutError, match=message):
        lay_out(size)


def test_images_that_fit_into_no_video_are_refused():
    with pytest.raises(LayoutError, match=r"900×900 images fit into no video; use smaller images$"):
        lay_out((1920, 1080), (900, 900))
    with pytest.raises(LayoutError, match=r"or shorter words of the language 'sv'$"):
        lay_out((1920, 1080), (900, 900), language=Language("sv"))


@pytest.mark.parametrize("high", [False, True])
@pytest.mark.parametrize("image_size", [(28, 28), (8, 8), (64, 64), (27, 31), (64, 20)])
def test_the_size_that_an_error_names_is_possible(image_size, high):
    width, height = possible((2, 2 + 2 * high), image_size)
    assert (width < height) == high
    lay_out((width, height), image_size)


@pytest.mark.parametrize("size", [(640, 360), (1920, 1080), (1080, 1920)])
def test_a_title_is_smaller_where_it_must_be_and_refused_where_it_cannot_be_read(size):
    short = lay_out(size, title="W")
    width = short.progress.width
    most = int(width / (short.text.banner * text_width("W", True)))
    assert lay_out(size, title="W" * most) == short
    smaller = lay_out(size, title="W" * (most + 2)).text
    assert short.text.banner > smaller.banner >= least_text(size)
    with pytest.raises(LayoutError, match=r"the title is \d+ pixels wide.*shorten it"):
        lay_out(size, title="W" * 120)
