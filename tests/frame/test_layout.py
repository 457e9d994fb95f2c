"""Nothing overlaps, whatever the sizes, names and looks."""

import itertools

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alike import text_box
from composers import DIGITS, compose, lay_out, moment_of, possible, words_of
from mnistviz.config import BAR_KINDS
from mnistviz.drawing.raster import rasterise, text_width
from mnistviz.drawing.scene import Cell, Rectangle, Scene, Text
from mnistviz.drawing.text import names_for
from mnistviz.errors import LayoutError
from mnistviz.frame.columns import UprightPlan, WidePlan
from mnistviz.frame.fit import LARGEST, SMALLEST, Search
from mnistviz.frame.plan import LEAST_HEADING
from mnistviz.frame.scales import Scales
from mnistviz.model.softmax import SoftmaxRegression

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


def is_turned(layout):
    return layout.lanes[0].bar.sideways


def crowded_scene(size, image_size=(28, 28), classes=DIGITS, **looks):
    """A frame in which everything is as wide as it gets: a wrong prediction of the last image."""
    rng = np.random.default_rng(0)
    pixels = image_size[0] * image_size[1]
    weights = rng.normal(size=(pixels, len(classes))).astype(np.float32)
    bias = np.array([-8.8] * (len(classes) - 1) + [88.8], np.float32)
    model = SoftmaxRegression(weights, bias)
    composer = compose(model, Scales(1, 99), size, image_size, classes, **looks)
    image = rng.random(pixels).astype(np.float32)
    return composer.scene(moment_of(composer, image, 0, 9_999, 10_000, 10_000))


def box(element):
    """Return the left, top, right and bottom of an element."""
    if isinstance(element, Cell):
        height, width = element.levels.shape
        return element.x, element.y, element.x + element.k * width, element.y + element.k * height
    if isinstance(element, Rectangle):
        x, y = element.x, element.y
        return x, y, x + element.width, y + element.height
    return text_box(element)


def overlap(first, second):
    return (
        min(first[2], second[2]) - max(first[0], second[0]) > 0
        and min(first[3], second[3]) - max(first[1], second[1]) > 0
    )


def of_kind(scene, kind):
    return [element for element in scene.elements if isinstance(element, kind)]


def assert_well_placed(scene):
    """No text or cell meets another, all is inside of the frame, and edges are even."""
    (width, height), texts, cells = scene.size, of_kind(scene, Text), of_kind(scene, Cell)
    for one, other in itertools.combinations(texts + cells, 2):
        assert not overlap(box(one), box(other)), (one, other)
    for element in scene.elements:
        left, top, right, bottom = box(element)
        assert 0 <= left <= right <= width, element
        assert 0 <= top <= bottom <= height, element
        if not isinstance(element, Text):
            assert all(edge % 2 == 0 for edge in (left, top, right, bottom)), element
    assert min(text.size for text in texts) >= 8


def with_examples(test):
    for size in usual:
        test = example(size)(test)
    return settings(max_examples=40)(given(even_sizes)(test))


@with_examples
def test_nothing_overlaps_or_leaves_the_frame_and_all_edges_are_even(size):
    scene = crowded_scene(size)
    assert_well_placed(scene)
    assert len(of_kind(scene, Cell)) == 31


@pytest.mark.parametrize("side", [8, 28, 64])
@pytest.mark.parametrize("count", [2, 5, 10, 26])
def test_nothing_overlaps_however_many_classes_there_are(count, side):
    classes = names_for(NAMES[count], 1280)
    for size in large_enough:
        data = (side, side), classes
        scene = crowded_scene(possible(size, *data), *data)
        assert_well_placed(scene)
        assert len(of_kind(scene, Cell)) == 3 * count + 1


@pytest.mark.parametrize("image_size", [(8, 8), (20, 64), (40, 24), (64, 64), (27, 31)])
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1080, 1080)])
def test_nothing_overlaps_whatever_the_size_of_the_images(size, image_size):
    assert_well_placed(crowded_scene(size, image_size))


@settings(max_examples=20)
@example((360, 640), "probability", 1)  # the smallest is too small for a title as well
@example((420, 984), "probability", 1)  # where headings are narrow
@given(even_sizes, st.sampled_from(BAR_KINDS), st.integers(1, 20))
def test_nothing_overlaps_with_a_title_and_other_bars(size, bars, letters):
    looks = {"bars": bars, "title": "W" * letters}
    scene = crowded_scene(possible(size, **looks), **looks)
    assert_well_placed(scene)
    assert {*DIGITS} <= {text.text for text in of_kind(scene, Text)}


@pytest.mark.parametrize("count", [2, 5, 10])
@pytest.mark.parametrize("size", large_enough)
def test_text_and_headings_are_legible_for_few_columns_and_for_many(size, count):
    layout = lay_out(size, classes=NAMES[count])
    assert layout.headings == NAMES[count]
    assert layout.text.title >= 15
    assert 3 * layout.cell[1] >= size[1] / 5 or is_turned(layout)
    left, right = layout.lanes[0].cells[0][0], layout.lanes[-1].cells[0][0] + layout.cell[0]
    if is_turned(layout):
        left, right = layout.header.position.x, layout.header.tally.x
    assert abs((left + right) / 2 - size[0] / 2) < 0.06 * size[0]


def test_headings_shrink_before_they_lose_their_end():
    short, long = lay_out((1920, 1080)), lay_out((1920, 1080), classes=FASHION)
    assert short.text.heading > long.text.heading
    assert short.cell == long.cell
    crowd = lay_out((1920, 1080), classes=names_for(MANY, 1920))
    assert crowd.text.heading == LEAST_HEADING
    assert crowd.headings[3:5] == ("Dress", "Coat")
    assert crowd.headings[10].endswith("W…")


