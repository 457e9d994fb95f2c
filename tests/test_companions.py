"""Captions, chapters and tags in a film's file, read back by another library than wrote them."""

from fractions import Fraction

import numpy as np
import pytest

import tracks
from mnistviz.cues import Cue, webvtt
from mnistviz.ffmetadata import ffmetadata
from mnistviz.formats.companions import Companions
from mnistviz.formats.mp4 import Mp4
from mnistviz.formats.webm import WebM
from mnistviz.timeline import Timeline
from mnistviz.video import VideoWriter

SIZE = (64, 64)
RATE = 30
HOSTILE = "=;#\\=\\\\ [CHAPTER] </i> & &lt; \N{HEBREW LETTER ALEF} 猫 100 %"
CAPTIONS = [Cue(0, 31, HOSTILE), Cue(31, 62, "two"), Cue(70, 90, r"a\Nb\h{\b1}")]
CHAPTERS = [Cue(0, 31, "one"), Cue(31, 90, HOSTILE)]
TAGS = {"title": HOSTILE, "description": "what\nit is", "comment": "", "copyright": "©"}


def as_ffmpeg_tells(text):
    """Give a caption as it is in a film: braces, in ASS markup, are wider ones."""
    text = text.replace("{", "\N{FULLWIDTH LEFT CURLY BRACKET}")
    return text.replace("}", "\N{FULLWIDTH RIGHT CURLY BRACKET}")


def write(path, kind, companions):
    film = kind(SIZE, Timeline(3, 1, RATE)).accompanied(companions)
    with VideoWriter(path, film) as writer:
        for level in (60, 120, 180):
            writer.write(np.full(film.picture_shape, level, np.uint8))
    return path


@pytest.fixture(scope="module", params=[Mp4, WebM], ids=["mp4", "webm"])
def film(request, tmp_path_factory):
    told = Companions(webvtt(CAPTIONS, RATE), ffmetadata(TAGS, CHAPTERS, RATE))
    path = tmp_path_factory.mktemp("film") / f"film.{request.param.name}"
    return write(path, request.param, told), request.param, told


def test_chapters_read_back_exact_to_the_frame_and_whatever_their_titles_are(film):
    read = tracks.chapters(film[0])
    assert [text for _, _, text in read] == [chapter.text for chapter in CHAPTERS]
    assert [(round(start * RATE), round(end * RATE)) for start, end, _ in read] == [
        (chapter.start, chapter.end) for chapter in CHAPTERS
    ]
    assert all(abs(time * RATE - round(time * RATE)) < 1e-6 for *span, _ in read for time in span)


def test_tags_read_back_and_there_are_no_others(film):
    assert tracks.tags(film[0]) == {key: value for key, value in TAGS.items() if value}


def test_captions_read_back_in_their_frames_and_markup_in_them_is_text(film):
    read = tracks.captions(film[0])
    for caption, (start, end, text) in zip(CAPTIONS, read, strict=True):
        # In an MP4 ffmpeg keeps a backslash apart from what follows by what is not seen.
        assert text.replace("\N{WORD JOINER}", "") == as_ffmpeg_tells(caption.text)
        assert Fraction(caption.start - 1, RATE) < start <= Fraction(caption.start, RATE)
        assert Fraction(caption.end - 1, RATE) < end <= Fraction(caption.end, RATE)


def test_the_same_film_has_the_same_bytes(film, tmp_path):
    path, kind, told = film
    again = write(tmp_path / "again", kind, told)
    assert again.read_bytes() == path.read_bytes()


def test_a_film_that_is_told_nothing_of_has_no_tag_no_chapter_and_no_track(tmp_path):
    path = write(tmp_path / "film", Mp4, Companions())
    assert (tracks.tags(path), tracks.chapters(path)) == ({}, [])
    with tracks.av.open(path) as film:
        assert [stream.type for stream in film.streams] == ["video"]
