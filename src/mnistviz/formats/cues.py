"""What is told of stretches of a film, and how it is written as WebVTT."""

import html
from collections.abc import Iterable
from typing import NamedTuple


class Cue(NamedTuple):
    """A text, and the frames of a film that it is about: a caption, or a chapter.

    Attributes
    ----------
    start, end
        The first frame, from 0, and the one after the last.
    text
        One line. No markup: what it says is what is read.
    """

    start: int
    end: int
    text: str


def webvtt(cues: Iterable[Cue], frame_rate: int) -> str:
    """Return captions as the content of a WebVTT file.

    Parameters
    ----------
    cues
        In the order of their times.
    frame_rate
        Frames a second, fewer than 1,000.
    """
    blocks = (
        f"{_timestamp(cue.start, frame_rate)} --> {_timestamp(cue.end, frame_rate)}\n"
        f"{html.escape(cue.text, quote=False)}\n"
        for cue in cues
    )
    return "\n".join(("WEBVTT\n", *blocks))


def _timestamp(frame: int, frame_rate: int) -> str:
    """Return a frame's time. Rounded up, a cue would miss its first frame; rounded down, it has it.

    The frame before begins more than a millisecond earlier.
    """
    seconds, milliseconds = divmod(1000 * frame // frame_rate, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{milliseconds:03}"
