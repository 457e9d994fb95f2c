"""A real set of 8×8 images, from its folder to a film."""

import imageio.v3 as imageio
import numpy as np
import pytest
from sklearn.datasets import load_digits

import mnistviz
from composers import layout_of
from idx_files import file_names
from mnistviz.config import PictureConfig
from mnistviz.datasets.idx import write_idx


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """scikit-learn's digits: 1,797 images of 8×8 pixels from 0 to 16, the last 500 to test with."""
    path = tmp_path_factory.mktemp("own") / "small digits"
    path.mkdir()
    bunch = load_digits()
    images = np.rint(bunch.images * 255 / 16).astype(np.uint8)
    labels = bunch.target.astype(np.int32)
    arrays = (images[:-500], labels[:-500], images[-500:], labels[-500:])
    for name, array in zip(file_names(suffix=".gz"), arrays, strict=True):
        write_idx(path / name, array)
    return path


@pytest.fixture(scope="module")
def own(folder):
    return mnistviz.load(folder), mnistviz.train(mnistviz.load(folder))


def test_a_model_of_8_by_8_images_learns(own):
    data, trained = own
    assert (data.noun, data.train.image_size) == ("image", (8, 8))
    assert trained.training["test_accuracy"] > 0.89


@pytest.mark.parametrize("size", [(1280, 720), (1080, 1080), (720, 1280)])
def test_a_still_of_it_shows_the_image_pixel_by_pixel(own, tmp_path, size):
    data, trained = own
    mnistviz.still(data, 3, tmp_path / "still.png", trained, PictureConfig(size))
    frame = imageio.imread(tmp_path / "still.png")
    layout = layout_of(data, PictureConfig(size))
    middle = layout.k // 2
    for lane in layout.lanes:
        x, y = lane.cells[0]
        rows = slice(y + middle, y + layout.cell[1], layout.k)
        columns = slice(x + middle, x + layout.cell[0], layout.k)
        np.testing.assert_array_equal(frame[rows, columns, 0], data.test.images[3])


def test_a_film_of_it_is_made(own, tmp_path):
    data, trained = own
    done = mnistviz.render(
        data,
        trained,
        tmp_path / "film.mp4",
        mnistviz.Selection(count=3),
        mnistviz.Timing(0.2, transition=0),
        picture=PictureConfig((640, 360)),
    )
    assert (done.images, done.path.exists()) == (3, True)
