"""What is drawn is what was computed: the arithmetic and the places here are the test's own."""

import numpy as np
import pytest

import mnistviz
from composers import composer_of, moments_of
from frames import Decoded, Drawn, blocks, decode, filmed, grey, pixels_of
from mnistviz.drawing.raster import rasterise
from reading import read_number

# Of a frame of 1920×1080, in pixels: left edge of column 0, from column to column, tops of the
# rows of cells, screen pixels an image pixel, zero line, and bars.
LEFT, PITCH, TOPS, K, CELL = 132, 176, (170, 346, 522), 6, 168
ZERO, LONGEST_BAR, BAR_LEFT, BAR_WIDTH = 806, 108, 32, 104
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
    return np.percentile(np.abs(model.weights), 99.5), np.abs(logits).max()


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


def test_every_bar_has_the_height_and_colour_of_its_logit(frames, expected, scales):
    for frame, image in zip(frames, expected, strict=True):
        for column, logit in enumerate(image.logits):
            height = 2 * round(LONGEST_BAR * abs(logit) / scales[1] / 2)
            left = LEFT + PITCH * column + BAR_LEFT
            across = left, left + BAR_WIDTH
            above, below = (height, 0) if logit > 0 else (0, height)
            top, bottom = ZERO - above, ZERO + 2 + below
            colour = colour_of(column, image) or BAR
            assert frame.is_all(BACKGROUND, ZERO - LONGEST_BAR, top, *across)
            assert frame.is_all(colour, top, ZERO, *across)
            assert frame.is_all(colour, ZERO + 2, bottom, *across)
            assert frame.is_all(BACKGROUND, bottom, ZERO + 2 + LONGEST_BAR, *across)


def test_every_number_is_the_logit_and_every_bias_the_bias(frames, expected):
    for frame, image in zip(frames, expected, strict=True):
        for column in range(10):
            x = LEFT + PITCH * column
            stands_out = colour_of(column, image) is not None
            number = frame.brightness(930, 964, x + 10, x + 160)
            bias = frame.brightness(966, 990, x + 84, x + 160)
            assert read_number(number, 26, bold=stands_out) == written(image.logits[column])
            assert read_number(bias, 16) == written(image.bias[column])


def written(value):
    text = f"{value:+.1f}"
    return "0.0" if text in ("+0.0", "-0.0") else text.replace("-", "−")


def test_green_frames_the_true_class_and_orange_a_wrong_prediction_and_nothing_else(
    frames, expected
):
    for frame, image in zip(frames, expected, strict=True):
        for column in range(10):
            left, right = LEFT + PITCH * column - 4, LEFT + PITCH * column + CELL + 4
            sides = [
                (166, 1000, left, left + 4),
                (166, 1000, right - 4, right),
                (166, 170, left, right),
                (996, 1000, left, right),
            ]
            if colour := colour_of(column, image):
                assert all(frame.is_all(colour, *side) for side in sides)
            else:
                assert frame.is_all(BACKGROUND, 690, ZERO, left, left + 4)
                assert frame.is_all(BACKGROUND, 996, 1000, left, right)


@pytest.mark.slow
def test_in_a_default_film_the_mean_of_each_block_is_close_to_its_number(
    digits, trained, scales, tmp_path
):
    film = mnistviz.render(digits, trained, tmp_path / "film.mp4", mnistviz.Selection(20))
    order = np.random.default_rng(0).permutation(10_000)[:20]
    middles = decode(film.path, SIZE, first=15, every=30)
    assert len(middles) == 20
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
    assert (still[TOPS[0] : 1000] == pictures[12][TOPS[0] : 1000]).all()
