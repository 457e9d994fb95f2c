"""Captions, chapters and tags in a film's file, read by libraries that did not write them."""

from fractions import Fraction
from functools import partial

import numpy as np
import pytest

import tracks
from frames import write
from mnistviz.formats.codecs import AV1
from mnistviz.formats.encoded import Tracks
from mnistviz.formats.mp4 import Mp4
from mnistviz.formats.notes import Cue, ffmetadata, webvtt
from mnistviz.formats.timeline import Timeline
from mnistviz.formats.webm import WebM

SIZE = (64, 64)
RATE = 30
HOSTILE = "=;#\\=\\\\ [CHAPTER] </i> & &lt; \N{HEBREW LETTER ALEF} 猫 100 %"
CAPTIONS = [Cue(0, 31, HOSTILE), Cue(31, 62, "two"), Cue(70, 90, r"a\Nb\h{\b1}")]
CHAPTERS = [Cue(0, 31, "one"), Cue(31, 90, HOSTILE)]
TAGS = {"title": HOSTILE, "description": "what\nit is", "comment": "", "copyright": "©"}


def as_it_was(text):
    """Return an MP4's caption with the braces that would be markup, and no joiners of ffmpeg's."""
    wide = {"\N{FULLWIDTH LEFT CURLY BRACKET}": "{", "\N{FULLWIDTH RIGHT CURLY BRACKET}": "}"}
    return text.translate(str.maketrans(wide | {"\N{WORD JOINER}": ""}))


def write_film(path, kind, **notes):
    levels = [np.full((*SIZE, 3), level, np.uint8) for level in (60, 120, 180)]
    return write(path, kind(SIZE, Timeline(3, 1, RATE)), levels, tracks=Tracks(**notes))


KINDS = {
    "h264.mp4": Mp4,
    "av1.mp4": partial(Mp4, encoder=AV1["draft"]),
    "vp9.webm": WebM,
    "av1.webm": partial(WebM, encoder=AV1["draft"]),
}


@pytest.fixture(scope="module", params=KINDS)
def film(request, tmp_path_factory):
    notes = {
        "captions": webvtt(CAPTIONS, RATE),
        "metadata": ffmetadata(TAGS, CHAPTERS, RATE),
    }
    path, kind = tmp_path_factory.mktemp("film") / request.param, KINDS[request.param]
    return write_film(path, kind, **notes), kind, notes


def test_chapters_read_back_exact_to_the_frame_and_whatever_their_titles_are(film):
    read = tracks.chapters(film[0])
    assert [text for _, _, text in read] == [chapter.text for chapter in CHAPTERS]
    assert [(round(start * RATE), round(end * RATE)) for start, end, _ in read] == [
        (chapter.start, chapter.end) for chapter in CHAPTERS
    ]
    assert all(abs(time * RATE - round(time * RATE)) < 1e-6 for *span, _ in read for time in span)


def test_tags_read_back_and_there_are_no_others(film):
    assert tracks.tags(film[0]) == {key: value for key, value in TAGS.items() if value}


def test_another_reader_finds_the_same_chapters_and_tags(film):
    tags, chapters = tracks.by_mediainfo(film[0])
    assert tags == {key: value.replace("\n", " / ") for key, value in TAGS.items() if value}
    times = (Fraction(1000 * chapter.start // RATE, 1000) for chapter in CHAPTERS)
    titles = (chapter.text for chapter in CHAPTERS)
    assert chapters == list(zip(times, titles, strict=True))


def test_captions_read_back_in_their_frames_and_markup_in_them_is_text(film):
    path, *_ = film
    for caption, (start, end, text) in zip(CAPTIONS, tracks.captions(path), strict=True):
        assert text == caption.text or (path.suffix == ".mp4" and as_it_was(text) == caption.text)
        assert Fraction(caption.start - 1, RATE) < start <= Fraction(caption.start, RATE)
        assert Fraction(caption.end - 1, RATE) < end <= Fraction(caption.end, RATE)


def test_a_player_shows_pictures_and_captions_by_itself_and_knows_their_language(film):
    with tracks.av.open(film[0]) as read:
        shown = [*read.streams.video, *read.streams.subtitles]
        assert [stream.disposition for stream in shown] == [
            tracks.av.stream.Disposition.default
        ] * 2
        assert shown[1].language == "eng"


def test_the_same_film_has_the_same_bytes(film, tmp_path):
    path, kind, notes = film
    again = write_film(tmp_path / "again", kind, **notes)
    assert again.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("kind", [Mp4, WebM])
def test_a_film_with_hundreds_of_captions_has_the_same_bytes_each_time(kind, tmp_path):
    images = 300
    levels = np.full((images, *SIZE, 3), 90, np.uint8)
    levels += np.arange(images, dtype=np.uint8)[:, None, None, None] % 2 * 80
    said = webvtt([Cue(2 * place, 2 * place + 2, f"{place}") for place in range(images)], RATE)
    made = {
        write(
            tmp_path / f"{run}",
            kind(SIZE, Timeline(images, 2 / RATE, RATE)),
            levels,
            tracks=Tracks(captions=said, metadata=""),
        ).read_bytes()
        for run in range(4)
    }
    assert len(made) == 1


@pytest.mark.parametrize("kind", [Mp4, WebM])
def test_a_film_without_notes_has_no_tag_no_chapter_and_no_track(tmp_path, kind):
    path = write_film(tmp_path / "film", kind)
    assert (tracks.tags(path), tracks.chapters(path)) == ({}, [])
    with tracks.av.open(path) as film:
        assert [stream.type for stream in film.streams] == ["video"]
