"""No frame of a film judges a blend: what it says is said of an image, and changes once."""

from itertools import groupby

import numpy as np

from composers import composer_of, moments_of
from mnistviz import PictureConfig
from mnistviz.drawing.scene import Rectangle, Text

IMAGES, STEPS = 300, 8


def said(scene, composer):
    """Return header and headings, and where the colours of true and wrong are."""
    top, accents = composer.layout.lanes[0].cells[0][1], composer.theme.accents
    texts, marks = [], set()
    for element in scene.changing:
        if isinstance(element, Text) and element.baseline < top:
            texts.append(element)
        if isinstance(element, Rectangle) and element.colour in (accents.true, accents.wrong):
            marks.add((element.x, element.width, element.colour))
    return tuple(texts), frozenset(marks)


def test_every_frame_says_what_an_image_is_and_changes_to_the_next_once(digits, trained):
    indices = np.random.default_rng(0).permutation(10_000)[:IMAGES]
    composer = composer_of(digits, trained.model, PictureConfig((640, 360)))
    film = moments_of(digits, trained.model, indices, STEPS)
    of_images = [said(composer.scene(film.image(place)), composer) for place in range(IMAGES)]
    of_frames = [said(composer.scene(moment), composer) for moment in film]
    assert len(of_frames) == 1 + (IMAGES - 1) * STEPS
    assert [each for each, _ in groupby(of_frames)] == of_images
