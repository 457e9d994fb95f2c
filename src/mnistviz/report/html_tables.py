"""The tables of the HTML reports; classes, counts and mistakes link to an explorer."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import zip_longest
from typing import NamedTuple

from mnistviz.formats.views import browsed_view, image_view
from mnistviz.language.language import Language
from mnistviz.model.evaluation import Evaluation
from mnistviz.report import table


class Link(NamedTuple):
    """A text of a table that links to an address."""

    text: str
    href: str


Row = tuple[str | Link, ...]
Views = list[tuple[str, ...]]  # ends of addresses, of each cell of each row; '' for none


def tables(language: Language, evaluation: Evaluation, explorer: str) -> str:
    """Return all numbers of a report as tables, with links to an explorer if there is one."""
    say = language.say
    confusion = [(name, *map(language.number, row)) for name, row in zip(
        evaluation.classes, evaluation.confusion.tolist(), strict=True)]  # fmt: skip
    of_classes, of_counts, of_mistakes = _views(evaluation)
    # Translators: heads of tables.
    name, images, precision, recall = say("class"), say("images"), say("precision"), say("recall")
    true, taken, how = say("true"), say("taken for"), say("how sure")
    tables = [
        table_of(
            say("Each class"),
            (name, images, precision, recall),
            _linked(table.class_rows(language, evaluation), of_classes, explorer),
        ),
        table_of(
            say("True classes, and what they are taken for"),
            (true, *evaluation.classes),
            _linked(confusion, of_counts, explorer),
        ),
    ]
    if len(evaluation.mistakes):
        first = (
            say("Mistakes, the most confident first")
            if evaluation.kind.link
            else say("Mistakes, the most clearly ahead first")
        )
        rows = _linked(table.mistake_rows(language, evaluation), of_mistakes, explorer)
        tables.append(table_of(first, ("", true, taken, how), rows))
    return "\n".join(tables)


def _views(evaluation: Evaluation) -> tuple[Views, Views, Views]:
    """Return the views of an explorer that classes, counts and mistakes link to, cell by cell."""
    counts, wrong = evaluation.confusion.tolist(), evaluation.mistakes.tolist()
    names = range(len(evaluation.classes))
    of_counts: Views = [
        ("", *(browsed_view(true, other) if counts[true][other] else "" for other in names))
        for true in names
    ]
    of_mistakes: Views = [
        (image_view(index, int(evaluation.predicted[index]), int(evaluation.labels[index])),)
        for index in wrong
    ]
    of_classes: Views = [(browsed_view(true),) for true in names]
    return of_classes, of_counts, of_mistakes


def _linked(rows: Iterable[tuple[str, ...]], views: Views, explorer: str) -> Iterator[Row]:
    """Yield rows whose cells link to the views of an explorer that there are, if there is one."""
    for row, ends in zip(rows, views, strict=True):
        yield tuple(
            Link(cell, explorer + end) if explorer and end else cell
            for cell, end in zip_longest(row, ends, fillvalue="")
        )


def table_of(caption: str, heads: Iterable[str], rows: Iterable[Row]) -> str:
    """Return rows of texts as a table; the first of each is what the row is about."""
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "\n".join(
        f'<tr><th scope="row">{_cell(first)}</th>'
        + "".join(f"<td>{_cell(text)}</td>" for text in rest)
        + "</tr>"
        for first, *rest in rows
    )
    return (
        f'<div class="wide"><table><caption>{escape(caption)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>"
    )


def _cell(cell: str | Link) -> str:
    if isinstance(cell, str):
        return escape(cell)
    return f'<a href="{escape(cell.href)}">{escape(cell.text)}</a>'
