"""Tags and chapters of a film, in the format in which ffmpeg reads them."""

import re
from collections.abc import Iterable, Mapping

from mnistviz.formats.cues import Cue


def ffmetadata(tags: Mapping[str, str], chapters: Iterable[Cue], frame_rate: int) -> str:
    """Return the content of an FFMETADATA file.

    Parameters
    ----------
    tags
        Text by the name of its tag; what is empty is left out.
    chapters
        In the order of their times.
    frame_rate
        Frames a second.
    """
    lines = [";FFMETADATA1", *(_line(key, value) for key, value in tags.items() if value)]
    for chapter in chapters:
        # Without a time base ffmpeg takes nanoseconds.
        lines += ["[CHAPTER]", f"TIMEBASE=1/{frame_rate}"]
        lines += [f"START={chapter.start}", f"END={chapter.end}", _line("title", chapter.text)]
    return "\n".join(lines) + "\n"


def _line(key: str, value: str) -> str:
    escaped = re.sub(r"([=;#\\\n])", r"\\\1", value)
    return f"{key}={escaped}"
