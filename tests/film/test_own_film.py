"""A real set of 8×8 images, and stills of it."""

import pytest

import mnistviz
from composers import layout_of
from frames import pixels_of
from mnistviz.config import PictureConfig


@pytest.fixture(scope="module")
def own(small_digits):
    data = mnistviz.load(small_digits)
    return data, mnistviz.train(data)


def test_a_model_of_8_by_8_images_learns(own):
    data, trained = own
    assert (data.noun, data.train.image_size) == ("image", (8, 8))
    assert trained.training["test_accuracy"] > 0.89


@pytest.mark.parametrize("size", [(1280, 720), (1080, 1080), (720, 1280)])
def test_a_still_of_it_shows_the_image_pixel_by_pixel(own, tmp_path, size):
    data, trained = own
    mnistviz.still(data, 3, tmp_path / "still.png", trained, PictureConfig(size))
    frame = pixels_of(tmp_path / "still.png")
    layout = layout_of(data, PictureConfig(size))
    middle = layout.k // 2
    for lane in layout.lanes:
        x, y = lane.cells[0]
        rows = slice(y + middle, y + layout.cell[1], layout.k)
        columns = slice(x + middle, x + layout.cell[0], layout.k)
        assert (frame[rows, columns, 0] == data.test.images[3]).all()
