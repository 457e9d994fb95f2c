"""Nothing overlaps in any language that comes with mnistviz, at any usual size."""

from dataclasses import replace

import pytest
from test_layout import assert_well_placed, crowded_scene, large_enough, usual

import mnistviz
from composers import composer_of, moments_of
from mnistviz import PictureConfig, Wording
from mnistviz.config import Selection
from mnistviz.drawing.scene import Text
from mnistviz.errors import LayoutError
from mnistviz.film.introduction import SENTENCES, Introduction
from mnistviz.film.stack import Stack
from mnistviz.language.catalogue import languages
from mnistviz.language.language import language_of
from typefaces import installed

TAGS = languages() or ("en",)


def drawn(tag):
    language = language_of(Wording(tag))
    fonts = installed(tag, right_to_left=language.is_right_to_left)
    return replace(language, fonts=fonts)


@pytest.mark.parametrize("tag", TAGS)
def test_nothing_overlaps_in_a_film(tag):
    language = drawn(tag)
    for size in usual:
        assert_well_placed(crowded_scene(size, language=language))
    for size in large_enough:
        looks = {"title": "A title", "weights": "diverging-effect"}
        assert_well_placed(crowded_scene(size, language=language, **looks))


@pytest.mark.parametrize("tag", TAGS)
def test_all_that_is_beside_the_large_cell_of_an_introduction_has_room(tag, digits, trained):
    moment, language = moments_of(digits, trained.model, [8]).image(0), drawn(tag)
    for size in [(640, 360), (1920, 1080), (1080, 1080), (720, 1280)]:
        composer = composer_of(digits, trained.model, PictureConfig(size), language=language)
        for scene in list(Introduction(composer, moment, SENTENCES, 60).scenes())[5:40:6]:
            texts = [it for it in scene.changing if isinstance(it, Text)]
            assert_well_placed(replace(scene, static=(), changing=tuple(texts)))
            assert not [it.text for it in texts if "…" in it.text]


@pytest.fixture(scope="module")
def comparison(digits, trained):
    return mnistviz.compare(digits, [trained, trained], names=("1", "2")).comparison


@pytest.mark.parametrize("tag", TAGS)
def test_nothing_overlaps_in_a_comparison(tag, digits, trained, comparison):
    language, models = drawn(tag), (trained.model, trained.model)
    for size in [(960, 540), (1920, 1080), (1080, 1920), (1080, 1080)]:
        picture = PictureConfig(size)
        try:
            Stack(digits, models, comparison, picture, Selection()).still(0)
        except LayoutError:
            continue  # which English does not fit into either
        stack = Stack(digits, models, comparison, picture, Selection(), language=language)
        assert_well_placed(stack.still(0))
