"""When each image of a film is on, as its settings ask for it."""

from pathlib import Path

from mnistviz.config import Encoding, Timing
from mnistviz.errors import OptionError
from mnistviz.film.introduction import SECONDS, STEPS
from mnistviz.formats.choose import rates_of
from mnistviz.formats.timeline import Timeline


def timeline_of(
    out: Path | str,
    images: int,
    timing: Timing,
    encoding: Encoding,
    intro: tuple[str, ...] = (),
    changes: tuple[int, ...] = (),
) -> Timeline:
    """Return the timeline of a film of so many images, with so many pixels changed in each."""
    rate, moving = rates_of(out, encoding.frame_rate)
    lead = STEPS * SECONDS if intro else 0
    seconds, transition = timing.seconds_of(images, lead)
    if rate != moving:  # a GIF cuts
        if timing.transition or timing.loop:
            raise OptionError(
                "a GIF cuts from image to image: leave out transition and loop, or write a WebP, "
                "which plays in a page by itself as well"
            )
        transition = 0
    if timing.loop and intro:
        raise OptionError("a film that loops has no introduction: leave out one of the two")
    hold = rate // moving
    return Timeline(images, seconds, rate, transition, lead * moving, hold, timing.loop, changes)
