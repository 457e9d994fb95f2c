"""Captions, chapters and tags of a film: in its file, and in companion files next to it."""

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from mnistviz.config import CODECS
from mnistviz.drawing.raster import png, rasterise
from mnistviz.drawing.scene import Scene
from mnistviz.errors import OptionError, OutputError, harmless
from mnistviz.output import check_target

TITLE_BYTES = 255  # of a chapter, in an MP4


class Cue(NamedTuple):
    """A text and its frames: a caption, or a chapter.

    Attributes
    ----------
    start, end
        The first frame, from 0, and the one after the last.
    text
        One line of plain text, without markup.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Notes:
    """What a film says about itself.

    Attributes
    ----------
    title, description
        Of the film.
    about
        Which model it shows, and how accurate that is.
    licence
        Of the images; empty if it is unknown.
    captions, chapters
        In the order of their times.
    frame_rate
        Frames a second.
    language, tag
        Of all that, by ISO 639-2 and by BCP 47.
    """

    title: str
    description: str
    about: str
    licence: str
    captions: tuple[Cue, ...]
    chapters: tuple[Cue, ...]
    frame_rate: int
    language: str = "eng"
    tag: str = "en"

    def webvtt(self) -> str:
        """Return the captions as the content of a WebVTT file."""
        return webvtt(self.captions, self.frame_rate)

    def ffmetadata(self) -> str:
        """Return tags and chapters as the content of an FFMETADATA file."""
        tags = {
            "title": self.title,
            "description": self.description,
            "comment": self.about,
            "copyright": self.licence,
        }
        return ffmetadata(tags, self.chapters, self.frame_rate)

    def companion_files(
        self, captions: Path | None, poster: Path | None, scene: Scene
    ) -> dict[Path, bytes]:
        """Return the contents of the companion files, by path.

        Parameters
        ----------
        captions, poster
            As of `companion_paths`.
        scene
            The poster.
        """
        files = {}
        if captions:
            files[captions] = self.webvtt().encode()
        if poster:
            files[poster] = png(rasterise(scene))
        return files


def companion_paths(out: Path, captions: bool, poster: bool) -> tuple[Path | None, Path | None]:
    """Return the paths of a film's captions and poster, None for one that is not wanted.

    A poster of the same name as the film, ``video.png``, would often be somebody's still.
    """
    return (
        out.parent / f"{out.stem}.vtt" if captions else None,
        out.parent / f"{out.stem}.poster.png" if poster else None,
    )


def check_companions(out: Path, captions: bool, poster: bool) -> None:
    """Make sure that a film's companion files can be written.

    Raises
    ------
    OptionError
        If films of this kind have none.
    OutputError
        As `check_target`.
    """
    paths = list(filter(None, companion_paths(out, captions, poster)))
    if paths and out.suffix.lower() not in CODECS:
        raise OptionError(
            f"captions and a poster are for what a player shows, {' or '.join(CODECS)} "
            f"(got {out.name})"
        )
    for path in paths:
        check_target(path, [path.suffix])
        _check_ours(path, out)


def _check_ours(path: Path, out: Path) -> None:
    """Refuse to replace a companion file that may be of another film."""
    others = [out.with_suffix(suffix) for suffix in CODECS if suffix != out.suffix.lower()]
    theirs = next((other for other in others if other.exists()), None)
    if path.exists() and (theirs or not out.exists()):
        owner = f"it may be {theirs.name}'s" if theirs else f"it is there, and {out.name} is not"
        raise OutputError(f"cannot write {path}: {owner}; name another film, or remove it")


def isolated(text: str) -> str:
    """Return a name for a line of text, set apart if it is written from right to left."""
    shown = harmless(text)
    if not any(unicodedata.bidirectional(each) in ("R", "AL") for each in shown):
        return shown
    return f"\N{FIRST STRONG ISOLATE}{shown}\N{POP DIRECTIONAL ISOLATE}"


def licence(name: str, terms: str) -> str:
    """Return the licence of the images of a set; empty if it is not known."""
    return f"{name}: {terms}" if terms else ""


def webvtt(cues: Iterable[Cue], frame_rate: int) -> str:
    """Return captions as the content of a WebVTT file, at fewer than 1,000 frames a second."""
    blocks = (
        f"{_timestamp(cue.start, frame_rate)} --> {_timestamp(cue.end, frame_rate)}\n"
        f"{html.escape(cue.text, quote=False)}\n"
        for cue in cues
    )
    return "\n".join(("WEBVTT\n", *blocks))


def _timestamp(frame: int, frame_rate: int) -> str:
    """Return a frame's time, rounded down: rounded up, a cue would miss its first frame.

    The frame before begins more than a millisecond earlier.
    """
    seconds, milliseconds = divmod(1000 * frame // frame_rate, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{milliseconds:03}"


def ffmetadata(tags: Mapping[str, str], chapters: Iterable[Cue], frame_rate: int) -> str:
    """Return tags, but for empty ones, and chapters as the content of an FFMETADATA file."""
    lines = [";FFMETADATA1", *(_tag(key, value) for key, value in tags.items() if value)]
    for chapter in chapters:
        # Without a time base ffmpeg takes nanoseconds.
        lines += ["[CHAPTER]", f"TIMEBASE=1/{frame_rate}"]
        lines += [f"START={chapter.start}", f"END={chapter.end}"]
        lines += [_tag("title", _within_bytes(chapter.text))]
    return "\n".join(lines) + "\n"


def _within_bytes(text: str) -> str:
    """Return a text that an MP4 holds as a chapter's title: ffmpeg would cut it inside a letter."""
    content = text.encode()
    if len(content) <= TITLE_BYTES:
        return text
    return content[: TITLE_BYTES - len("…".encode())].decode(errors="ignore") + "…"


def _tag(key: str, value: str) -> str:
    escaped = re.sub(r"([=;#\\\n])", r"\\\1", value)
    return f"{key}={escaped}"
