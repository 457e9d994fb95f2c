"""Compare two or three models on the same images. Public function: compare."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from mnistviz.arguments import checked
from mnistviz.config import (
    FILM_IMAGES,
    SIZES,
    Encoding,
    PictureConfig,
    Selection,
    Timing,
    Wording,
    Workers,
)
from mnistviz.datasets.dataset import Dataset
from mnistviz.datasets.load import Data, check_unread, loaded
from mnistviz.datasets.select import candidates, most_shown
from mnistviz.drawing.find_fonts import drawn_language
from mnistviz.drawing.matplotlib_renderer import own_settings
from mnistviz.errors import LayoutError, OptionError, OutputError
from mnistviz.film.compare import film_of
from mnistviz.film.stack import Stack, fitted
from mnistviz.film.still_picture import STILL_SUFFIXES, save_scene
from mnistviz.film.times import timeline_of
from mnistviz.formats.choose import (
    FILM_SUFFIXES,
    FOLDER,
    STREAM,
    check_film,
    format_of,
    kind_of,
    warn_of_size,
)
from mnistviz.formats.written_film import WrittenFilm
from mnistviz.frame.fit import check_picture
from mnistviz.language.language import Language
from mnistviz.model.comparison import Comparison, check_number, names_of
from mnistviz.model.train import Model, files_of, model_for, read_if_file
from mnistviz.output import check_target, replacing
from mnistviz.progress import ProgressCallback, silent
from mnistviz.report.comparison import lines
from mnistviz.report.comparison_page import page

REPORT = ".html"
REPORT_IMAGES = 6  # in a report by default
MOST_IN_REPORT = 60  # images; with more it is megabytes
REPORT_SIZES = (SIZES["square"], SIZES["1080p"], SIZES["2160p"])  # of its pictures: what fits
FILM_KINDS = (*FILM_SUFFIXES, FOLDER, STREAM)
KINDS = (*FILM_SUFFIXES, *STILL_SUFFIXES, REPORT)


@dataclass(frozen=True, eq=False)
class Compared:
    """How models compare, and what was written.

    Attributes
    ----------
    comparison
        The measures of each model, and McNemar's test of each pair.
    indices
        The test images that are shown, in order; none without a file to write.
    film
        The film, if it is one that was written.
    """

    comparison: Comparison
    indices: tuple[int, ...] = ()
    film: WrittenFilm | None = None

    def __str__(self) -> str:
        """Return the table."""
        return "\n".join(lines(self.comparison))


@checked
def compare(
    data: Data,
    models: Sequence[Model],
    out: Path | str | None = None,
    selection: Selection = Selection(),
    timing: Timing = Timing(),
    encoding: Encoding = Encoding(),
    picture: PictureConfig = PictureConfig(),
    *,
    names: tuple[str, ...] = (),
    workers: Workers = Workers(),
    hashed: bool = False,
    wording: Wording = Wording(),
    progress: ProgressCallback = silent,
) -> Compared:
    """Compare two or three models on the same test images.

    Parameters
    ----------
    data
        Where the test images are: a data set, or the name or folder of one as `load` takes it.
    models
        Two or three models, or the files of some as `read_model` takes them.
    out
        A film to write, as of `render`; a picture of the first image, ending in ``.png``, ``.svg``
        or ``.pdf``; or a report, ending in ``.html``. Default: none.
    selection
        Which images are shown, by default 25 in a film and 6 in a report: those on which the models
        disagree come first, in the order that is asked for, by default the surest first. How sure
        all are is how sure the least sure is. Listed images stay as they are listed. 'Wrong' are
        those that a model gets wrong.
    timing, encoding, workers, hashed
        Of a film, as of `render`.
    picture
        Size and looks. A report is white, and its pictures have a size of their own.
    names
        What the models are called, no two alike. Default: as their files without suffix, or
        'model 1', 'model 2'.
    wording
        The language of what is written; the table stays English.
    progress
        Called after each epoch of training, and each picture of a film.

    Returns
    -------
    Compared
        The table, and what was written.

    Raises
    ------
    MnistvizError
        If something is missing, impossible or damaged; found before training and drawing where
        that can be. An older file stays as it was.
    """
    check_number(models)
    called = names_of(models, names)
    check_unread(out, data, wording, *chain(*map(files_of, models)))
    kind = None if out is None else _kind(out)
    of_films = timing, encoding, hashed, workers.scheduler, (workers.processes or 1) > 1
    _check_settings(kind, selection, of_films, picture, wording)
    language = drawn_language(wording)
    check_picture(picture, language.fonts)
    if kind == REPORT:
        picture = replace(picture, size=REPORT_SIZES[0], theme="light")
    most = FILM_IMAGES if kind in FILM_KINDS else REPORT_IMAGES if kind == REPORT else 1
    if out is not None:
        _check_out(out, selection, timing, encoding, picture, workers)
    known = [read_if_file(model) for model in models]
    dataset = loaded(data, progress)
    if out is not None:
        possible = candidates(dataset, selection)[: most_shown(selection, most)]
        picture = _fitting(
            dataset, called, picture, REPORT_SIZES if kind == REPORT else (), language
        )
        if kind in FILM_KINDS:
            times = timeline_of(out, len(possible), timing, encoding)
            warn_of_size(out, format_of(out, picture.size, times, encoding))
    networks = tuple(model_for(dataset, model, progress) for model in known)
    comparison = Comparison.of(networks, called, dataset)
    if out is None:
        return Compared(comparison)
    stack = Stack(dataset, networks, comparison, picture, selection, most, language)
    indices = tuple(stack.indices.tolist())
    if kind in FILM_KINDS:
        film, images = film_of(stack, out, timing, encoding, workers, hashed, progress)
        return Compared(comparison, indices[:images], film)
    if kind == REPORT:
        with replacing(Path(out)) as part, own_settings():
            part.write_text(page(stack), encoding="utf-8")
        return Compared(comparison, indices)
    save_scene(stack.still(0), Path(out))
    return Compared(comparison, indices[:1])


def _fitting(
    dataset: Dataset,
    names: tuple[str, ...],
    picture: PictureConfig,
    sizes: tuple[tuple[int, int], ...],
    language: Language,
) -> PictureConfig:
    """Return the picture in its size, or the first of sizes, that has room for the models."""
    for size in sizes[:-1]:
        with suppress(LayoutError):
            fitted(dataset, names, replace(picture, size=size), language)
            return replace(picture, size=size)
    picture = replace(picture, size=sizes[-1]) if sizes else picture
    fitted(dataset, names, picture, language)
    return picture


def _kind(out: Path | str) -> str:
    """Return the kind of file that a name asks for; raise OutputError if there is none such."""
    if (kind := kind_of(out)) in (*KINDS, FOLDER, STREAM):
        return kind
    raise OutputError(
        f"cannot write {out}: expected a name that ends in {', '.join(KINDS)}, "
        "or in / for a folder of PNGs, or - for a stream"
    )


def _check_out(
    out: Path | str,
    selection: Selection,
    timing: Timing,
    encoding: Encoding,
    picture: PictureConfig,
    workers: Workers,
) -> None:
    """Refuse a file that cannot be written; errors as `compare`."""
    if (kind := kind_of(out)) in FILM_KINDS:
        images = selection.count or len(selection.indices or ()) or FILM_IMAGES
        times = timeline_of(out, images, timing, encoding)
        check_film(out, picture.size, times, encoding, workers)
    else:
        check_target(Path(out), (kind,))


def _check_settings(
    kind: str | None,
    selection: Selection,
    of_films: tuple[object, ...],
    picture: PictureConfig,
    wording: Wording,
) -> None:
    """Refuse settings for another kind of file than is written, which would do nothing."""
    if kind is None and (selection != Selection() or picture != PictureConfig()):
        raise OptionError("without a file to write, leave out which images and their looks")
    if kind is None and wording != Wording():
        raise OptionError(
            "language, words and font are for a file: name one to write, or leave them out"
        )
    if kind not in FILM_KINDS and of_films != (Timing(), Encoding(), False, "", False):
        raise OptionError(
            "timing, encoding, hash, workers and scheduler are for a film, "
            f"{', '.join(FILM_SUFFIXES)}: leave them out"
        )
    images = selection.count or len(selection.indices or ()) or 1
    if kind in STILL_SUFFIXES and images > 1:
        raise OptionError(f"a still shows one image (got {images}); a film or a report shows more")
    if kind == REPORT:
        if (selection.count or 0) > MOST_IN_REPORT or (
            selection.count is None and len(selection.indices or ()) > MOST_IN_REPORT
        ):
            raise OptionError(f"a report shows at most {MOST_IN_REPORT} images: give a count")
        if (picture.size, picture.theme) != (PictureConfig.size, PictureConfig.theme):
            raise OptionError(
                "a report is white, and its pictures have a size of their own: "
                "leave out size and theme"
            )
