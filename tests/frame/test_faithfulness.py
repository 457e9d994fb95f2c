"""What is drawn is what was computed: the arithmetic and the places here are the test's own."""

import math
from itertools import groupby

import numpy as np
import pytest

import mnistviz
from composers import compose, composer_of, moment_of, moments_of
from frames import Decoded, Drawn, blocks, decode, filmed, grey, pixels_of
from mnistviz.drawing.raster import rasterise
from mnistviz.frame.scales import Scales
from mnistviz.model.linear import LinearClassifier
from reading import read_number

# Of a frame of 1920×1080, in pixels: left edge of column 0, from column to column, tops of the
# rows of cells, screen pixels an image pixel, zero line, bars, and baselines.
LEFT, PITCH, TOPS, K, CELL = 148, 176, (156, 332, 508), 6, 168
ZERO, BARS, BAR_LEFT, BAR_WIDTH = 866, (720, 962), 14, 140
ABOVE, BELOW, BIAS, PERCENT, OUTLINE = 856, 902, 706, 998, 1010
LOW, HIGH, UNIT = -17, 26, 240 / 43  # the range of the bars, and pixels a unit of score
GREEN, ORANGE, BACKGROUND, BAR = (0, 158, 115), (230, 159, 0), (14, 17, 22), (110, 122, 136)
SIZE = (1920, 1080)
# Grey levels that the mean of a block in a default film may be off; 3.2 is the most measured.
BOUND = 4


class Expected:
    """The numbers of one image, in float64, from the pixels and the weights."""

    def __init__(self, digits, model, index):
        self.pixels = digits.test.images[index].astype(float) / 255
        self.label = int(digits.test.labels[index])
        weights = model.weights.astype(float).T.reshape(10, 28, 28)
        self.weights, self.bias = weights, model.bias.astype(float)
        self.products = weights * self.pixels
        self.logits = self.products.sum(axis=(1, 2)) + self.bias
        self.predicted = int(self.logits.argmax())


@pytest.fixture(scope="module")
def scales(digits, trained):
    """Full scale of the weights and of the bars."""
    model = trained.model
    pixels = digits.test.images.reshape(10_000, 784).astype(float) / 255
    logits = pixels @ model.weights.astype(float) + model.bias
    assert math.floor(np.percentile(logits, 2)) == LOW
    assert math.ceil(np.percentile(logits.max(axis=1), 99)) == HIGH
    return (np.percentile(np.abs(model.weights), 99.5),)


@pytest.fixture(scope="module")
def indices(digits, trained):
    """Images to look at: 12 predicted right, and 12 wrong."""
    predicted = trained.model.predict(digits.test.images.reshape(-1, 784).astype(np.float32) / 255)
    hits = predicted == digits.test.labels
    return [*np.flatnonzero(hits)[::800][:12], *np.flatnonzero(~hits)[::60][:12]]


@pytest.fixture(scope="module")
def expected(digits, trained, indices):
    images = [Expected(digits, trained.model, index) for index in indices]
    hits = [each.predicted == each.label for each in images]
    assert min(hits.count(True), hits.count(False)) >= 10
    return images


@pytest.fixture(scope="module")
def scenes(digits, trained, indices):
    composer = composer_of(digits, trained.model)
    return [composer.scene(moment) for moment in moments_of(digits, trained.model, indices)]


@pytest.fixture(scope="module")
def pictures(scenes):
    return [rasterise(scene) for scene in scenes]


@pytest.fixture(scope="module")
def drawn(pictures):
    """The frames of the images, as matplotlib draws them."""
    return [Drawn(picture) for picture in pictures]


@pytest.fixture(scope="module")
def decoded(scenes, tmp_path_factory):
    """The frames of the images, as the painter paints them, out of a lossless film."""
    return filmed(scenes, tmp_path_factory.mktemp("lossless"))


@pytest.fixture(params=["drawn", "decoded"])
def frames(request):
    return request.getfixturevalue(request.param)


def place(column, row):
    """Return top, bottom, left and right of a cell."""
    x, y = LEFT + PITCH * column, TOPS[row]
    return y, y + CELL, x, x + CELL


def cell(frame, column, row):
    return blocks(frame.grey(*place(column, row)), K)


def level_of(frames):
    """Return one level of the frames, in levels of grey: limited range has only 219 steps."""
    return 255 / 219 if isinstance(frames[0], Decoded) else 1


def colour_of(column, image):
    """Return the colour that marks a column, if any."""
    if column == image.label:
        return GREEN
    return ORANGE if column == image.predicted else None


