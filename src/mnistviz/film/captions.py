"""What is told of the images of a film, and of its introduction, while they are on."""

from collections.abc import Sequence
from itertools import pairwise

from mnistviz.film import caption_words as words
from mnistviz.film.shown import Shown
from mnistviz.formats.notes import Cue
from mnistviz.formats.timeline import Timeline


def captions_of(
    shown: Sequence[Shown], timeline: Timeline, sentences: Sequence[str] = ()
) -> tuple[Cue, ...]:
    """Return the captions of a film.

    Parameters
    ----------
    shown
        Its images. Each is told of from the frame in which the words of the picture change to it.
    timeline
        When they are on.
    sentences
        Of the introduction, each for as long as the others. Default: there is none.
    """
    steps = len(sentences)
    starts = [timeline.start(-(-timeline.lead * step // steps)) for step in range(steps)]
    starts += [timeline.text_start(image) for image in range(len(shown))]
    texts = [*sentences, *(words.caption(it.name, it.true, it.predicted, it.share) for it in shown)]
    ends = pairwise([*starts, timeline.frames])
    return tuple(Cue(*times, text) for times, text in zip(ends, texts, strict=True))
