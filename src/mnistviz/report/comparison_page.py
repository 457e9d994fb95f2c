"""The report that compares models, as one HTML file: table, tests, weights and disagreements."""

import io
import math
from collections.abc import Iterator
from html import escape

import numpy as np

from mnistviz.drawing.raster import png, rasterise
from mnistviz.film.stack import Stack
from mnistviz.frame import words
from mnistviz.frame.scales import full_weight
from mnistviz.language.language import ENGLISH
from mnistviz.report import comparison, html
from mnistviz.report.style import ABOVE, Area, Board, fitted, paper
from mnistviz.report.weights import UNDER, draw_weights

WIDTH = 12.14  # inches of a page
IN_A_ROW, LARGEST = 13, 1.4  # pictures of weights side by side, at most, and inches of one
HEADING = "flex: 1 0 100%; margin: 0; font-size: 1.1rem"  # a line of its own
NAME = 3.5  # inches for the name of a model above them
PICTURE = 5.5  # inches of the picture of an image: two stand side by side


def page(stack: Stack) -> str:
    """Return the page. No text of a data set, and no name of a model, is markup."""
    compared = stack.comparison
    first = compared.evaluations[0]
    table = html.table_of(
        f"On {first.images:,} test {first.noun}s",
        ("model", *comparison.HEADS),
        comparison.rows(compared),
    )
    tests = "\n".join(
        f"<p>{escape(comparison.sentence(test, first.noun))}.</p>" for test in compared.tests
    )
    title = stack.picture.title or f"{first.dataset}: {ENGLISH.listed(compared.names)}"
    header = f"""<div>
<h1>{escape(title)}</h1>
<p>{escape(comparison.disagreeing(compared).capitalize())}.</p>
{table}
{tests}
</div>"""
    return html.document(title, header, [*_weights(stack), *_pictures(stack)], "")


def _weights(stack: Stack) -> Iterator[str]:
    """Yield a figure of each model's weights, all on one scale."""
    compared, size = stack.comparison, stack.dataset.test.image_size
    full = full_weight(np.concatenate([model.weights for model in stack.models], axis=1))
    columns = min(IN_A_ROW, len(stack.dataset.classes))
    rows = math.ceil(len(stack.dataset.classes) / columns)
    high = min(LARGEST, WIDTH / columns - 0.2) * size[0] / size[1]
    area = Area(0, 0, WIDTH, ABOVE + rows * (high + UNDER))
    models = zip(compared.names, stack.models, compared.evaluations, strict=True)
    for name, model, evaluation in models:
        figure = paper(area.width, area.height)
        said = f"weights of {fitted(name, NAME, 13)}", "on one scale for all models; grey is zero"
        draw_weights(Board(figure, area), model, evaluation, size, said, full)
        buffer = io.BytesIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None})
        yield html.figure(f"Weights of {name}", area.width, buffer.getvalue())


def _pictures(stack: Stack) -> Iterator[str]:
    """Yield a heading, and the pictures of the images that are shown, as the models take them."""
    classes, names = stack.dataset.classes, stack.comparison.names
    differ = int(np.count_nonzero(stack.comparison.disagreements[stack.indices]))
    images = words.counted(ENGLISH, len(stack.indices), stack.dataset.noun)
    yield f'<h2 style="{HEADING}">{images}; the models disagree on {differ:,} of these</h2>'
    for place, shown in enumerate(zip(*stack.shown, strict=True)):
        said = "; ".join(
            f"{name} {words.outcome(ENGLISH, classes[each.predicted], None)}"
            for name, each in zip(names, shown, strict=True)
        )
        true = "" if shown[0].label is None else f", {words.true(ENGLISH, classes[shown[0].label])}"
        description = f"{stack.dataset.noun} {shown[0].index}{true}: {said}"
        picture = png(rasterise(stack.still(place)))
        yield html.figure(description, PICTURE, picture, "png")
