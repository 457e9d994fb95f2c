"""Evaluate a model, and report it as PDF, PNG or HTML. Public function: evaluate."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from numpy.typing import NDArray

from mnistviz.arguments import checked
from mnistviz.config import Wording
from mnistviz.datasets.dataset import Split
from mnistviz.datasets.load import Data, check_unread, loaded
from mnistviz.drawing.find_fonts import drawn_language
from mnistviz.drawing.matplotlib_renderer import own_settings
from mnistviz.drawing.raster import png
from mnistviz.errors import OptionError
from mnistviz.formats.framed import framed
from mnistviz.formats.views import checked_page
from mnistviz.language.language import Language
from mnistviz.model.evaluation import Evaluation
from mnistviz.model.linear import LinearClassifier
from mnistviz.model.train import Model, files_of, logits_of, model_for, read_if_file
from mnistviz.output import check_target, replacing
from mnistviz.progress import ProgressCallback, silent
from mnistviz.report import html
from mnistviz.report.counts import draw_classes, draw_confusion, draw_headline
from mnistviz.report.mistakes import Mistakes
from mnistviz.report.pictures import Pictures
from mnistviz.report.reliability import draw_reliability
from mnistviz.report.style import Area, Board, paper
from mnistviz.report.weights import draw_weights

WIDTH, HEIGHT = 40 / 3, 7.5  # inches of a page: a slide of 16:9
PAGE = ".html"  # the kind of report that has links
FRAME = 900  # pixels: height of a report in a notebook
DOTS = 144  # an inch of PNG: a page is 1920×1080
MARGIN = 0.6
ROOM = Area(MARGIN, 0.45, WIDTH - 2 * MARGIN, HEIGHT - 0.45 - MARGIN)


class Panel(NamedTuple):
    """A part of a report: its place on its slide, its description, and what draws it."""

    box: Area
    description: str
    draw: Callable[[Board], None]


class Report(NamedTuple):
    """A report to write: the panels of each of its slides, in a language.

    A page links to an explorer, if there is its address.
    """

    language: Language
    evaluation: "Evaluated"
    slides: list[list[Panel]]
    explorer: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Evaluated(Evaluation):
    """An evaluation that a notebook shows as its report, if it is the last value of a cell.

    Attributes
    ----------
    model, split
        What was evaluated, and the test images.
    language
        Of the report.
    """

    model: LinearClassifier
    split: Split
    language: Language

    @property
    def report(self) -> Report:
        """The report on it."""
        return Report(self.language, self, slides_of(self.language, self.model, self.split, self))

    def _repr_html_(self) -> str:
        """Return the report as a page in a frame of a notebook's page."""
        with own_settings():
            return framed(_html(self.report), f"{self.dataset}: {self.accuracy:.1%}", FRAME)


@checked
def evaluate(
    data: Data,
    model: Model = None,
    out: Path | str | None = None,
    wording: Wording = Wording(),
    progress: ProgressCallback = silent,
    *,
    explorer: Path | str = "",
) -> Evaluated:
    """Evaluate a model on a data set's test images.

    Parameters
    ----------
    data
        Where the test images are: a data set, or the name or folder of one as `load` takes it.
    model
        A model, or the file of one as `read_model` takes it. By default one is trained first.
    out
        Report to write, ending in ``.pdf``, ``.png`` or ``.html``; none by default.
    wording
        The language of the report.
    progress
        Called after each epoch of training.
    explorer
        The file that `explore` wrote, or its address on the web: classes, counts and mistakes of
        an ``.html`` link to their views in it. Default: none.

    Returns
    -------
    Evaluated
        Accuracy, confusion, calibration and mistakes. A notebook shows it as its report.

    Raises
    ------
    MnistvizError
        If something is missing, impossible or damaged; found before training where that can be.
        An older report stays as it was.
    """
    if out is None and wording != Wording():
        raise OptionError(
            "language, words and font are for a report: name its file, or leave them out"
        )
    check_unread(out, data, wording, *files_of(model), explorer or None)
    language = drawn_language(wording)
    suffix = check_target(Path(out), REPORT_SUFFIXES) if out is not None else ""
    if explorer and suffix != PAGE:
        raise OptionError(f"explorer: only a report that is a page, {PAGE}, links to one")
    page = checked_page(explorer, Path(out)) if out is not None else ""
    known = read_if_file(model)
    dataset = loaded(data, progress)
    network, test = model_for(dataset, known, progress), dataset.test
    evaluation = Evaluated(
        logits_of(network, test.images),
        test.labels,
        dataset.classes,
        dataset.name,
        dataset.noun,
        network.kind,
        model=network,
        split=test,
        language=language,
    )
    if out is not None:
        with replacing(Path(out)) as part, own_settings():
            WRITERS[suffix](part, evaluation.report._replace(explorer=page))
    return evaluation