@pytest.mark.parametrize("row", range(3), ids=["image", "weights", "products"])
def test_every_pixel_of_a_cell_is_the_grey_of_its_number(frames, expected, scales, row):
    for frame, image in zip(frames, expected, strict=True):
        for column in range(10):
            values = (image.pixels, image.weights[column], image.products[column])[row]
            levels = grey(values, scales[0]) if row else 255 * values
            off = np.abs(cell(frame, column, row) - levels[..., None])
            assert off.max() <= level_of(frames)


def length_of(logit):
    """Return the length of a bar, cut where it is longer than the range."""
    return 2 * round(UNIT * abs(min(HIGH, max(LOW, logit))) / 2)


def test_every_bar_has_the_height_and_colour_of_its_logit(frames, expected):
    for frame, image in zip(frames, expected, strict=True):
        for column, logit in enumerate(image.logits):
            if not LOW <= logit <= HIGH:
                continue
            height = length_of(logit)
            left = LEFT + PITCH * column + BAR_LEFT
            across = left, left + BAR_WIDTH
            above, below = (height, 0) if logit > 0 else (0, height)
            top, bottom = ZERO - above, ZERO + 2 + below
            colour = colour_of(column, image) or BAR
            assert frame.is_all(colour, top, ZERO, *across)
            assert frame.is_all(colour, ZERO + 2, bottom, *across)
            # Beside its number, which is across the zero line, and the dotted line above it:
            edge = left, left + 8
            line = ZERO - length_of(image.logits[image.predicted])
            assert frame.is_all(BACKGROUND, BARS[0], min(line, top), *edge)
            assert frame.is_all(BACKGROUND, line + 4, top, *edge)
            assert frame.is_all(BACKGROUND, bottom, BARS[1], *edge)


