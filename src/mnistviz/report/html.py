"""The report as one HTML file: figures that scale, and the same numbers as tables."""

import base64
from collections.abc import Iterable
from html import escape

from mnistviz.language.language import Language
from mnistviz.language.terms import kind_of
from mnistviz.model.evaluation import Evaluation
from mnistviz.report import table

# Nothing is loaded from anywhere, and nothing runs.
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
STYLE = """
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 1240px; padding: 24px 20px 48px; background: #fff;
  color: #14181d; font: 16px/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: 4px 28px; align-items: center; margin: 0 0 32px; }
header p { margin: 0; color: #57606a; }
header .accuracy { font-size: 3.5rem; font-weight: 700; line-height: 1.1; color: #14181d; }
h1 { font-size: 1.35rem; margin: 0; }
main { display: flex; flex-wrap: wrap; gap: 28px 32px; align-items: flex-start; }
figure { margin: 0; overflow-x: auto; min-width: min(100%, 280px);
  flex: var(--inches) 1 calc(var(--inches) / 12.14 * 100% - 32px); }
img { display: block; height: auto; width: 100%; max-width: calc(var(--inches) * 1.3in);
  min-width: calc(var(--inches) * 0.65in); }
details { margin-top: 28px; }
summary { cursor: pointer; font-weight: 600; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 12px 0; }
th, td { padding: 3px 12px; text-align: right; border-bottom: 1px solid #dde2e7; }
th[scope=row] { text-align: left; }
@media print { figure { break-inside: avoid; } }
"""
# Of a page that is read from right to left; its figures are as any other's.
MIRRORED = """th, td { text-align: left; }
th[scope=row] { text-align: right; }
"""


def page(language: Language, figures: Iterable[str], evaluation: Evaluation) -> str:
    """Return the page, with figures as `figure` returns them. No text of a data set is markup."""
    accuracy = language.percent(evaluation.accuracy)
    tables = language.say("The numbers as tables")  # Babel finds no message in an f-string
    return document(
        language,
        # Translators: title of a report: name of the data, and how much is right.
        language.say("{name}: {share} right", name=evaluation.dataset, share=accuracy),
        f"""<p class="accuracy">{escape(accuracy)}</p>
<div>
<h1>{escape(evaluation.dataset)}</h1>
{_facts(language, evaluation)}
</div>""",
        figures,
        f"""<details><summary>{escape(tables)}</summary>
{_tables(language, evaluation)}
</details>""",
    )


def document(
    language: Language, title: str, header: str, figures: Iterable[str], below: str
) -> str:
    """Return a page: its title as text, what stands above the figures and below them as HTML."""
    body = "\n".join(figures)
    direction, style = (' dir="rtl"', MIRRORED) if language.is_right_to_left else ("", "")
    return f"""<!doctype html>
<html lang="{escape(language.tag)}"{direction}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{STYLE}{style}</style>
</head>
<body>
<header>
{header}
</header>
<main>
{body}
</main>
{below}
</body>
</html>
"""


def figure(description: str, inches: float, picture: bytes, kind: str = "svg+xml") -> str:
    """Return a picture as an element of the page, with a description for those who cannot see it.

    It is an SVG, or of another kind of image.
    """
    source = base64.b64encode(picture).decode()
    return (
        f'<figure style="--inches: {inches:.2f}"><img alt="{escape(description)}" '
        f'src="data:image/{kind};base64,{source}"></figure>'
    )


def _facts(language: Language, evaluation: Evaluation) -> str:
    facts = (
        table.right(language, evaluation),
        table.interval_of(language, evaluation),
        # Translators: a kind of model, and its measures.
        language.say(
            "{model}: {measures}",
            model=kind_of(language, evaluation.kind.name),
            measures=table.probabilities(language, evaluation),
        ),
    )
    return f"<p>{escape(language.in_a_line(facts))}</p>"


def _tables(language: Language, evaluation: Evaluation) -> str:
    say = language.say
    counts = zip(evaluation.classes, evaluation.confusion.tolist(), strict=True)
    confusion = [(name, *map(language.number, row)) for name, row in counts]
    # Translators: heads of tables.
    name, images, precision, recall = say("class"), say("images"), say("precision"), say("recall")
    true, taken, how = say("true"), say("taken for"), say("how sure")
    tables = [
        table_of(
            say("Each class"),
            (name, images, precision, recall),
            table.class_rows(language, evaluation),
        ),
        table_of(
            say("True classes, and what they are taken for"),
            (true, *evaluation.classes),
            confusion,
        ),
    ]
    if len(evaluation.mistakes):
        first = (
            say("Mistakes, the most confident first")
            if evaluation.kind.link
            else say("Mistakes, the most clearly ahead first")
        )
        tables.append(
            table_of(first, ("", true, taken, how), table.mistake_rows(language, evaluation))
        )
    return "\n".join(tables)


def table_of(caption: str, heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    """Return rows of texts as a table; the first of each is what the row is about."""
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "\n".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        + "".join(f"<td>{escape(text)}</td>" for text in rest)
        + "</tr>"
        for first, *rest in rows
    )
    return (
        f'<div class="wide"><table><caption>{escape(caption)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>"
    )
