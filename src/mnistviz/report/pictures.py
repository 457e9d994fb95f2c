"""The pictures of the HTML report: of panels, and of each mistake and class, so that they wrap."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from mnistviz.datasets.dataset import Split
from mnistviz.drawing.raster import png
from mnistviz.drawing.theme import signed_grey
from mnistviz.formats.views import browsed_view, image_view
from mnistviz.frame import words
from mnistviz.frame.scales import full_weight
from mnistviz.language.language import Language
from mnistviz.language.terms import noun_of
from mnistviz.model.evaluation import Evaluation
from mnistviz.model.linear import LinearClassifier
from mnistviz.report import html
from mnistviz.report.counts import dark_tints
from mnistviz.report.mistakes import LARGE, PREDICTED, SMALL, TRUE, Mistakes
from mnistviz.report.style import Area, Board, Ink, paper
from mnistviz.report.themed import themed
from mnistviz.report.weights import heading_of

COLUMNS = (5, 8, 12, 17)  # of weights side by side, of 24, 63, 143 or more classes


@dataclass(frozen=True)
class Pictures:
    """What draws the pictures of a page.

    Attributes
    ----------
    explorer
        Address of the page that they link to; empty for none.
    """

    language: Language
    model: LinearClassifier
    split: Split
    evaluation: Evaluation
    explorer: str = ""

    @cached_property
    def _tints(self) -> dict[Ink, Ink]:
        return dark_tints(self.evaluation)

    def panel(self, box: Area, description: str, draw: Callable[[Board], None]) -> str:
        """Return a panel as a figure; places of it link to what they show."""
        board, svg = self._drawn(box, draw)
        links = [(self.explorer + view, place) for place, view in board.links]
        size = box.width, box.height
        places = html.places(links, size) if self.explorer else ""
        return html.figure(description, box.width, svg, places=places)

    def mistakes(self, panel: Area) -> Iterator[str]:
        """Yield figures of the most confident mistakes, and of the next ones, under headings."""
        board = Board(paper(panel.width, panel.height), panel, self.language)
        whole = Mistakes(board, self.model, self.split, self.evaluation, panel)
        title, *explained = whole.texts
        large = [self._large(whole, index) for index in whole.large]
        yield html.group("h2", title, self.language.in_a_line(explained), large, LARGE)
        if whole.small:
            small = [self._small(index) for index in whole.small]
            yield html.group("h3", whole.next_ones, "", small, SMALL)

    def weights(self) -> str:
        """Return the figures of all classes' weights, under a heading."""
        full = full_weight(self.model.weights)
        title, explained = heading_of(self.language)
        labels = range(len(self.evaluation.classes))
        figures = [self._class(label, full) for label in labels]
        most = next(columns for columns in COLUMNS if columns**2 > len(labels))
        return html.group("h2", title, explained, figures, most, self._legend())

    def _legend(self) -> str:
        """Return what the greys of weights mean."""
        nowhere = Board(paper(1, 1), Area(0, 0, 1, 1), self.language)
        area = Area(0, 0, nowhere.width - nowhere.before_legend + 0.1, 0.42)
        _, svg = self._drawn(area, Board.legend)
        return html.figure("", area.width, svg)

    def _large(self, whole: Mistakes, index: int) -> str:
        area = whole.large_area
        _, svg = self._drawn(area, lambda board: replace(whole, board=board).draw_large(index))
        true, predicted = self._classes_of(index)
        href = self._to(image_view(index, predicted, true))
        return html.figure(self._said(index), area.width, svg, href=href)

    def _small(self, index: int) -> str:
        true, predicted = self._classes_of(index)
        names = [(sign, self.evaluation.classes[label])
                 for sign, label in ((PREDICTED, predicted), (TRUE, true))]  # fmt: skip
        levels = self.split.images[index]
        href = self._to(image_view(index, predicted, true))
        return html.pixels(self._said(index), png(levels), [" ".join(it) for it in names], href)

    def _class(self, label: int, full: float) -> str:
        name, bias = self.evaluation.classes[label], float(self.model.bias[label])
        levels = signed_grey(self.model.weights[:, label], full).reshape(self.split.image_size)
        said = self.language.say("Weights of {name}", name=name)
        texts = [name, words.bias(self.language, bias)]
        return html.pixels(said, png(levels), texts, self._to(browsed_view(label)))

    def _to(self, view: str) -> str:
        """Return the address of a view of the explorer; '' if there is none."""
        return self.explorer and self.explorer + view

    def _classes_of(self, index: int) -> tuple[int, int]:
        return int(self.evaluation.labels[index]), int(self.evaluation.predicted[index])

    def _said(self, index: int) -> str:
        """Return what a mistake is, for those who do not see it."""
        name, other = (self.evaluation.classes[label] for label in self._classes_of(index))
        return self.language.say(
            # Translators: a test image by its number, its true class and the predicted one.
            "test {noun} {index}, true {name}, predicted {other}",
            noun=noun_of(self.language, self.evaluation.noun),
            index=index,
            name=name,
            other=other,
        )

    def _drawn(self, box: Area, draw: Callable[[Board], None]) -> tuple[Board, bytes]:
        figure = paper(box.width, box.height)
        board = Board(figure, box._replace(left=0, top=0), self.language)
        draw(board)
        buffer = io.BytesIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None})
        return board, themed(buffer.getvalue(), self._tints)
