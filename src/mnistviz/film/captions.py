"""The captions, chapters and tags of a film."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, count, groupby, pairwise

from mnistviz.datasets.dataset import Dataset
from mnistviz.formats.notes import Cue, Notes, isolated, licence
from mnistviz.formats.timeline import Timeline
from mnistviz.frame import words
from mnistviz.frame.frame_words import FrameWords
from mnistviz.frame.moment import Shown

MAX_CHAPTERS = 100  # besides the introduction: more than one can choose from
# A letter for itself is called by its name: 'an F'. What else sounds otherwise than it is written
# ('an hour'), is taken as it is written.
_VOWEL_FIRST = re.compile(r"[aefhilmnorsx]|8\d*|11|18|[aeiou].+", re.IGNORECASE)

Chapter = tuple[int, str]  # how many images, and a title


def film_notes(
    shown: Sequence[Shown],
    dataset: Dataset,
    frame_words: FrameWords,
    timeline: Timeline,
    by_class: bool,
    sentences: Sequence[str] = (),
) -> Notes:
    """Return captions, chapters and tags of a film.

    Parameters
    ----------
    shown
        Its images.
    dataset
        Where the test images are, or what the model is for, where own pictures are shown.
    frame_words
        The words of its frames: title, scope, and how good the model is.
    timeline
        When the images are on.
    by_class
        Whether they come class by class.
    sentences
        Of the introduction. Default: there is none.
    """
    own = bool(shown[0].name)
    noun, name = "image" if own else dataset.noun, isolated(dataset.name)
    images = words.counted(len(shown), noun)
    what = "own pictures" if own else name
    source = f"{images} of one's own" if own else f"{images} of the test set of {name}"
    tally = f" {frame_words.tally(sum(image.right for image in shown), len(shown))}."
    return Notes(
        title=frame_words.title or f"A linear classifier at work on {what}",
        description=f"{source} on their way through a {frame_words.model}: pixel × weight, added "
        f"up for each class, and the highest sum wins.{'' if shown[0].label is None else tally}",
        about=" · ".join(frame_words.footer),
        licence="" if own else licence(name, dataset.licence),
        captions=captions_of(shown, dataset.classes, timeline, sentences),
        chapters=chapters_of(shown, dataset.classes, timeline, by_class, noun),
        frame_rate=timeline.frame_rate,
    )


def captions_of(
    shown: Sequence[Shown],
    classes: Sequence[str],
    timeline: Timeline,
    sentences: Sequence[str] = (),
) -> tuple[Cue, ...]:
    """Return the captions of a film: of its introduction, and of each image.

    That of an image begins with the frame in which the words of the picture change to it.
    """
    steps = len(sentences)
    starts = [timeline.start(-(-timeline.lead * step // steps)) for step in range(steps)]
    starts += [timeline.text_start(image) for image in range(len(shown))]
    texts = [*sentences, *(_caption(image, classes) for image in shown)]
    return cues_of(starts, texts, timeline)


def chapters_of(
    shown: Sequence[Shown], classes: Sequence[str], timeline: Timeline, by_class: bool, noun: str
) -> tuple[Cue, ...]:
    """Return the chapters of a film; none where all would be one.

    A film that goes class by class has a chapter for each. Otherwise each is a mistake, or an own
    picture, or all those in a row that are predicted right. Where these were more than
    `MAX_CHAPTERS`, or one alone, each has 10 images, or 20, 50, 100 and so on.
    """
    chapters = list(
        _by_class(shown, classes, noun) if by_class else _by_mistake(shown, classes, noun)
    )
    if not 1 < len(chapters) <= MAX_CHAPTERS:
        chapters = list(_of_equal_length(shown, noun))
    firsts = accumulate((images for images, _ in chapters[:-1]), initial=0)
    starts = [timeline.text_start(first) for first in firsts]
    titles = [title for _, title in chapters]
    if timeline.lead:
        starts, titles = [0, *starts], ["Introduction", *titles]
    return cues_of(starts, titles, timeline) if len(titles) > 1 else ()


def cues_of(starts: Sequence[int], texts: Sequence[str], timeline: Timeline) -> tuple[Cue, ...]:
    """Return texts as cues, each of which lasts until the next."""
    spans = pairwise([*starts, timeline.frames])
    return tuple(Cue(*span, text) for span, text in zip(spans, texts, strict=True))


def _by_class(shown: Sequence[Shown], classes: Sequence[str], noun: str) -> Iterator[Chapter]:
    for label, group in groupby(shown, lambda image: image.label):
        images, name = list(group), "" if label is None else isolated(classes[label])
        yield len(images), f"{name}: {_result(images, noun)}"


def _by_mistake(shown: Sequence[Shown], classes: Sequence[str], noun: str) -> Iterator[Chapter]:
    apart = count(2)  # a number of its own for what is not right: a mistake, or an own picture
    for _, group in groupby(shown, lambda image: image.right or next(apart)):
        first, *others = group
        images = 1 + len(others)
        verdict = f"{name_of(first)}: {_verdict(first, classes)}"
        yield images, f"{words.counted(images, noun)} right" if first.right else verdict


def _of_equal_length(shown: Sequence[Shown], noun: str) -> Iterator[Chapter]:
    sizes = (digit * 10**power for power in count(1) for digit in (1, 2, 5))
    size = next(size for size in sizes if size * MAX_CHAPTERS >= len(shown))
    for first in range(0, len(shown), size):
        images = shown[first : first + size]
        yield len(images), f"{first + 1:,} to {first + len(images):,}: {_result(images, noun)}"


def _result(images: Sequence[Shown], noun: str) -> str:
    """Return how many images there are, and how many are predicted right, where that is known."""
    total, right = words.counted(len(images), noun), sum(image.right for image in images)
    return total if images[0].label is None else f"{total}, {right:,} right"


def _caption(shown: Shown, classes: Sequence[str]) -> str:
    place = "" if shown.name else " of the test set"
    doubts = f" (not sure: {', '.join(shown.doubts)})" if shown.doubts else ""
    return f"{name_of(shown)}{place}: {_verdict(shown, classes)}{sure(shown)}{doubts}"


def sure(shown: Shown) -> str:
    """Return how sure the model is of an image, after a comma; empty without probabilities."""
    if shown.probability is None:
        return ""
    percent = round(100 * shown.probability)
    return f", {percent} % sure" if percent < 100 else ", more than 99 % sure"  # none is wholly


def name_of(shown: Shown) -> str:
    """Return what an image is called."""
    return isolated(shown.name) if shown.name else f"Image {shown.index:,}"


def _verdict(shown: Shown, classes: Sequence[str]) -> str:
    """Return the class of an image, where it is known, and the prediction."""
    predicted = with_article(classes[shown.predicted])
    if shown.label is None:
        return f"taken for {predicted}"
    true = with_article(classes[shown.label])
    return f"{true}, predicted right" if shown.right else f"{true}, taken for {predicted}"


def with_article(name: str) -> str:
    """Return a class's name with the article that it is spoken with."""
    return f"{'an' if _VOWEL_FIRST.fullmatch(name) else 'a'} {isolated(name)}"
