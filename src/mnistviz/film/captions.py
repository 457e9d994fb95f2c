"""The captions, chapters and tags of a film."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, count, groupby, pairwise

from mnistviz.datasets.dataset import Dataset
from mnistviz.film.clauses import caption_of, ending_of, name_of, titled, verdict_of
from mnistviz.formats.notes import Cue, Notes, isolated, licence
from mnistviz.formats.timeline import Timeline
from mnistviz.formats.views import image_view
from mnistviz.frame import words
from mnistviz.frame.frame_words import FrameWords
from mnistviz.frame.moment import Shown
from mnistviz.language.language import Language, filled
from mnistviz.language.terms import kind_of, noun_of

MAX_CHAPTERS = 100  # besides the introduction: more than one can choose from

Chapter = tuple[int, str]  # how many images, and a title


def film_notes(
    shown: Sequence[Shown],
    dataset: Dataset,
    frame_words: FrameWords,
    timeline: Timeline,
    by_class: bool,
    sentences: Sequence[str] = (),
    explorer: str = "",
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
    explorer
        Address of a page that shows its images. Default: there is none.
    """
    own, language = bool(shown[0].name), frame_words.language
    noun, name = "image" if own else dataset.noun, isolated(dataset.name)
    return Notes(
        title=frame_words.title or _title(language, "" if own else name),
        description=_description(shown, frame_words, words.counted(language, len(shown), noun),
                                 "" if own else name) + _to_explore(language, shown[0], explorer),
        about=language.in_a_line(frame_words.footer),
        licence="" if own else licence(name, dataset.licence),
        captions=captions_of(language, shown, dataset.classes, timeline, sentences),
        chapters=chapters_of(language, shown, dataset.classes, timeline, by_class, noun),
        frame_rate=timeline.frame_rate,
        language=language.in_tracks,
        tag=language.tag,
    )  # fmt: skip


def _title(language: Language, name: str) -> str:
    """Return the title of a film of a data set, or of own pictures, that has none of its own."""
    if not name:
        return language.say("A linear classifier at work on own pictures")
    return language.say("A linear classifier at work on {name}", name=name)


def _description(shown: Sequence[Shown], frame_words: FrameWords, images: str, name: str) -> str:
    """Return what a film shows, so many images of a data set or of one's own."""
    language = frame_words.language
    # Translators: images is a number of them, as "25 digits"; model is "softmax regression".
    said = (
        language.say(
            "{images} of the test set of {name} on their way through a {model}: pixel × weight, "
            "added up for each class, and the highest sum wins."
        )
        if name
        else language.say(
            "{images} of one's own on their way through a {model}: pixel × weight, added up for "
            "each class, and the highest sum wins."
        )
    )
    model = kind_of(language, frame_words.model)
    said = filled(said, {"images": images, "name": name, "model": model})
    if shown[0].label is None:
        return said
    tally = frame_words.tally(sum(image.right for image in shown), len(shown))
    # Translators: a sentence of the description, as "23 of 25 right".
    return f"{said} " + language.say("{tally}.", tally=tally)


def _to_explore(language: Language, first: Shown, explorer: str) -> str:
    """Return where the first image can be explored, and from there all others, if anywhere."""
    if not explorer:
        return ""
    # Translators: at the end of a description; address is that of a page about the image.
    return " " + language.say(
        "Explore image {index}: {address}",
        index=language.number(first.index),
        address=explorer + image_view(first.index),
    )


