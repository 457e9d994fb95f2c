"""Evaluate a model, and report it as PDF, PNG or HTML. Public function: evaluate."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
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
from mnistviz.language.language import Language
from mnistviz.model.evaluation import Evaluation
from mnistviz.model.linear import LinearClassifier
from mnistviz.model.train import Model, files_of, logits_of, model_for, read_if_file
from mnistviz.output import check_target, replacing
from mnistviz.progress import ProgressCallback, silent
from mnistviz.report import html
from mnistviz.report.counts import draw_classes, draw_confusion, draw_headline
from mnistviz.report.mistakes import Mistakes
from mnistviz.report.reliability import draw_reliability
from mnistviz.report.style import Area, Board, paper
from mnistviz.report.weights import draw_weights

WIDTH, HEIGHT = 40 / 3, 7.5  # inches of a page: a slide of 16:9
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
    """A report to write: the panels of each of its slides, in a language."""

    language: Language
    evaluation: Evaluation
    slides: list[list[Panel]]


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
    check_unread(out, data, wording, *files_of(model))
    language = drawn_language(wording)
    suffix = check_target(Path(out), REPORT_SUFFIXES) if out is not None else ""
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
            WRITERS[suffix](part, evaluation.report)
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
    figures = []
    for panel in list(chain(*report.slides))[1:]:  # the headline is text
        figure = paper(panel.box.width, panel.box.height)
        panel.draw(Board(figure, panel.box._replace(left=0, top=0), report.language))
        buffer = io.BytesIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None})
        figures.append(html.figure(panel.description, panel.box.width, buffer.getvalue()))
    return html.page(report.language, figures, report.evaluation)


def _write_html(path: Path, report: Report) -> None:
    path.write_text(_html(report), encoding="utf-8")


WRITERS = {".pdf": _write_pdf, ".png": _write_png, ".html": _write_html}
REPORT_SUFFIXES = tuple(WRITERS)
