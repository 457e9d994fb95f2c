"""The report as one HTML file: pictures that scale, and the same numbers as tables."""

import base64
import math
from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from mnistviz.frame import words as wording
from mnistviz.model.evaluation import Evaluation

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


class Figured(NamedTuple):
    """A picture of the page.

    Attributes
    ----------
    words
        What it shows, for who does not see it.
    inches
        Its width.
    svg
        The picture.
    """

    words: str
    inches: float
    svg: bytes


def page(figures: Iterable[Figured], evaluation: Evaluation) -> str:
    """Return the page. What comes from a data set is text in it, never markup."""
    title = escape(f"{evaluation.dataset}: {wording.percent(evaluation.accuracy)} right")
    body = "\n".join(_figure(figure) for figure in figures)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{STYLE}</style>
</head>
<body>
<header>
<p class="accuracy">{wording.percent(evaluation.accuracy)}</p>
<div>
<h1>{escape(evaluation.dataset)}</h1>
{_facts(evaluation)}
</div>
</header>
<main>
{body}
</main>
<details><summary>The numbers as tables</summary>
{_classes(evaluation)}
{_confusion(evaluation)}
{_mistakes(evaluation) if len(evaluation.mistakes) else ""}
</details>
</body>
</html>
"""


def _facts(evaluation: Evaluation) -> str:
    low, high = evaluation.interval
    facts = (
        f"{evaluation.right:,} of {evaluation.images:,} test {evaluation.noun}s right",
        f"95 % interval {100 * low:.1f} to {wording.percent(high)}",
        f"cross-entropy {evaluation.cross_entropy:.3f} nats",
        f"expected calibration error {wording.percent(evaluation.reliability.error)}",
    )
    return f"<p>{' · '.join(facts)}</p>"


def _figure(figure: Figured) -> str:
    source = base64.b64encode(figure.svg).decode()
    return (
        f'<figure style="--inches: {figure.inches:.2f}"><img alt="{escape(figure.words)}" '
        f'src="data:image/svg+xml;base64,{source}"></figure>'
    )


def _classes(evaluation: Evaluation) -> str:
    rows = zip(
        evaluation.classes,
        evaluation.confusion.sum(axis=1).tolist(),
        evaluation.precision.tolist(),
        evaluation.recall.tolist(),
        strict=True,
    )
    return _table(
        "Each class",
        ("class", "images", "precision", "recall"),
        [(name, f"{count:,}", _share(p), _share(r)) for name, count, p, r in rows],
    )


def _confusion(evaluation: Evaluation) -> str:
    rows = zip(evaluation.classes, evaluation.confusion.tolist(), strict=True)
    cells = [(name, *(f"{count:,}" for count in counts)) for name, counts in rows]
    return _table("True classes, and what they are taken for", ("true", *evaluation.classes), cells)


def _mistakes(evaluation: Evaluation) -> str:
    names = evaluation.classes
    rows = [
        (
            f"{evaluation.noun} {index}",
            names[evaluation.labels[index]],
            names[evaluation.predicted[index]],
            wording.percent(evaluation.confidence[index]),
        )
        for index in evaluation.mistakes.tolist()
    ]
    return _table("Mistakes, the most confident first", ("", "true", "taken for", "sure"), rows)


def _table(caption: str, heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
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


def _share(value: float) -> str:
    return "–" if math.isnan(value) else wording.percent(value)
