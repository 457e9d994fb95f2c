"""With --max-size a GIF gets fewer colours, smaller pictures and then fewer images."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import mnistviz
from mnistviz import Encoding, PictureConfig, Selection
from mnistviz.errors import LayoutError, OptionError, SizeWarning
from mnistviz.formats.limit import FilmSizeError, within

SIZE = (960, 540)


@pytest.fixture(scope="module")
def gif(small_digits, tmp_path_factory):
    """Return what renders six images as a GIF, and gives it with its bytes."""
    data = mnistviz.load(small_digits)
    model = mnistviz.train(data).model
    path = tmp_path_factory.mktemp("film") / "v.gif"

    def render(max_size=None):
        film = mnistviz.render(
            data,
            model,
            path,
            Selection(6),
            encoding=Encoding(max_size=max_size),
            picture=PictureConfig(SIZE),
        )
        return film, path.stat().st_size

    return render


def colours_of(path):
    with Image.open(path) as image:
        return len(np.unique(np.asarray(image.convert("RGB")).reshape(-1, 3), axis=0))


@pytest.mark.filterwarnings("ignore:the GIF has")
def test_a_gif_loses_colours_first_then_size_and_then_images(gif):
    usual, most = gif()
    assert (usual.size, usual.images) == (SIZE, 6)
    with pytest.warns(SizeWarning, match=r"^the GIF has (128|64) colours, to keep to its size$"):
        film, size = gif(int(0.97 * most))
    assert (film.size, film.images) == (SIZE, 6)
    assert size <= 0.97 * most
    assert colours_of(film.path) <= 129
    with pytest.warns(SizeWarning, match=r"^the film is \d+x\d+, to keep to its size$"):
        film, size = gif(int(0.75 * most))
    assert size <= 0.75 * most
    assert film.images == 6
    with Image.open(film.path) as image:
        assert image.size == film.size < SIZE
    with pytest.warns(SizeWarning, match=r"\d+x\d+ and shows \d of 6 images, to keep to its size$"):
        film, size = gif(most // 4)
    assert size <= most // 4
    assert film.images < 6
    with Image.open(film.path) as image:
        assert (image.n_frames, film.seconds) == (film.images, pytest.approx(film.images * 2.4))
    assert [path.name for path in film.path.parent.iterdir()] == ["v.gif"]


def test_a_limit_that_no_film_keeps_is_an_error_and_the_older_film_stays(gif):
    film, _ = gif()
    before = film.path.read_bytes()
    with pytest.raises(OptionError, match=r"keep to 2,000 bytes: even in \d+x\d+ it takes [\d,]+$"):
        gif(2000)
    assert film.path.read_bytes() == before
    assert [path.name for path in film.path.parent.iterdir()] == ["v.gif"]


@pytest.mark.filterwarnings("ignore:the film is")
@given(
    st.integers(1, 10**7),
    st.integers(1, 40),
    st.floats(0.01, 2),
    st.floats(0, 1.2),
    st.integers(0, 10**4),
)
def test_the_first_film_that_keeps_to_the_limit_is_taken(most, images, a_pixel, power, fixed):
    """Whatever a film's bytes are like, and wherever its smallest size is."""
    asked, made = (1920, 1080), []

    def fits(size):
        if size[0] < 640:
            raise LayoutError("too small")

    def make(size, count):
        made.append((size, count))
        length = int(fixed + count * a_pixel * (size[0] * size[1]) ** power)
        if length > most:
            raise FilmSizeError(length)
        return size, count

    try:
        found = within(most, asked, images, fits, make)
    except OptionError:
        found = None
        assert made[-1][1] == 1
    assert made[0] == (asked, images)
    assert found in (None, made[-1])
    for (size, count), (after, fewer) in pairwise(made):
        assert (after < size and fewer == count) or (after == size and fewer < count)
        assert count == images or after == size
        assert abs(after[0] / after[1] - 16 / 9) < 0.02