def test_a_film_of_few_classes_has_header_and_footer_wider_than_its_columns():
    layout = lay_out((1920, 1080), classes=("yes", "no"))
    left, right = layout.header.position.x, layout.header.tally.x
    assert left < layout.lanes[0].cells[0][0]
    assert right > layout.lanes[-1].cells[0][0] + layout.cell[0]
    assert abs(left + right - 1920) <= 2
    full = lay_out((1920, 1080))
    assert full.header.position.x == full.lanes[0].cells[0][0] == 132
    assert full.header.tally.x == full.lanes[-1].cells[0][0] + full.cell[0]


@with_examples
def test_the_bars_stay_between_the_cells_and_the_numbers(size):
    layout = lay_out(size)
    for lane in layout.lanes:
        last = lane.cells[2][not is_turned(layout)] + layout.cell[not is_turned(layout)]
        number = of_number(layout, lane)
        for bar, lengths in ((lane.bar, (-1, 1)), (lane.bar.from_end, (0, 1))):
            boxes = [bar.box(share * bar.longest) for share in lengths]
            for box_ in (bar.zero, *boxes):
                start, end = (box_.x, box_.x + box_.width) if bar.sideways else (
                    box_.y, box_.y + box_.height
                )  # fmt: skip
                assert last <= start <= end <= number
        assert lane.bar.longest >= 0.4 * layout.cell[not is_turned(layout)]


def of_number(layout, lane):
    """Return where a lane's widest number begins: its left edge, or its top."""
    if is_turned(layout):
        return lane.number.x - layout.text.number * text_width("−888.8", True)
    return lane.number.baseline - layout.text.number


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)])
def test_a_bar_from_the_end_is_as_long_as_both_sides_of_one_from_zero(size):
    bar = lay_out(size).lanes[3].bar
    whole, back = bar.from_end.box(bar.from_end.longest), bar.box(-bar.longest)
    there = bar.box(bar.longest)
    if bar.sideways:
        assert (whole.x, whole.width) == (back.x + bar.zero.width, 2 * bar.longest)
        assert whole.x + whole.width == there.x + there.width
    else:
        assert (whole.y, whole.height) == (there.y, 2 * bar.longest)


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
    assert is_turned(layout)
    assert layout.k == 5
    for place, lane in enumerate(layout.lanes):
        xs, ys = zip(*lane.cells, strict=True)
        assert set(ys) == {layout.lanes[0].cells[0][1] + place * 148}
        assert sorted(xs) == list(xs)
    # A telephone shows 1080 pixels as 390 to 430 of its own; 9 of those can be read.
    assert min(text.size for text in of_kind(scene, Text)) >= 24


@pytest.mark.parametrize(
    ("size", "turned"),
    [((1080, 1920), True), ((720, 1280), True), ((1080, 1350), True), ((1080, 1080), False),
     ((1920, 1080), False)],
)  # fmt: skip
def test_a_frame_is_turned_where_that_holds_more(size, turned):
    assert is_turned(lay_out(size)) == turned


@settings(max_examples=15)
@given(even_sizes)
def test_no_frame_that_is_turned_would_have_been_better_upright(size):
    search = Search((28, 28), words_of().widest)
    best = search.best(size)
    upright = search.better(search.better(None, UprightPlan, size), WidePlan, size)
    assert upright is None or best.merit >= upright.merit


def test_grey_cells_may_have_an_odd_number_of_screen_pixels_unless_the_image_has():
    assert lay_out((960, 540)).k == 3
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
        ((638, 360), "do not fit.*smallest possible size is 640x360"),
        ((640, 358), "do not fit.*smallest possible size is 640x360"),
        ((0, 0), "do not fit.*smallest possible size is 640x360"),
        ((358, 640), "do not fit.*smallest possible size is 360x640"),
        ((400, 600), "do not fit.*smallest possible size is 360x640"),
        *((size, "largest possible size is {}x{}".format(*LARGEST))
          for size in ((8194, 4320), (8192, 4322), (10**6, 360))),
    ],
)  # fmt: skip
def test_a_size_that_no_frame_can_have_is_refused_with_one_that_it_can(size, message):
    with pytest.raises(LayoutError, match=message):
        lay_out(size)


def test_images_that_fit_into_no_video_are_refused():
    with pytest.raises(LayoutError, match="900×900 images fit into no video"):
        lay_out((1920, 1080), (900, 900))


@pytest.mark.parametrize("high", [False, True])
@pytest.mark.parametrize("image_size", [(28, 28), (8, 8), (64, 64), (27, 31), (64, 20)])
def test_the_smallest_size_that_an_error_names_is_possible_and_the_smallest(image_size, high):
    width, height = possible((2, 2 + 2 * high), image_size)
    lay_out((width, height), image_size)
    for smaller in ((width - 2, height), (width, height - 2)):
        with pytest.raises(LayoutError):
            lay_out(smaller, image_size)


@pytest.mark.parametrize("size", [(640, 360), (1920, 1080), (1080, 1920)])
def test_a_title_is_smaller_where_it_must_be_and_refused_where_it_cannot_be_read(size):
    short = lay_out(size, title="W")
    width = short.header.tally.x - short.header.position.x
    most = int(width / (short.text.banner * text_width("W", True)))
    assert lay_out(size, title="W" * most) == short
    smaller = lay_out(size, title="W" * (most + 2)).text
    assert short.text.banner > smaller.banner >= smaller.position
    with pytest.raises(LayoutError, match=r"the title is \d+ pixels wide.*shorten it"):
        lay_out(size, title="W" * 120)
