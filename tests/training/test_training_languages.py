"""A training film, and the curves of a log, are in one language, and fit in any."""

import re

import pytest

import mnistviz
from boxes import box, overlap
from composers import PictureConfig
from made_up import english_in, wording
from mnistviz import Timing, TrainingConfig, Wording
from mnistviz.datasets.aside import with_validation
from mnistviz.drawing.scene import Text
from mnistviz.errors import OptionError
from mnistviz.language.language import ENGLISH, language_of
from mnistviz.model.watch import watch_training
from mnistviz.progress import silent
from mnistviz.training import log, words
from mnistviz.training.arrange import arrange
from mnistviz.training.captions import notes_of
from mnistviz.training.composer import TrainingComposer

DATA_WORDS = {"MNIST", "CC", "BY", "SA"}
CONFIGS = TrainingConfig(epochs=1), TrainingConfig(epochs=1, validation_share=0.3)
SIZES = (640, 360), (1280, 720), (1080, 1080), (1080, 1920), (1920, 1080)


@pytest.fixture(scope="module")
def trainings(digits):
    """Data and moments of a training without validation images, and of one with some."""
    parts = [with_validation(digits, config.validation_share, 0) for config in CONFIGS]
    return [
        (data, config, watch_training(data, config, silent))
        for data, config in zip(parts, CONFIGS, strict=True)
    ]


def texts_of(language, training, picture):
    """Return the texts of the first frame and of the last."""
    data, config, moments = training
    footer, layout = (
        words.footer(language, data, config),
        arrange(data, config, picture, language),
    )
    composer = TrainingComposer.of(moments, config, footer, layout, picture, language=language)
    scenes = [composer.scene(moment) for moment in (moments[0], moments[-1])]
    return [[it for it in scene.elements if isinstance(it, Text)] for scene in scenes]


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("weights", ["gray", "effect"])
def test_no_english_is_left_in_the_frames_of_a_training_film(tmp_path, trainings, which, weights):
    language = language_of(wording(tmp_path))
    picture = PictureConfig((1920, 1080), weights=weights)
    for texts in texts_of(language, trainings[which], picture):
        assert len(texts) > 30
        assert not {word for it in texts for word in english_in(it.text)}


@pytest.mark.parametrize("epochs", [1, 20])
def test_no_english_is_left_in_captions_chapters_and_tags_of_a_training_film(
    tmp_path, trainings, epochs
):
    language, (data, config, moments) = language_of(wording(tmp_path)), trainings[0]
    config = TrainingConfig(epochs=epochs)
    notes = notes_of(language, data, [*moments, moments[-1]], 5, config, "")
    cues = [cue.text for cue in (*notes.captions, *notes.chapters)]
    said = [notes.title, notes.description, notes.about, *cues]
    assert len(cues) >= 4
    assert {word for text in said for word in english_in(text)} <= DATA_WORDS
    assert notes.language == notes.tag == language.in_tracks == "qaa"


@pytest.mark.parametrize("which", [0, 1])
def test_no_english_is_left_in_the_curves_of_a_log_and_a_table_stays_english(
    tmp_path, trainings, which
):
    data, config, moments = trainings[which]
    language = language_of(wording(tmp_path))
    content = log.log_of(tmp_path / "l.svg", moments, data, config, language).decode()
    said = re.findall(r"<!-- (.*?) -->", content)
    assert len(said) > 20
    assert {word for text in said for word in english_in(text)} == {"MNIST"}
    tables = [
        log.log_of(tmp_path / "l.csv", moments, data, config, each) for each in (language, ENGLISH)
    ]
    assert tables[0] == tables[1]


def ink_of(text):
    """Return where a text is, but for the tips of accents and descenders, a tenth of its size."""
    left, top, right, bottom = box(text)
    below = bottom - 0.1 * text.size if re.search(r"[^\W\d]", text.text) else text.baseline
    return left, top + 0.1 * text.size, right, below


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("longer", [0, 0.4])
def test_no_text_of_a_training_film_meets_another_or_leaves_the_frame(
    tmp_path, trainings, size, longer
):
    language = language_of(wording(tmp_path, longer))
    frames = texts_of(language, trainings[1], PictureConfig(size))
    for texts in frames:
        boxes = [ink_of(it) for it in texts]
        for place, (left, top, right, bottom) in enumerate(boxes):
            assert left >= 0, texts[place]
            assert top >= 0, texts[place]
            assert right <= size[0], texts[place]
            assert bottom <= size[1], texts[place]
            for other, its in zip(texts, boxes[:place], strict=False):
                assert not overlap(boxes[place], its), (texts[place], other)


def test_a_film_is_in_the_language_that_is_asked_for(tmp_path, digits):
    film = mnistviz.render_training(
        digits,
        tmp_path / "t.mp4",
        TrainingConfig(epochs=1),
        mnistviz.Encoding(captions=True),
        PictureConfig((640, 360)),
        timing=Timing(duration=1),
        wording=wording(tmp_path),
    )
    assert not english_in(film.captions.read_text(encoding="utf-8").replace("WEBVTT", ""))


@pytest.mark.parametrize("name", [None, "log.csv"])
def test_a_language_of_what_nobody_reads_is_refused(tmp_path, digits, name):
    with pytest.raises(OptionError, match=r"language, words and font are for a log"):
        mnistviz.train(
            digits, log=name and tmp_path / name, wording=Wording(words=tmp_path / "none.po")
        )
