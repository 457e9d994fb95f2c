"""A film is in one language: its frames, introduction, captions, chapters and tags."""

import os
import re
from dataclasses import replace

import av
import pytest

import mnistviz
import tracks
from commands import run_process
from composers import composer_of, moments_of
from made_up import SAME, english_in, wording
from mnistviz import Encoding, PictureConfig, Selection, Timing, Wording
from mnistviz.drawing.scene import Text
from mnistviz.film.captions import film_notes
from mnistviz.film.introduction import SENTENCES, Introduction
from mnistviz.film.stack import Stack
from mnistviz.formats.timeline import Timeline
from mnistviz.frame.frame_words import scope_of
from mnistviz.language.catalogue import languages
from mnistviz.language.language import ENGLISH, language_of
from typefaces import installed

SHOWN = [8, 7, 33]  # of which 8 and 33 are mistakes


def drawn_language(tag):
    language = language_of(Wording(tag))
    fonts = installed(tag, right_to_left=language.is_right_to_left)
    return replace(language, fonts=fonts)


def said_in_frames(digits, model, language, picture):
    """Return the texts of a film's frames with all that they can say, and of its introduction."""
    scope = scope_of(language, digits, Selection(classes=("1", "2", "3"), order="confidence"))
    composer = composer_of(digits, model, picture, scope, language)
    moments = moments_of(digits, model, SHOWN)
    opening = Introduction(composer, moments.image(0), SENTENCES, 60)
    scenes = [composer.scene(moments.image(place)) for place in range(3)] + list(opening.scenes())
    return [it.text for scene in scenes for it in scene.elements if isinstance(it, Text)]


def said_beside(digits, model, language):
    """Return the captions, chapters and tags of a film."""
    composer = composer_of(digits, model, language=language)
    shown = [moments_of(digits, model, SHOWN).image(place).shown for place in range(3)]
    timeline = Timeline(3, 1, 10, lead=6)
    notes = film_notes(shown, digits, composer.words, timeline, False, ["a sentence"])
    cues = [cue.text for cue in (*notes.captions[6:], *notes.chapters)]
    return [notes.title, notes.description, notes.about, *cues]


def said_in_comparison(digits, model, language):
    """Return the texts of a frame in which two models are compared."""
    comparison = mnistviz.compare(digits, [model, model], names=("1", "2")).comparison
    models = (model.model, model.model)
    stack = Stack(digits, models, comparison, PictureConfig(), Selection(), language=language)
    return [it.text for it in stack.still(0).elements if isinstance(it, Text)]


@pytest.fixture(scope="module")
def english(digits, trained):
    looks = PictureConfig(), PictureConfig(weights="diverging-effect", size=(1080, 1920))
    return {
        *(text for look in looks for text in said_in_frames(digits, trained.model, ENGLISH, look)),
        *said_beside(digits, trained.model, ENGLISH),
        *said_in_comparison(digits, trained, ENGLISH),
    }


@pytest.mark.parametrize("tag", languages())
def test_a_film_in_a_language_has_no_text_that_one_in_english_has(digits, trained, english, tag):
    language = drawn_language(tag)
    looks = PictureConfig(), PictureConfig(weights="diverging-effect", size=(1080, 1920))
    said = {
        *(text for look in looks for text in said_in_frames(digits, trained.model, language, look)),
        *said_beside(digits, trained.model, language),
        *said_in_comparison(digits, trained, language),
    }
    assert len(said) > 60
    terms = "|".join(
        re.escape(re.sub(r"{.*}", "", it).strip()) for it in SAME.get(tag, ["softmax"])
    )
    same = {re.sub(terms, "", text) for text in said & english}
    assert not {text for text in same if re.search("[A-Za-z]{2}", text)}


def test_nor_one_in_a_made_up_language_any_word_of_it(tmp_path, digits, trained):
    language = language_of(wording(tmp_path))
    said = said_in_comparison(digits, trained, language)
    for look in (PictureConfig(), PictureConfig(weights="diverging-effect", size=(1080, 1920))):
        said += said_in_frames(digits, trained.model, language, look)
    said += said_beside(digits, trained.model, language)
    assert {word for text in said for word in english_in(text)} == {"MNIST"}


def test_a_film_with_all_that_belongs_to_it_is_in_a_language_of_one_file(tmp_path, digits, trained):
    film = mnistviz.render(
        digits,
        trained,
        tmp_path / "a.mp4",
        Selection(indices=(7, 8)),
        Timing(0.5, 0),
        Encoding(frame_rate=5, captions=True),
        PictureConfig((640, 360)),
        wording=wording(tmp_path),
    )
    said = film.captions.read_text(encoding="utf-8").replace("WEBVTT", "")
    assert not english_in(said)
    assert film.language == "qaa"
    assert 'srclang="qaa"' in film._repr_html_()
    with av.open(film.path) as file:
        assert {track.language for track in file.streams.subtitles} == {"qaa"}
    assert not english_in(tracks.tags(film.path)["title"].replace("MNIST", ""))


def test_the_bytes_do_not_depend_on_the_language_and_the_time_zone_of_the_machine(
    tmp_path, model_path
):
    made = []
    places = (
        {"LANG": "C.UTF-8", "TZ": "UTC"},
        {"LANG": "de_DE.UTF-8", "LC_ALL": "C.UTF-8", "LANGUAGE": "de", "TZ": "Asia/Tokyo"},
    )
    for number, place in enumerate(places):
        inherited = {name: value for name, value in os.environ.items() if name[:2] != "LC"}
        out = tmp_path / f"{number}.mp4"
        done = run_process(
            *("render", "--model", model_path, "--index", 8, "--size", "640x360", "--captions"),
            *("--seconds-per-image", 1, "--language", "de", "--out", out),
            env=inherited | place,
        )
        assert done.returncode == 0, done.stderr
        made.append([path.read_bytes() for path in (out, out.with_suffix(".vtt"))])
    assert made[0] == made[1]
