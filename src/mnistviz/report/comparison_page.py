"""The report that compares models, as one HTML file: table, tests, weights and disagreements."""

import io
from collections.abc import Iterator
from html import escape

import numpy as np

from mnistviz.drawing.raster import png, rasterise
from mnistviz.film.stack import Stack
from mnistviz.frame import words
from mnistviz.frame.scales import full_weight
from mnistviz.report import comparison, html
from mnistviz.report.style import Area, Board, fitted, paper
from mnistviz.report.weights import draw_weights

WEIGHTS = Area(0, 0, 12.14, 2.6)  # inches of a model's weights: all of a page's width
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
    heading = escape(stack.picture.title or f"{first.dataset}: {' and '.join(compared.names)}")
    header = f"""<div>
<h1>{heading}</h1>
<p>{escape(comparison.disagreeing(compared).capitalize())}.</p>
{table}
{tests}
</div>"""
    title = stack.picture.title or f"{first.dataset}: {', '.join(compared.names)}"
    return html.document(title, header, [*_weights(stack), *_pictures(stack)], "")


def _weights(stack: Stack) -> Iterator[str]:
    """Yield a figure of each model's weights, all on one scale."""
    compared, size = stack.comparison, stack.dataset.test.image_size
    full = full_weight(np.concatenate([model.weights for model in stack.models], axis=1))
    models = zip(compared.names, stack.models, compared.evaluations, strict=True)
    for name, model, evaluation in models:
        figure = paper(WEIGHTS.width, WEIGHTS.height)
        said = f"weights of {fitted(name, NAME, 13)}", "on one scale for all models; grey is zero"
        draw_weights(Board(figure, WEIGHTS), model, evaluation, size, said, full)
        buffer = io.BytesIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None})
        yield html.figure(f"Weights of {name}", WEIGHTS.width, buffer.getvalue())


def _pictures(stack: Stack) -> Iterator[str]:
    """Yield the pictures of the images that are shown, as the models take them."""
    classes, names = stack.dataset.classes, stack.comparison.names
    for place, shown in enumerate(zip(*stack.shown, strict=True)):
        said = "; ".join(
            f"{name} {words.outcome(classes[each.predicted], None)}"
            for name, each in zip(names, shown, strict=True)
        )
        true = "" if shown[0].label is None else f", {words.true(classes[shown[0].label])}"
        description = f"{stack.dataset.noun} {shown[0].index}{true}: {said}"
        picture = png(rasterise(stack.still(place)))
        yield html.figure(description, PICTURE, picture, "png")
