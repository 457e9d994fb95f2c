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
from mnistviz.language.language import Language
from mnistviz.language.terms import noun_of
from mnistviz.model.comparison import McNemar
from mnistviz.report import comparison, html, table
from mnistviz.report.html_tables import table_of
from mnistviz.report.style import ABOVE, Area, Board, paper
from mnistviz.report.weights import UNDER, draw_weights

WIDTH = 12.14  # inches of a page
IN_A_ROW, LARGEST = 13, 1.4  # pictures of weights side by side, at most, and inches of one
HEADING = "flex: 1 0 100%; margin: 0; font-size: 1.1rem"  # a line of its own
NAME = 3.5  # inches for the name of a model above them
PICTURE = 5.5  # inches of the picture of an image: two stand side by side


def page(stack: Stack) -> str:
    """Return the page. No text of a data set, and no name of a model, is markup."""
    compared, language = stack.comparison, stack.language
    first = compared.evaluations[0]
    noun, number = noun_of(language, first.noun), language.number
    models = table_of(
        language.say("On {number} test {noun}s", number=number(first.images), noun=noun),
        (language.say("model"), *comparison.heads(language)),
        comparison.rows(language, compared),
    )
    tests = "\n".join(
        f"<p>{escape(_sentence(language, test, first.noun))}</p>" for test in compared.tests
    )
    title = stack.picture.title or language.say(
        "{name}: {models}", name=first.dataset, models=language.listed(compared.names)
    )
    disagreeing = language.say(
        "The models disagree on {number} of {images} test {noun}s.",
        number=number(int(compared.disagreements.sum())),
        images=number(first.images),
        noun=noun,
    )
    header = f"""<div>
<h1>{escape(title)}</h1>
<p>{escape(disagreeing)}</p>
{models}
{tests}
</div>"""
    return html.document(language, title, header, [*_weights(stack), *_pictures(stack)], "")


def _sentence(language: Language, test: McNemar, noun: str) -> str:
    # Translators: ends a sentence.
    return language.say("{sentence}.", sentence=comparison.sentence(language, test, noun))


def _weights(stack: Stack) -> Iterator[str]:
    """Yield a figure of each model's weights, all on one scale."""
    compared, say, size = stack.comparison, stack.language.say, stack.dataset.test.image_size
    full = full_weight(np.concatenate([model.weights for model in stack.models], axis=1))
    columns = min(IN_A_ROW, len(stack.dataset.classes))
    rows = math.ceil(len(stack.dataset.classes) / columns)
    high = min(LARGEST, WIDTH / columns - 0.2) * size[0] / size[1]
    area = Area(0, 0, WIDTH, ABOVE + rows * (high + UNDER))
    models = zip(compared.names, stack.models, compared.evaluations, strict=True)
    for name, model, evaluation in models:
        figure = paper(area.width, area.height)
        board = Board(figure, area, stack.language)
        said = (
            say("weights of {name}", name=board.fitted(name, NAME, 13)),
            say("on one scale for all models; grey is zero"),
        )
        draw_weights(board, model, evaluation, size, said, full)
        buffer = io.BytesIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None})
        yield html.figure(say("Weights of {name}", name=name), area.width, buffer.getvalue())


def _pictures(stack: Stack) -> Iterator[str]:
    """Yield a heading, and the pictures of the images that are shown, as the models take them."""
    classes, names = stack.dataset.classes, stack.comparison.names
    differ = int(np.count_nonzero(stack.comparison.disagreements[stack.indices]))
    language, noun = stack.language, stack.dataset.noun
    heading = language.say(
        # Translators: heading above pictures: how many there are, as "6 digits".
        "{images}; the models disagree on {number} of these",
        images=words.counted(language, len(stack.indices), noun),
        number=language.number(differ),
    )
    yield f'<h2 style="{HEADING}">{escape(heading)}</h2>'
    for place, shown in enumerate(zip(*stack.shown, strict=True)):
        # Translators: what a model takes an image for: "rough predicted 7".
        said = language.say("; ").join(
            language.say("{model} predicted {name}", model=name, name=classes[each.predicted])
            for name, each in zip(names, shown, strict=True)
        )
        label, image = shown[0].label, table.image_of(language, noun, shown[0].index)
        # Translators: image is "digit 8", takes what models take it for.
        description = (
            language.say("{image}: {takes}", image=image, takes=said)
            if label is None
            else language.say(
                "{image}, true {name}: {takes}", image=image, name=classes[label], takes=said
            )
        )
        picture = png(rasterise(stack.still(place)))
        yield html.figure(description, PICTURE, picture, "png")