def captions_of(
    language: Language,
    shown: Sequence[Shown],
    classes: Sequence[str],
    timeline: Timeline,
    sentences: Sequence[str] = (),
) -> tuple[Cue, ...]:
    """Return the captions of a film: of its introduction, and of each image.

    That of an image begins with the frame in which the words of the picture change to it, that of
    an ending with the first pixel that changes.
    """
    steps = len(sentences)
    starts = [timeline.start(-(-timeline.lead * step // steps)) for step in range(steps)]
    texts = [*sentences]
    changes = timeline.changes or len(shown) * (0,)
    for place, (image, changed) in enumerate(zip(shown, changes, strict=True)):
        starts.append(timeline.text_start(place))
        texts.append(caption_of(language, image, classes))
        if changed:
            starts.append(timeline.ending_start(place))
            texts.append(ending_of(language, image, classes, changed))
    return cues_of(starts, texts, timeline)


def chapters_of(
    language: Language,
    shown: Sequence[Shown],
    classes: Sequence[str],
    timeline: Timeline,
    by_class: bool,
    noun: str,
) -> tuple[Cue, ...]:
    """Return the chapters of a film; none where all would be one.

    A film that goes class by class has a chapter for each. Otherwise each is a mistake, or an own
    picture, or all those in a row that are predicted right. Where these were more than
    `MAX_CHAPTERS`, or one alone, each has 10 images, or 20, 50, 100 and so on.
    """
    chapters = list(
        _by_class(language, shown, classes, noun)
        if by_class
        else _by_mistake(language, shown, classes, noun)
    )
    if not 1 < len(chapters) <= MAX_CHAPTERS:
        chapters = list(_of_equal_length(language, shown, noun))
    firsts = accumulate((images for images, _ in chapters[:-1]), initial=0)
    starts = [timeline.text_start(first) for first in firsts]
    titles = [title for _, title in chapters]
    if timeline.lead:
        starts, titles = [0, *starts], [language.say("Introduction"), *titles]
    return cues_of(starts, titles, timeline) if len(titles) > 1 else ()


def cues_of(starts: Sequence[int], texts: Sequence[str], timeline: Timeline) -> tuple[Cue, ...]:
    """Return texts as cues, each of which lasts until the next."""
    spans = pairwise([*starts, timeline.frames])
    return tuple(Cue(*span, text) for span, text in zip(spans, texts, strict=True))


def _by_class(
    language: Language, shown: Sequence[Shown], classes: Sequence[str], noun: str
) -> Iterator[Chapter]:
    for label, group in groupby(shown, lambda image: image.label):
        images, name = list(group), "" if label is None else isolated(classes[label])
        yield len(images), titled(language, name, _result(language, images, noun))


def _by_mistake(
    language: Language, shown: Sequence[Shown], classes: Sequence[str], noun: str
) -> Iterator[Chapter]:
    apart = count(2)  # a number of its own for what is not right: a mistake, or an own picture
    for _, group in groupby(shown, lambda image: image.right or next(apart)):
        first, *others = group
        images = 1 + len(others)
        if first.right:
            said = noun_of(language, noun)
            yield (
                images,
                language.say_counted(
                    "{number} {noun} right", "{number} {noun}s right", images, noun=said
                ),
            )
        else:
            verdict = verdict_of(language, first, classes)
            yield images, titled(language, name_of(language, first), verdict)


def _of_equal_length(language: Language, shown: Sequence[Shown], noun: str) -> Iterator[Chapter]:
    sizes = (digit * 10**power for power in count(1) for digit in (1, 2, 5))
    size = next(size for size in sizes if size * MAX_CHAPTERS >= len(shown))
    number = language.number
    for first in range(0, len(shown), size):
        images = shown[first : first + size]
        span = language.say(
            "{first} to {last}", first=number(first + 1), last=number(first + len(images))
        )
        yield len(images), titled(language, span, _result(language, images, noun))


def _result(language: Language, images: Sequence[Shown], noun: str) -> str:
    """Return how many images there are, and how many are predicted right, where that is known."""
    total, right = words.counted(language, len(images), noun), sum(it.right for it in images)
    if images[0].label is None:
        return total
    # Translators: images is a number of them, as "25 digits"; right: how many are predicted right.
    return language.say("{images}, {right} right", images=total, right=language.number(right))
