"""Draws stills."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np

from mnistviz.arguments import checked, number, whole
from mnistviz.config import PictureConfig, Wording
from mnistviz.datasets.load import Data, check_unread, loaded
from mnistviz.datasets.own_pictures import read_own_pictures
from mnistviz.datasets.picture_file import read_picture
from mnistviz.drawing.find_fonts import drawn_language
from mnistviz.drawing.geometry import Box, ceil_even
from mnistviz.drawing.scene import Element, Scene, Text
from mnistviz.drawing.theme import theme_of
from mnistviz.errors import DataError, OptionError
from mnistviz.film.moments import Moments, shown_of_test
from mnistviz.film.own_answers import shown_of_own
from mnistviz.film.questions import Question
from mnistviz.film.result import Prediction, described
from mnistviz.film.steps import check_steps, draw_steps
from mnistviz.film.still_picture import (
    CENTIMETRES,
    POINTS,
    VECTOR_SUFFIXES,
    Still,
    check_still,
)
from mnistviz.formats.views import checked_page, image_view
from mnistviz.frame.composer import Composer
from mnistviz.frame.fit import LARGEST, SMALLEST, check_picture, layout_for
from mnistviz.frame.frame_words import FrameWords
from mnistviz.frame.places import LEAST_TEXT
from mnistviz.frame.scales import drawn_weights
from mnistviz.language.language import ENGLISH
from mnistviz.language.typefaces import Fonts
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

LEAST_POINTS = 7  # of text in print


@checked
def still(
    data: Data,
    index: int | Path | str,
    out: Path | str | None = None,
    model: Model = None,
    picture: PictureConfig = PictureConfig(),
    progress: ProgressCallback = silent,
    *,
    bare: bool = False,
    width: float = 0,
    show_steps: Path | str | None = None,
    flip: str = "",
    why: tuple[str, ...] = (),
    sum_order: str = "",
    wording: Wording = Wording(),
    explorer: Path | str = "",
) -> Still:
    """Draw one test image, or one picture of your own, as a frame of a film.

    Parameters
    ----------
    data
        Where the image is: a data set, or the name or folder of one as `load` takes it.
    index
        Its place in the test split, from 0; or the file of an own picture.
    out
        File to write, ending in ``.png``, ``.svg`` or ``.pdf``. By default none is.
    model
        A model, or the file of one as `read_model` takes it. By default one is trained first.
    picture
        Its size and its looks.
    progress
        Called after each epoch of training.
    bare
        Whether the grid is cut out: without header, footer and title.
    width
        Width of a figure for print in centimetres, for SVG and PDF: the picture's size is then
        chosen so that no text is smaller than 7 points. Default: 0, as the picture has it.
    show_steps
        PNG to write that shows what was done with an own picture. Default: none.
    flip
        A class: the picture then shows the fewest pixels that turn the answer into it; or
        'any', whichever takes the fewest pixels. Default: neither is asked.
    why
        Two classes: the picture then shows where their scores differ. Default: none.
    sum_order
        'rows' or 'influence': the picture then shows how the scores come about as the pixels are
        added in that order, row by row or the most influential first. Default: neither.
    wording
        The language of all that a viewer sees.
    explorer
        The file that `explore` wrote, or its address on the web: in an SVG or a PDF, the image's
        number links to its view there. For test images. Default: none.

    Returns
    -------
    Still
        The picture, which a notebook shows, and the predicted class.

    Raises
    ------
    MnistvizError
        As `render`.
    """
    for target in (out, show_steps):
        check_unread(target, data, wording, index, explorer or None, *files_of(model))
    width = number("width", width)
    language = drawn_language(wording)
    question = Question(flip, why, sum_order)
    question.check(bare)
    if bare and explorer:
        raise OptionError("a bare picture has no number that could link to an explorer")
    _check(out, picture, width, language.fonts)
    page = _page(explorer, out, index)
    if width:
        picture = replace(picture, size=_size_for(width))
    file = Path(index) if isinstance(index, (Path, str)) else None
    if file is not None:
        read_picture(file)  # what cannot be read is refused before a set is fetched
    check_steps(show_steps, [file] if file else [], out)
    known = read_if_file(model)
    dataset = loaded(data, progress)
    question.check_classes(dataset.classes)
    test, kind = dataset.test, kind_of(known)
    frame_words = FrameWords.of(
        dataset, picture, model=kind.name, link=kind.link, language=language
    )
    layout = layout_for(frame_words, test.image_size, picture)
    own, place = None, 0
    if file is not None:
        own = read_own_pictures([file], dataset, keep_steps=show_steps is not None)
        if show_steps is not None:
            draw_steps(own.steps, Path(show_steps), language)
        if len(own.drawings) > 1:
            raise DataError(
                f"{file} shows {len(own.drawings)} drawings, and a still one: crop it.\n"
                "A film shows them all: render --images, with its folder."
            )
    else:
        place = whole("index", index, 0, len(test) - 1)
    network = model_for(dataset, known, progress)
    logits = logits_of(network, test.images)
    if own is None:
        shown = shown_of_test(dataset, logits, np.arange(len(test)), kind)
    else:
        shown = shown_of_own(own, network)
    composer = Composer.of(
        network.weights,
        network.bias,
        logits,
        test.labels,
        frame_words,
        layout,
        theme_of(picture),
        still=True,
        drawn=drawn_weights(network.weights, dataset.train, picture.is_effect, is_imported(known)),
    )
    moment = replace(Moments(shown).image(place), right=0, count=0)  # a still has no tally
    said, answer = described(moment.shown, dataset, language), ""
    if question:
        sheet = question.sheet(composer, moment, network, picture, dataset.classes)
        scene, answer = sheet.scene(), sheet.said(ENGLISH)
        said = language.in_a_line((said, sheet.said(language)))
    else:
        scene = composer.scene(moment)
    if page:
        name = composer.header.image_name(moment.shown)
        scene = _linked(scene, name, page + image_view(moment.shown.index))
    if bare:
        scene = scene.cut_out(_grown(layout.grid, 2 * layout.outline, layout.size))
    drawn = Still(Prediction.of(moment.shown, dataset), scene, said, width, answer)
    if out is not None:
        drawn.save(out)
    return drawn


def _page(explorer: Path | str, out: Path | str | None, index: int | Path | str) -> str:
    """Return the address of the explorer to link to, '' if there is none; errors as `still`."""
    if not explorer:
        return ""
    if isinstance(index, (Path, str)):
        raise OptionError("an explorer has test images, and no own pictures: leave explorer out")
    if out is None or Path(out).suffix.lower() not in VECTOR_SUFFIXES:
        raise OptionError(
            f"explorer: only a picture to write as {' or '.join(VECTOR_SUFFIXES)} has links"
        )
    return checked_page(explorer, Path(out))


def _linked(scene: Scene, text: str, address: str) -> Scene:
    """Return a scene whose texts that this is a part of link to an address."""

    def to(elements: tuple[Element, ...]) -> tuple[Element, ...]:
        return tuple(
            it._replace(link=address) if isinstance(it, Text) and text in it.text else it
            for it in elements
        )

    return replace(scene, static=to(scene.static), changing=to(scene.changing))


def _size_for(width: float) -> tuple[int, int]:
    """Return the size of a picture that has legible text when it is so many centimetres wide."""
    pixels = width / CENTIMETRES * POINTS * LEAST_TEXT / LEAST_POINTS
    wide = int(min(pixels, 2 * max(LARGEST))) // 2 * 2  # which is too wide
    if not min(SMALLEST) <= wide <= max(LARGEST):
        least, most = (
            side * LEAST_POINTS / LEAST_TEXT / POINTS * CENTIMETRES
            for side in (min(SMALLEST), max(LARGEST))
        )
        raise OptionError(
            f"a figure is {math.ceil(10 * least) / 10:g} to {int(most)} cm wide (got {width:g} cm)"
        )
    high, low = (max(SMALLEST), min(SMALLEST)) if wide < max(SMALLEST) else (9, 16)
    return wide, ceil_even(wide * high / low)


def _check(out: Path | str | None, picture: PictureConfig, width: float, fonts: Fonts) -> None:
    """Check what can be checked before the data are loaded; errors as `still`."""
    if out is not None:
        check_still(Path(out), width)
    if width:
        if not math.isfinite(width):
            raise OptionError(f"width must be a number of centimetres (got {width})")
        _size_for(width)
        if picture.size != PictureConfig.size:
            raise OptionError("give the size of a picture in pixels or its width, not both")
    check_picture(picture, fonts)


def _grown(box: Box, margin: int, size: tuple[int, int]) -> Box:
    """Return a box with a margin on all sides, inside of a frame."""
    left, top = max(0, box.x - margin), max(0, box.y - margin)
    right = min(size[0], box.x + box.width + margin)
    bottom = min(size[1], box.y + box.height + margin)
    return Box(left, top, right - left, bottom - top)
