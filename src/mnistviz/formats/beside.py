"""The files that stand beside a film: its captions and its poster."""

from pathlib import Path

from mnistviz.config import Encoding
from mnistviz.errors import OptionError
from mnistviz.output import check_target

ACCOMPANIED = (".mp4", ".webm")  # what has a place for captions, and is shown by a player


def captions_path(out: Path, encoding: Encoding) -> Path | None:
    """Return where the captions of a film stand, if it is to have any."""
    return out.with_suffix(".vtt") if encoding.captions else None


def poster_path(out: Path, encoding: Encoding) -> Path | None:
    """Return where the poster of a film stands, if it is to have one.

    A picture of the same name as the film, ``video.png``, would often be somebody's still.
    """
    return out.with_suffix(".poster.png") if encoding.poster else None


def check_beside(out: Path, encoding: Encoding) -> None:
    """Make sure that what is to stand beside a film can be written.

    Raises
    ------
    OptionError
        If the film is of a kind that goes without.
    OutputError
        As `check_target`.
    """
    paths = list(filter(None, (captions_path(out, encoding), poster_path(out, encoding))))
    if paths and out.suffix.lower() not in ACCOMPANIED:
        raise OptionError(
            f"captions and a poster are for what a player shows, {' or '.join(ACCOMPANIED)} "
            f"(got {out.name})"
        )
    for path in paths:
        check_target(path, [path.suffix])
