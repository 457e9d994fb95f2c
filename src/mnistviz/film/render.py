"""Render a film of a model at work."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnistviz.arguments import checked
from mnistviz.config import (
    FILM_IMAGES,
    Encoding,
    PictureConfig,
    Selection,
    Timing,
    Wording,
    Workers,
)
from mnistviz.datasets.dataset import Dataset
from mnistviz.datasets.load import Data, check_unread, loaded
from mnistviz.datasets.own_pictures import choose_pictures, read_own_pictures
from mnistviz.datasets.select import candidates, most_shown, select
from mnistviz.drawing.find_fonts import drawn_language
from mnistviz.drawing.theme import theme_of
from mnistviz.errors import OptionError
from mnistviz.film.captions import film_notes
from mnistviz.film.endings import check_endings, endings_of, flips_of
from mnistviz.film.introduction import Introduction, check_sentences
from mnistviz.film.moments import Moments, shown_of_test
from mnistviz.film.own_answers import shown_of_own
from mnistviz.film.reel import FilmReel
from mnistviz.film.result import Film, Prediction
from mnistviz.film.steps import check_steps, draw_steps
from mnistviz.film.times import timeline_of
from mnistviz.formats.choose import check_film, format_of, warn_of_size
from mnistviz.formats.limit import within
from mnistviz.formats.notes import companion_paths
from mnistviz.formats.views import checked_address
from mnistviz.formats.write import write_film
from mnistviz.frame.composer import Composer
from mnistviz.frame.fit import check_picture, layout_for
from mnistviz.frame.frame_words import FrameWords, scope_of
from mnistviz.frame.moment import Shown
from mnistviz.frame.places import Layout
from mnistviz.frame.scales import drawn_weights
from mnistviz.model.kind import Kind
from mnistviz.model.train import (
    Model,
    files_of,
    is_imported,
    kind_of,
    logits_of,
    model_for,
    read_if_file,
)
from mnistviz.progress import ProgressCallback, silent


@checked
def render(
    data: Data,
    model: Model = None,
    out: Path | str = "video.mp4",
    selection: Selection = Selection(),
    timing: Timing = Timing(),
    encoding: Encoding = Encoding(),
    picture: PictureConfig = PictureConfig(),
    *,
    wording: Wording = Wording(),
    images: Path | str | None = None,
    strict: bool = False,
    show_steps: Path | str | None = None,
    intro: tuple[str, ...] = (),
    flip: bool = False,
    explorer: str = "",
    workers: Workers = Workers(),
    hashed: bool = False,
    progress: ProgressCallback = silent,
) -> Film:
    """Render a film of a model at work on test images, or on own pictures.

    Parameters
    ----------
    data
        Where the test images are: a data set, or the name or folder of one as `load` takes it.
    model
        A model, or the file of one as `read_model` takes it. By default one is trained first.
    out
        File to write, ending in ``.mp4``, ``.webm``, ``.gif`` or ``.webp``; a new folder of PNGs,
        as a text that ends in a slash; or ``-``, a Y4M stream on stdout.
    selection, timing, encoding, picture
        Which images, for how long, how the film is written, and its size and looks.
    wording
        The language of all that a viewer sees.
    images
        Folder of own pictures, dark on light or light on dark, to show in place of test images:
        all of them by name, or as many as the selection counts. A photo of several digits becomes
        several images. Where all names give a class, as ``7_a.png`` or ``seven/a.png``, it is true.
    strict
        Whether an own picture that cannot be used is an error; else it is warned of and left out.
    show_steps
        PNG to write that shows what was done with each own picture. Default: none.
    intro
        Six sentences, on image, weights, product, score, all classes and the prediction: the film
        opens with its first image explained by them, step by step. `introduction.SENTENCES` are
        ours. Default: none, the film begins at once.
    flip
        Whether each mistake has an ending of 3 seconds: one after another, the fewest pixels
        change that make the answer right. For test images; not with a duration, a loop or a GIF.
    explorer
        Address on the web of a page that `explore` wrote: the description in an MP4 or a WebM names
        that of the first image in it. For test images. Default: none.
    workers
        Who draws and encodes. Default: this process alone.
    hashed
        Whether to hash the pictures.
    progress
        Called after each epoch of training and each picture.

    Returns
    -------
    Film
        What was written.

    Raises
    ------
    MnistvizError
        If something is missing, impossible or damaged; found before training and drawing where
        that can be. An older film stays as it was.
    """
    poster = companion_paths(Path(out), captions=False, poster=encoding.poster)
    for target in (targets := (out, show_steps, *poster)):
        check_unread(target, data, wording, *files_of(model))
    page = checked_address(explorer, out, own=images is not None)
    if flip:
        check_endings(out, selection, timing, own=images is not None)
    files = [] if images is None else choose_pictures(images, selection, targets)
    images_shown = len(files) or selection.count or len(selection.indices or ()) or FILM_IMAGES
    check_steps(show_steps, files, out, *poster)
    if strict and images is None:
        raise OptionError("strict is for own pictures: give a folder of images")
    language = drawn_language(wording)
    check_sentences(intro, language.fonts)
    check_picture(picture, language.fonts)
    times = timeline_of(out, images_shown, timing, encoding, intro)
    check_film(out, picture.size, times, encoding, workers)
    known = read_if_file(model)
    dataset = loaded(data, progress)
    kind, own = kind_of(known), None
    if files:
        own = read_own_pictures(
            files, dataset, Path(str(images)), strict=strict, keep_steps=show_steps is not None
        )
        if show_steps is not None:
            draw_steps(own.steps, Path(show_steps), language)
    scope = "" if own else scope_of(language, dataset, selection)

    @cache
    def fitted(size: tuple[int, int]) -> tuple[FrameWords, Layout]:
        looks = replace(picture, size=size)
        words = FrameWords.of(dataset, looks, scope, kind.name, kind.link, language, flip)
        return words, layout_for(words, dataset.test.image_size, looks)

    fitted(picture.size)
    possible = own.drawings if own else candidates(dataset, selection)[: most_shown(selection)]
    times = timeline_of(out, len(possible), timing, encoding, intro)
    warn_of_size(out, format_of(out, picture.size, times, encoding))

    network = model_for(dataset, known, progress)
    logits = logits_of(network, dataset.test.images)
    drawn = drawn_weights(network.weights, dataset.train, picture.is_effect, is_imported(known))
    selected = shown_of_own(own, network) if own else _selected(dataset, selection, logits, kind)
    flips = flips_of(network, selected) if flip else ()

    def make(size: tuple[int, int], images: int) -> Film:
        shown = selected[:images]
        changes = tuple(len(found.places) if found else 0 for found in flips[:images])
        timeline = timeline_of(out, len(shown), timing, encoding, intro, changes)
        answered = network.weights, network.bias, logits, dataset.test.labels
        composer = Composer.of(*answered, *fitted(size), theme_of(picture), drawn=drawn)
        endings = (
            endings_of(network, shown, flips[:images], timeline.endings.counts) if flip else ()
        )
        moments = Moments(shown, timeline.pictures_per_image, kind, endings)
        first = moments.image(0)
        introduction = Introduction(composer, first, intro, timeline.lead, timeline.lead_hold)
        sentences = [text.text for text in introduction.texts()]
        by_class = selection.order == "class"
        notes = film_notes(shown, dataset, composer.words, timeline, by_class, sentences, page)
        written = write_film(
            FilmReel(composer, moments, timeline, introduction),
            out,
            size,
            timeline,
            encoding,
            notes,
            poster=replace(composer).scene(first),
            workers=workers,
            hashed=hashed,
            progress=progress,
        )
        return Film(
            **vars(written),
            images=len(shown),
            right=None if shown[0].label is None else sum(image.right for image in shown),
            predictions=tuple(Prediction.of(image, dataset) for image in shown) if own else (),
            skipped=own.skipped if own else (),
        )

    return within(encoding.max_size, picture.size, len(selected), fitted, make)


def _selected(
    dataset: Dataset, selection: Selection, logits: NDArray[np.float32], kind: Kind
) -> tuple[Shown, ...]:
    """Return the test images to show, with these logits (n, classes) of the whole split."""
    indices = select(dataset, selection, logits.argmax(axis=1), kind.confidence(logits))
    return shown_of_test(dataset, logits, indices, kind)
