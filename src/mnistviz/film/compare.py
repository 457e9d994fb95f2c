"""Films of two or three models at work on the same images."""

from collections.abc import Sequence
from itertools import accumulate, groupby
from pathlib import Path

import numpy as np

from mnistviz.config import Encoding, Timing, Workers
from mnistviz.film.captions import MAX_CHAPTERS, cues_of
from mnistviz.film.clauses import sure, titled, with_article
from mnistviz.film.moments import Moments
from mnistviz.film.stack import Stack
from mnistviz.film.stacked_reel import StackedReel
from mnistviz.film.times import timeline_of
from mnistviz.formats.limit import within
from mnistviz.formats.notes import Cue, Notes, isolated, licence
from mnistviz.formats.timeline import Timeline
from mnistviz.formats.write import write_film
from mnistviz.formats.written_film import WrittenFilm
from mnistviz.frame import words
from mnistviz.frame.moment import Shown
from mnistviz.frame.stacked_words import agreement
from mnistviz.progress import ProgressCallback


def film_of(
    stack: Stack,
    out: Path | str,
    timing: Timing,
    encoding: Encoding,
    workers: Workers,
    hashed: bool,
    progress: ProgressCallback,
) -> tuple[WrittenFilm, int]:
    """Write a film of models at work; return it, and how many images it shows.

    Parameters
    ----------
    stack
        The models and the images.
    out, timing, encoding, workers, hashed, progress
        As of `render`.
    """

    def fits(size: tuple[int, int]) -> object:
        return stack.fitted(size)

    def make(size: tuple[int, int], images: int) -> tuple[WrittenFilm, int]:
        shown = tuple(each[:images] for each in stack.shown)
        timeline = timeline_of(out, images, timing, encoding)
        moments = tuple(
            Moments(each, timeline.pictures_per_image, model.kind)
            for each, model in zip(shown, stack.models, strict=True)
        )
        reel = StackedReel(stack.composer(size), moments, timeline)
        # A composer of its own: what that keeps need not be sent to the workers.
        poster = stack.composer(size).scene([of.image(0) for of in moments])
        written = write_film(
            reel,
            out,
            size,
            timeline,
            encoding,
            notes_of(shown, stack, timeline),
            poster=poster,
            workers=workers,
            hashed=hashed,
            progress=progress,
        )
        return written, images

    return within(encoding.max_size, stack.picture.size, len(stack.indices), fits, make)


def notes_of(shown: Sequence[Sequence[Shown]], stack: Stack, timeline: Timeline) -> Notes:
    """Return captions, chapters and tags of a film of images as each model takes them."""
    dataset, compared, language = stack.dataset, stack.comparison, stack.language
    models = language.listed([isolated(each) for each in compared.names])
    name = isolated(dataset.name)
    images = words.counted(language, len(shown[0]), dataset.noun)
    differ = int(np.count_nonzero(compared.disagreements[[each.index for each in shown[0]]]))
    disagreeing = words.disagreeing(
        language,
        int(np.count_nonzero(compared.disagreements)),
        len(dataset.test),
        dataset.noun,
    )
    accuracies = (
        # Translators: how good a model is, as "rough 92.4 % right".
        language.say("{name} {share} right", name=isolated(model), share=language.percent(share))
        for model, share in (
            (model, of.accuracy)
            for model, of in zip(compared.names, compared.evaluations, strict=True)
        )
    )
    starts = [timeline.text_start(image) for image in range(len(shown[0]))]
    texts = [_caption(stack, each) for each in zip(*shown, strict=True)]
    return Notes(
        title=stack.picture.title
        or language.say("{models} compared on {name}", models=models, name=name),
        description=language.say(
            "{images} of the test set of {name}, as {models} take them; they disagree on {number} "
            "of these.",
            images=images,
            name=name,
            models=models,
            number=language.number(differ),
        ),
        about=language.in_a_line((disagreeing, language.say(", ").join(accuracies))),
        licence=licence(name, dataset.licence),
        captions=cues_of(starts, texts, timeline),
        chapters=_chapters(stack, shown, timeline),
        frame_rate=timeline.frame_rate,
        language=language.in_tracks,
        tag=language.tag,
    )


def _chapters(
    stack: Stack, shown: Sequence[Sequence[Shown]], timeline: Timeline
) -> tuple[Cue, ...]:
    """Return a chapter for all images in a row on which the models agree, or do not.

    None where all would be one, or there were more than one can choose from.
    """
    language, noun = stack.language, stack.dataset.noun
    predicted = zip(*((each.predicted for each in of) for of in shown), strict=True)
    runs = [(agree, len(list(run))) for agree, run in groupby(len(set(each)) == 1
            for each in predicted)]  # fmt: skip
    if not 1 < len(runs) <= MAX_CHAPTERS:
        return ()
    firsts = accumulate((images for _, images in runs[:-1]), initial=0)
    starts = [timeline.text_start(first) for first in firsts]
    titles = [
        titled(language, agreement(language, agree), words.counted(language, images, noun))
        for agree, images in runs
    ]
    return cues_of(starts, titles, timeline)


def _caption(stack: Stack, shown: Sequence[Shown]) -> str:
    """Return what an image is, and what each model takes it for."""
    first, classes, language = shown[0], stack.dataset.classes, stack.language
    image = language.say("Image {index} of the test set", index=language.number(first.index))
    if first.label is not None:
        image = titled(language, image, with_article(language, classes[first.label]))
    takes = []
    for name, each in zip(stack.comparison.names, shown, strict=True):
        predicted = with_article(language, classes[each.predicted])
        # Translators: model and name of a class with its article: "rough takes it for a 7".
        said = language.say("{model} takes it for {name}", model=isolated(name), name=predicted)
        takes.append(sure(language, said, each))
    # Translators: an image and what each model takes it for.
    return language.say("{image}. {takes}.", image=image, takes=language.say("; ").join(takes))
