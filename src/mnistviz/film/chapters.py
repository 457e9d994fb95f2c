"""The chapters of a film: what one wants to jump to, and no more than one can choose from."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, count, groupby, pairwise

from mnistviz.film import caption_words as words
from mnistviz.film.shown import Shown
from mnistviz.formats.notes import Cue
from mnistviz.formats.timeline import Timeline
from mnistviz.frame.words import counted

MOST = 100  # beside the introduction
INTRODUCTION = "Introduction"

Part = tuple[int, str]  # how many images, and what they are


def chapters_of(
    shown: Sequence[Shown], timeline: Timeline, by_class: bool, noun: str
) -> tuple[Cue, ...]:
    """Return the chapters of a film; none where all would be one.

    Parameters
    ----------
    shown
        Its images. A chapter begins where the words of the picture change to its first.
    timeline
        When they are on; what comes before the first is the introduction.
    by_class
        Whether the film goes class by class: then so do the chapters. Otherwise each is a mistake,
        or one's own image, or all those in a row that are predicted right. Where these were more
        than `MOST`, or one alone, each has 10 images, or 20, 50, 100 and so on.
    noun
        What one image is called.
    """
    parts = list(_classes(shown, noun) if by_class else _mistakes(shown, noun))
    if not 1 < len(parts) <= MOST:
        parts = list(_equal(shown, noun))
    firsts = accumulate((images for images, _ in parts[:-1]), initial=0)
    starts = [timeline.text_start(first) for first in firsts]
    titles = [title for _, title in parts]
    if timeline.lead:
        starts, titles = [0, *starts], [INTRODUCTION, *titles]
    if len(titles) == 1:
        return ()
    ends = pairwise([*starts, timeline.frames])
    return tuple(Cue(*times, title) for times, title in zip(ends, titles, strict=True))


def _classes(shown: Sequence[Shown], noun: str) -> Iterator[Part]:
    for true, group in groupby(shown, lambda image: image.true):
        images = list(group)
        yield len(images), f"{words.name(true or '')}: {_result(images, noun)}"


def _mistakes(shown: Sequence[Shown], noun: str) -> Iterator[Part]:
    apart = count(2)  # a number of its own for what is not right: a mistake, or one's own image
    for _, group in groupby(shown, lambda image: image.right or next(apart)):
        first, *others = group
        images = 1 + len(others)
        verdict = f"{first.name}: {words.verdict(first.true, first.predicted)}"
        yield images, f"{counted(images, noun)} right" if first.right else verdict


def _equal(shown: Sequence[Shown], noun: str) -> Iterator[Part]:
    sizes = (digit * 10**power for power in count(1) for digit in (1, 2, 5))
    size = next(size for size in sizes if size * MOST >= len(shown))
    for first in range(0, len(shown), size):
        images = shown[first : first + size]
        yield len(images), f"{first + 1:,} to {first + len(images):,}: {_result(images, noun)}"


def _result(images: Sequence[Shown], noun: str) -> str:
    """Return how many images there are, and how many are predicted right, where that is known."""
    total, right = counted(len(images), noun), sum(image.right for image in images)
    return total if images[0].true is None else f"{total}, {right:,} right"
