"""The report as one HTML file: figures that scale, and the same numbers as tables."""

import base64
from collections.abc import Iterable
from html import escape

from mnistviz.language.language import ENGLISH
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


def page(figures: Iterable[str], evaluation: Evaluation) -> str:
    """Return the page, with figures as `figure` returns them. No text of a data set is markup."""
    return document(
        f"{evaluation.dataset}: {ENGLISH.percent(evaluation.accuracy)} right",
        f"""<p class="accuracy">{ENGLISH.percent(evaluation.accuracy)}</p>
<div>
<h1>{escape(evaluation.dataset)}</h1>
{_facts(evaluation)}
</div>""",
        figures,
        f"""<details><summary>The numbers as tables</summary>
{_tables(evaluation)}
</details>""",
    )


def document(title: str, header: str, figures: Iterable[str], below: str) -> str:
    """Return a page: its title as text, what stands above the figures and below them as HTML."""
    body = "\n".join(figures)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{STYLE}</style>
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


def _facts(evaluation: Evaluation) -> str:
    facts = (
        table.right(evaluation),
        table.interval(evaluation),
        f"{evaluation.kind.name}: {table.probabilities(evaluation)}",
    )
    return f"<p>{' · '.join(facts)}</p>"


def _tables(evaluation: Evaluation) -> str:
    counts = zip(evaluation.classes, evaluation.confusion.tolist(), strict=True)
    confusion = [(name, *(f"{count:,}" for count in row)) for name, row in counts]
    tables = [
        table_of(
            "Each class",
            ("class", "images", "precision", "recall"),
            table.class_rows(evaluation),
        ),
        table_of(
            "True classes, and what they are taken for", ("true", *evaluation.classes), confusion
        ),
        table_of(
            f"Mistakes, the {table.surest(evaluation)} first",
            ("", "true", "taken for", "how sure"),
            table.mistake_rows(evaluation),
        )
        if len(evaluation.mistakes)
        else "",
    ]
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
