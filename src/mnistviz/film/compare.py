"""Films of two or three models at work on the same images."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, groupby
from pathlib import Path

import numpy as np

from mnistviz.config import Encoding, Timing, Workers
from mnistviz.datasets.dataset import Dataset
from mnistviz.film.captions import MAX_CHAPTERS, cues_of, name_of, sure, with_article
from mnistviz.film.moments import Moments
from mnistviz.film.render import timeline_of
from mnistviz.film.stack import Stack, fitted
from mnistviz.film.stacked_reel import StackedReel
from mnistviz.formats.limit import within
from mnistviz.formats.notes import Cue, Notes, isolated, licence
from mnistviz.formats.timeline import Timeline
from mnistviz.formats.write import write_film
from mnistviz.formats.written_film import WrittenFilm
from mnistviz.frame import words
from mnistviz.frame.moment import Shown
from mnistviz.frame.stacked_words import AGREE, DISAGREE
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
        return fitted(stack.dataset, stack.comparison.names, replace(stack.picture, size=size))

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
    dataset, compared = stack.dataset, stack.comparison
    models = words.listed([isolated(each) for each in compared.names])
    images, name = words.counted(len(shown[0]), dataset.noun), isolated(dataset.name)
    differ = int(np.count_nonzero(compared.disagreements[[each.index for each in shown[0]]]))
    disagreeing = words.disagreeing(
        int(np.count_nonzero(compared.disagreements)), len(dataset.test), dataset.noun
    )
    starts = [timeline.text_start(image) for image in range(len(shown[0]))]
    texts = [_caption(each, compared.names, dataset) for each in zip(*shown, strict=True)]
    return Notes(
        title=stack.picture.title or f"{models} compared on {name}",
        description=f"{images} of the test set of {name}, as {models} take them; they disagree on "
        f"{differ:,} of these.",
        about=f"{disagreeing} · "
        + ", ".join(
            f"{isolated(model)} {words.percent(of.accuracy)} right"
            for model, of in zip(compared.names, compared.evaluations, strict=True)
        ),
        licence=licence(name, dataset.licence),
        captions=cues_of(starts, texts, timeline),
        chapters=_chapters(shown, timeline, dataset.noun),
        frame_rate=timeline.frame_rate,
    )


def _chapters(shown: Sequence[Sequence[Shown]], timeline: Timeline, noun: str) -> tuple[Cue, ...]:
    """Return a chapter for all images in a row on which the models agree, or do not.

    None where all would be one, or there were more than one can choose from.
    """
    predicted = zip(*((each.predicted for each in of) for of in shown), strict=True)
    runs = [(agree, len(list(run))) for agree, run in groupby(len(set(each)) == 1
            for each in predicted)]  # fmt: skip
    if not 1 < len(runs) <= MAX_CHAPTERS:
        return ()
    firsts = accumulate((images for _, images in runs[:-1]), initial=0)
    starts = [timeline.text_start(first) for first in firsts]
    titles = [
        f"{AGREE if agree else DISAGREE}: {words.counted(images, noun)}" for agree, images in runs
    ]
    return cues_of(starts, titles, timeline)


def _caption(shown: Sequence[Shown], names: Sequence[str], dataset: Dataset) -> str:
    """Return what an image is, and what each model takes it for."""
    first, classes = shown[0], dataset.classes
    true = "" if first.label is None else f": {with_article(classes[first.label])}"
    said = (
        f"{isolated(name)} takes it for {with_article(classes[each.predicted])}{sure(each)}"
        for name, each in zip(names, shown, strict=True)
    )
    return f"{name_of(first)} of the test set{true}. {'; '.join(said)}."