def test_a_bar_beyond_the_range_is_cut_with_a_chevron_and_its_number_is_exact(digits, trained):
    model, cut = trained.model, 0
    pixels = digits.test.images.reshape(10_000, 784).astype(float) / 255
    logits = pixels @ model.weights.astype(float) + model.bias
    highest = [int(place) for place in logits.max(axis=1).argsort()[-3:]]
    composer = composer_of(digits, model)
    for place, moment in zip(highest, moments_of(digits, model, highest), strict=True):
        frame = Drawn(rasterise(composer.scene(moment)))
        for column, logit in enumerate(logits[place]):
            left = LEFT + PITCH * column + BAR_LEFT
            if logit <= HIGH:
                continue
            cut += 1
            bar = frame.rgb[ZERO - length_of(logit) : ZERO, left : left + BAR_WIDTH]
            gaps = (np.abs(bar - BACKGROUND).max(axis=2) <= 1).sum(axis=0)
            assert (gaps == 4).all()  # one gap in every column of pixels,
            tops = np.argmax(np.abs(bar - BACKGROUND).max(axis=2) <= 1, axis=0)
            assert tops[0] > tops[BAR_WIDTH // 2] < tops[-1]  # which is highest in the middle
            number = frame.brightness(ZERO + 6, BELOW + 6, left, left + BAR_WIDTH)
            assert read_number(number, 32, bold=True) == written(logit)
    assert cut


@pytest.mark.parametrize("sign", [1, -1])
def test_a_bar_to_the_side_that_is_beyond_the_range_is_cut_near_its_end(sign):
    model = LinearClassifier(np.zeros((784, 2), np.float32), np.array([sign * 50, 1], np.float32))
    composer = compose(model, Scales(1.0, -20.0, 20.0), (1920, 1080), classes=("no", "yes"))
    place = composer.layout.lanes[0].bar
    assert place.sideways
    scene = composer.scene(moment_of(composer, np.zeros(784, np.float32), 1))
    start, unit = place.scale(-20.0, 20.0)
    box = place.bar(start, int(sign * 20 * unit) // 2 * 2)
    across = rasterise(scene)[box.y + box.height // 2, box.x : box.x + box.width]
    empty = (np.abs(across.astype(int) - BACKGROUND) <= 1).all(axis=1)
    assert not empty[0]
    assert not empty[-1]
    (gap,) = [len([*run]) for of, run in groupby(empty.tolist()) if of]  # one, of the chevron
    assert gap == composer.layout.outline
    nearer = empty.argmax() if sign < 0 else empty[::-1].argmax()
    assert nearer < 20  # to the end


@pytest.mark.parametrize(
    ("low", "high", "scales"),
    [(-0.123, 13.21, (-0.13, 14)), (-99.5, 0.0101, (-100, 0.011)), (-1300, 7, (-1300, 7))],
)
def test_the_range_of_bars_is_rounded_outward_to_two_digits(low, high, scales):
    logits = np.full((50, 3), [low, low, high], np.float32)
    found = Scales.of(np.ones((4, 3), np.float32), logits)
    assert (found.low, found.high) == pytest.approx(scales, rel=1e-6)


def test_every_number_is_the_logit_every_bias_the_bias_and_every_percentage_the_softmax(
    frames, expected
):
    for frame, image in zip(frames[::3], expected[::3], strict=True):  # reading takes a while
        odds = np.exp(image.logits - image.logits.max())
        shares = odds / odds.sum()
        for column in range(10):
            x, logit = LEFT + PITCH * column, image.logits[column]
            stands_out = colour_of(column, image) is not None
            baseline = BELOW if logit >= 0 else ABOVE
            number = frame.brightness(baseline - 28, baseline + 4, x + 10, x + 158)
            assert read_number(number, 32, bold=stands_out) == written(logit)
            bias = frame.brightness(BIAS - 20, BIAS + 4, x + 30, x + 140)
            assert read_number(bias, 22) == written(image.bias[column])
            percent = frame.brightness(PERCENT - 26, PERCENT + 4, x + 10, x + 158)
            read = read_number(percent, 30, bold=stands_out, characters="0123456789.%<>")
            assert read == said(shares[column])


def written(value):
    text = f"{value:+.1f}"
    return "0.0" if text in ("+0.0", "-0.0") else text.replace("-", "−")


def said(share):
    if share > 0.9995:
        return ">99.9%"
    return "<0.1%" if share < 0.0005 else f"{100 * share:.1f}%"


def test_a_dotted_line_in_the_winners_colour_runs_at_the_height_of_its_bar(frames, expected):
    for frame, image in zip(frames, expected, strict=True):
        winner = image.logits[image.predicted]
        top = ZERO - length_of(winner)
        colour = colour_of(image.predicted, image)
        for column, logit in enumerate(image.logits):
            x = LEFT + PITCH * column
            if column == image.predicted or length_of(logit) > length_of(winner) - 40:
                continue
            if winner < 8:  # where the numbers of others may be in its way
                continue
            dashes = [(x + start, x + start + 8) for start in range(0, CELL, 16)]
            gaps = [(x + start + 8, x + start + 16) for start in range(0, CELL - 8, 16)]
            assert all(frame.is_all(colour, top, top + 4, *dash) for dash in dashes)
            assert all(frame.is_all(BACKGROUND, top, top + 4, *gap) for gap in gaps)


def test_green_frames_the_true_class_and_dashed_orange_a_wrong_prediction_and_nothing_else(
    frames, expected
):
    bottom = OUTLINE
    for frame, image in zip(frames, expected, strict=True):
        for column in range(10):
            left, right = LEFT + PITCH * column - 4, LEFT + PITCH * column + CELL + 4
            sides = [(bottom - 4, bottom, left, right), (730, bottom - 4, left, left + 4)]
            sides.append((730, bottom - 4, right - 4, right))
            colour = colour_of(column, image)
            if colour == GREEN:
                assert all(frame.is_all(colour, *side) for side in sides)
            elif colour == ORANGE:
                starts = range(left, right, 32)
                for start in starts:
                    dash = bottom - 4, bottom, start, min(right, start + 16)
                    gap = bottom - 4, bottom, start + 16, min(right, start + 32)
                    assert frame.is_all(ORANGE, *dash)
                    assert frame.is_all(BACKGROUND, *gap)
            else:
                assert frame.is_all(BACKGROUND, bottom - 4, bottom, left, right)


@pytest.mark.slow
def test_in_a_default_film_the_mean_of_each_block_is_close_to_its_number(
    digits, trained, scales, tmp_path
):
    film = mnistviz.render(digits, trained, tmp_path / "film.mp4", mnistviz.Selection(8))
    order = np.random.default_rng(0).permutation(10_000)[:8]
    middles = decode(film.path, SIZE, first=36, every=72)
    assert len(middles) == 8
    worst = 0
    for frame, index in zip(middles, order, strict=True):
        image = Expected(digits, trained.model, index)
        for column in range(10):
            for row, values in ((1, image.weights), (2, image.products)):
                levels = grey(values[column], scales[0])
                means = blocks(frame.brightness(*place(column, row)), K).mean(axis=2)
                worst = max(worst, np.abs(means - levels).max())
    assert worst <= BOUND


def test_a_still_has_the_same_pixels_as_the_film(digits, trained, pictures, indices, tmp_path):
    out = tmp_path / "frame.png"
    mnistviz.still(digits, int(indices[12]), out, trained)
    still = pixels_of(out)
    assert (still[TOPS[0] : 1016] == pictures[12][TOPS[0] : 1016]).all()
