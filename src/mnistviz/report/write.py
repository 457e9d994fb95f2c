"""A report of a model's evaluation: pages as slides, in PDF, PNG or HTML."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from numpy.typing import NDArray

from mnistviz.datasets.dataset import Split
from mnistviz.drawing.matplotlib_renderer import own_settings, png
from mnistviz.model.evaluation import Evaluation
from mnistviz.model.softmax import SoftmaxRegression
from mnistviz.report.counts import (
    draw_classes,
    draw_confusion,
    draw_headline,
)  # fmt: skip
from mnistviz.report.html import Figured, page
from mnistviz.report.mistakes import Mistakes
from mnistviz.report.reliability import draw_reliability
from mnistviz.report.style import Box, paper
from mnistviz.report.weights import draw_weights

WIDTH, HEIGHT = 40 / 3, 7.5  # inches of a page: a slide of 16:9
DOTS = 144  # an inch of PNG: a page is 1920×1080
MARGIN = 0.6
ROOM = Box(MARGIN, 0.45, WIDTH - 2 * MARGIN, HEIGHT - 0.45 - MARGIN)

Draw = Callable[[Figure, Box], None]


@dataclass(frozen=True)
class Panel:
    """A part of a report: its place on its page, what it tells in words, and what draws it."""

    page: int
    box: Box
    words: str
    draw: Draw


def panels(model: SoftmaxRegression, split: Split, evaluation: Evaluation) -> tuple[Panel, ...]:
    """Return what a report consists of, page by page."""
    left, top, width, height = ROOM
    under, high = top + 1.3, height - 1.3

    def numbers(draw: Callable[[Figure, Box, Evaluation], None]) -> Draw:
        return lambda figure, box: draw(figure, box, evaluation)

    mistaken = [
        Panel(1, ROOM, "The most confident mistakes",
              lambda figure, box: Mistakes(figure, box, model, split, evaluation).draw())
    ] if len(evaluation.mistakes) else []  # fmt: skip
    return (
        Panel(0, Box(left, top, width, 1.1), "Accuracy", numbers(draw_headline)),
        Panel(0, Box(left, under, 3.6, high), "Precision and recall", numbers(draw_classes)),
        Panel(0, Box(left + 4.05, under, 4.85, high), "Confusion matrix", numbers(draw_confusion)),
        Panel(0, Box(left + 9.3, under, width - 9.3, high), "Reliability diagram",
              numbers(draw_reliability)),
        *mistaken,
        Panel(1 + len(mistaken), ROOM, "Weights",
              lambda figure, box: draw_weights(figure, box, model, evaluation, split.image_size)),
    )  # fmt: skip


def write_report(
    path: Path, suffix: str, model: SoftmaxRegression, split: Split, evaluation: Evaluation
) -> None:
    """Write a report, the same bytes each time.

    Parameters
    ----------
    path
        File to write.
    suffix
        What kind: one of `REPORT_SUFFIXES`.
    model, split
        The model, and the images that it was evaluated on.
    evaluation
        What came of it.
    """
    parts = panels(model, split, evaluation)
    write = {".pdf": _write_pdf, ".png": _write_png, ".html": _write_html}[suffix]
    with own_settings():
        write(path, parts, evaluation)


def _pages(parts: tuple[Panel, ...]) -> list[Figure]:
    pages = [paper(WIDTH, HEIGHT) for _ in range(1 + parts[-1].page)]
    for part in parts:
        part.draw(pages[part.page], part.box)
    return pages


def _write_pdf(path: Path, parts: tuple[Panel, ...], _: Evaluation) -> None:
    with PdfPages(path, metadata={"CreationDate": None}) as pdf:
        for figure in _pages(parts):
            pdf.savefig(figure)


def _write_png(path: Path, parts: tuple[Panel, ...], _: Evaluation) -> None:
    slides = [_pixels(figure) for figure in _pages(parts)]
    path.write_bytes(png(np.concatenate(slides)))


def _pixels(figure: Figure) -> NDArray[np.uint8]:
    """Return a page as (height, width, 3) RGB."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="rgba", dpi=DOTS)
    size = round(HEIGHT * DOTS), round(WIDTH * DOTS)
    return np.frombuffer(buffer.getbuffer(), np.uint8).reshape(*size, 4)[..., :3]


def _write_html(path: Path, parts: tuple[Panel, ...], evaluation: Evaluation) -> None:
    figures = []
    for part in parts[1:]:  # the headline is text
        figure = paper(part.box.width, part.box.height)
        part.draw(figure, Box(0, 0, part.box.width, part.box.height))
        buffer = io.BytesIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None})
        figures.append(Figured(part.words, part.box.width, buffer.getvalue()))
    path.write_text(page(figures, evaluation), encoding="utf-8")
