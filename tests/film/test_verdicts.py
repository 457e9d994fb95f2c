"""No frame of a film judges a blend: what it says is said of an image, and changes once."""

import numpy as np

from composers import composer_of, moments_of
from mnistviz import PictureConfig
from mnistviz.drawing.scene import Rectangle, Text

IMAGES, STEPS = 300, 5


def said(scene, composer):
    """Return header and headings, where the colours of true and wrong are, and the dotted line."""
    top, accents = composer.layout.lanes[0].cells[0][1], composer.theme.accents
    lanes = [lane.outline for lane in composer.layout.lanes]
    texts, marks, line = [], set(), set()
    for element in scene.changing:
        if isinstance(element, Text) and element.baseline < top:
            texts.append(element)
        if isinstance(element, Rectangle) and element.colour in (accents.true, accents.wrong):
            if element.dash == 2 * composer.layout.outline:
                line.add((element.y, element.colour))  # it has gaps where bars and numbers are
            else:
                lane = next(n for n, it in enumerate(lanes) if it.x <= element.x < it.x + it.width)
                marks.add((lane, element.colour))
    return tuple(texts), frozenset(marks), frozenset(line)


def test_every_frame_says_what_an_image_is_and_changes_to_the_next_once(digits, trained):
    indices = np.random.default_rng(0).permutation(10_000)[:IMAGES]
    composer = composer_of(digits, trained.model, PictureConfig((640, 360)))
    film = moments_of(digits, trained.model, indices, STEPS)
    of_images = [said(composer.scene(film.image(place)), composer) for place in range(IMAGES)]
    assert all(len(line) == 1 for *_, line in of_images)
    of_frames = [said(composer.scene(moment), composer) for moment in film]
    assert len(of_frames) == 1 + (IMAGES - 1) * STEPS
    place = 0
    for *words, line in of_frames:
        place += words != [*of_images[place][:2]]
        assert words == [*of_images[place][:2]]
        assert line <= of_images[place][2]
    assert place == IMAGES - 1
