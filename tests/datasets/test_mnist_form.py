"""A picture of any size is brought to MNIST's form, to the byte as docs/own-pictures.md says."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mnistviz.datasets.mnist_form import image_form, ink_levels
from mnistviz.errors import DataError
from slow_image_form import slow_image_form

SIZE = (28, 28)
shapes = st.tuples(st.integers(1, 24), st.integers(1, 24), st.just(4))
pictures = arrays(np.uint8, shapes, elements=st.integers(0, 255), fill=st.sampled_from([0, 255]))
sizes = st.sampled_from([(28, 28), (8, 8), (1, 1), (27, 28), (20, 64)])


def opaque(grey):
    grey = np.asarray(grey, np.uint8)
    return np.dstack([grey, grey, grey, np.full_like(grey, 255)])


@st.composite
def drawings(draw):
    """A light page with a drawing in random grey levels, away from the border."""
    ink = draw(arrays(np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 12))))
    top, bottom, left, right = (draw(st.integers(3, 9)) for _ in range(4))
    assume(ink.max() >= 64)
    return 250 - np.minimum(np.pad(ink, ((top, bottom), (left, right))), 250)


def formed(rgba, size=SIZE):
    try:
        return image_form(rgba, size)
    except DataError:
        assume(False)


@settings(max_examples=150)
@given(pictures, sizes)
def test_an_independent_implementation_gives_the_same_bytes(rgba, size):
    image = formed(rgba, size)
    assert (image.dtype, image.shape) == (np.uint8, size)
    assert image.tolist() == slow_image_form(rgba, *size)


small = arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9)))


@given(drawings() | small, st.integers(1, 5))
def test_a_drawing_of_larger_pixels_is_the_same_drawing(grey, times):
    larger = np.kron(grey, np.ones((times, times), np.uint8))
    assert (formed(opaque(larger)) == formed(opaque(grey))).all()


@given(drawings(), st.tuples(*[st.integers(0, 20)] * 4))
def test_where_on_the_page_it_is_drawn_does_not_matter(grey, more):
    page = np.pad(grey, (more[:2], more[2:]), constant_values=250)
    assert (formed(opaque(page)) == formed(opaque(grey))).all()


@given(arrays(np.uint8, st.tuples(st.integers(1, 16), st.integers(1, 16))))
def test_light_on_dark_is_the_same_as_dark_on_light(grey):
    assert (formed(opaque(255 - grey)) == formed(opaque(grey))).all()


def test_grey_pencil_on_grey_paper_is_full_ink_on_black():
    page = np.full((40, 40), 190)
    page[10:30, 18:22] = 150
    assert set(ink_levels(page.astype(np.uint8)).ravel().tolist()) == {0, 255}
    page[10:30, 22] = 168  # the soft edge of the line: 22 of 40
    assert set(ink_levels(page.astype(np.uint8)).ravel().tolist()) == {0, 140, 255}


def test_ink_fills_the_box_with_its_centre_of_mass_in_the_middle():
    page = np.full((300, 500), 255)
    page[40:240, 90:190] = 0
    image = image_form(opaque(page), SIZE)
    assert (image[4:24, 9:19] == 255).all()
    assert np.count_nonzero(image) == 20 * 10


def test_a_shadow_on_the_paper_is_no_ink():
    shadow = np.linspace(215, 180, 200)[None, :].repeat(200, axis=0)
    shadow[60:140, 90:110] -= 120
    image = image_form(opaque(shadow), SIZE)
    assert np.count_nonzero(image) == 20 * 5


FAR_DOTS = np.full((1000, 1000), 255)
FAR_DOTS[1, 1] = FAR_DOTS[-2, -2] = 0


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ([[7]], "expected a drawing, got one flat colour"),
        (np.full((90, 50), 255), "expected a drawing, got one flat colour"),
        ([[9, 9, 9], [9, 24, 9], [9, 9, 9]], r"stands out.* by 16 or more.*got 15"),
        ([[9, 9, 9, 9], [9, 0, 18, 9], [9, 9, 9, 9]], "darker or lighter.* got as much of both"),
        (FAR_DOTS, "too thin"),
    ],
)
def test_a_page_with_nothing_or_too_thin_lines_on_it_is_refused(page, message):
    with pytest.raises(DataError, match=message):
        image_form(opaque(page), SIZE)


def drawn_large(image):
    """A test digit as a big dark drawing on light, off the centre."""
    return 255 - np.pad(np.kron(image, np.ones((6, 6), np.uint8)), ((40, 10), (5, 60)))


def test_test_digits_drawn_large_and_dark_are_predicted_as_they_were(digits, trained):
    images = digits.test.images[:1000]
    large = np.array([image_form(opaque(drawn_large(image)), SIZE) for image in images])
    before, after = (
        trained.model.predict(some.reshape(1000, 784) / np.float32(255)) for some in (images, large)
    )
    labels = digits.test.labels[:1000]
    assert (before == after).mean() >= 0.965  # measured: 0.971
    assert abs((before == labels).mean() - (after == labels).mean()) <= 0.01