def slides_of(
    language: Language, model: LinearClassifier, split: Split, evaluation: Evaluation
) -> list[list[Panel]]:
    """Return the panels of each slide; without mistakes there is no slide of them."""
    left, top, width, height = ROOM
    under, high, say = top + 1.3, height - 1.3, language.say
    counts = [
        Panel(Area(left, top, width, 1.1), say("Accuracy"),
              lambda board: draw_headline(board, evaluation)),
        Panel(Area(left, under, 3.6, high), say("Precision and recall"),
              lambda board: draw_classes(board, evaluation)),
        Panel(Area(left + 4.05, under, 4.85, high), say("Confusion matrix"),
              lambda board: draw_confusion(board, evaluation)),
        Panel(Area(left + 9.3, under, width - 9.3, high), say("Reliability diagram"),
              lambda board: draw_reliability(board, evaluation)),
    ]  # fmt: skip
    mistakes = Panel(
        ROOM,
        say("The mistakes of which it is surest"),
        lambda board: Mistakes(board, model, split, evaluation).draw(),
    )
    weights = Panel(
        ROOM, say("Weights"), lambda board: draw_weights(board, model, evaluation, split.image_size)
    )
    return [counts, [mistakes], [weights]] if len(evaluation.mistakes) else [counts, [weights]]


def drawn(report: Report) -> Iterator[Figure]:
    """Yield the slides of a report."""
    for panels in report.slides:
        figure = paper(WIDTH, HEIGHT)
        for panel in panels:
            panel.draw(Board(figure, panel.box, report.language))
        yield figure


def _write_pdf(path: Path, report: Report) -> None:
    with PdfPages(path, metadata={"CreationDate": None}) as pdf:
        for figure in drawn(report):
            pdf.savefig(figure)


def _write_png(path: Path, report: Report) -> None:
    pages = [_pixels(figure) for figure in drawn(report)]
    path.write_bytes(png(np.concatenate(pages)))


def _pixels(figure: Figure) -> NDArray[np.uint8]:
    """Return a page as (height, width, 3) RGB."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="rgba", dpi=DOTS)
    size = round(HEIGHT * DOTS), round(WIDTH * DOTS)
    return np.frombuffer(buffer.getbuffer(), np.uint8).reshape(*size, 4)[..., :3]


def _html(report: Report) -> str:
    language, evaluation = report.language, report.evaluation
    pictures = Pictures(language, evaluation.model, evaluation.split, evaluation, report.explorer)
    figures = [pictures.panel(*panel) for panel in report.slides[0][1:]]  # the headline is text
    if len(evaluation.mistakes):
        figures += pictures.mistakes(ROOM)
    return html.page(language, [*figures, pictures.weights()], evaluation, report.explorer)


def _write_html(path: Path, report: Report) -> None:
    path.write_text(_html(report), encoding="utf-8")


WRITERS = {".pdf": _write_pdf, ".png": _write_png, PAGE: _write_html}
REPORT_SUFFIXES = tuple(WRITERS)
