"""Where two classes are equal but for rounding, all parts of a film name the same one."""

import numpy as np
import pytest

import mnistviz
import tracks
import webvtt
from composers import composer_of, moments_of
from mnistviz import Encoding, LinearClassifier, PictureConfig, Selection, Timing
from mnistviz.datasets.dataset import Dataset, Split
from mnistviz.drawing.scene import Rectangle, Text
from mnistviz.drawing.theme import theme_of
from mnistviz.model.train import logits_of

SMALL, CLASSES, IMAGES = PictureConfig((640, 360)), ("cat", "dog", "cow"), 20


def tied(gap):
    """Return images, and a model with logits of two classes that differ by rounding at most."""
    random = np.random.default_rng(6)
    split = Split(random.integers(0, 256, (IMAGES, 28, 28), np.uint8), np.arange(IMAGES) % 2)
    cat = random.normal(0, 0.1, 784)
    dog = cat + gap * random.choice([-1, 1], 784)
    model = LinearClassifier(np.stack([cat, dog, cat - 0.1], 1), np.array([0, gap, 0]))
    return Dataset("tied", CLASSES, "image", split, split), model.centred()


@pytest.mark.parametrize("gap", [0, 1e-6], ids=["exact", "near"])
def test_picture_caption_tags_result_and_still_agree_on_a_tie(tmp_path, gap):
    data, model = tied(gap)
    predicted = logits_of(model, data.test.images).argmax(axis=1)
    right = predicted == data.test.labels
    film = mnistviz.render(
        data,
        model,
        tmp_path / "v.mp4",
        Selection(order="file"),
        Timing(0.1, transition=0),
        Encoding(10, quality="draft", captions=True),
        SMALL,
    )
    assert film.right == right.sum()
    assert f"{right.sum()} of {IMAGES} right" in tracks.tags(film.path)["description"]
    cues = webvtt.parse(film.captions.read_text(encoding="utf-8"))
    composer, moments = composer_of(data, model, SMALL), moments_of(data, model, range(IMAGES))
    for index, (moment, (*_, caption)) in enumerate(zip(moments, cues, strict=True)):
        name = CLASSES[predicted[index]]
        assert ("predicted right" if right[index] else f"taken for a {name}") in caption
        scene = composer.scene(moment)
        texts = [each.text for each in scene.changing if isinstance(each, Text)]
        assert f"predicted {name}" in texts
        assert ("✓" in texts, "✗" in texts) == (right[index], not right[index])
        assert f"{right[: index + 1].sum()} of {index + 1} right" in texts
        assert outlined(scene, composer.layout) == {predicted[index], data.test.labels[index]}
        if index < 4:
            still = mnistviz.still(data, index, model=model, picture=SMALL)
            assert still.prediction.predicted == name
            of_film = [each for each in scene.changing if isinstance(each, Text)]
            of_still = [each for each in still.scene.changing if isinstance(each, Text)]
            assert of_still == of_film[:-1]  # all but the tally


def outlined(scene, layout):
    """Return the columns that have an outline."""
    accents = theme_of(SMALL).accents
    tops = {
        (each.x, each.y, each.width)
        for each in scene.changing
        if isinstance(each, Rectangle) and each.colour in (accents.true, accents.wrong)
    }
    outlines = [(lane.outline.x, lane.outline.y, lane.outline.width) for lane in layout.lanes]
    return {column for column, outline in enumerate(outlines) if outline in tops}
