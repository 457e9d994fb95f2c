"""The report as one HTML file: figures that scale, and the same numbers as tables."""

import base64
from collections.abc import Iterable
from html import escape

from mnistviz.language.language import Language
from mnistviz.language.terms import kind_of
from mnistviz.model.evaluation import Evaluation
from mnistviz.report import html_tables, table
from mnistviz.report.style import Area
from mnistviz.report.themed import DARK, LIGHT, variables

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
# Of a page that is dark or light, as the reader's browser asks, with pictures that wrap.
THEMED = (
    f""":root {{ color-scheme: light dark; {variables(LIGHT)} }}
@media (prefers-color-scheme: dark) {{ :root {{ {variables(DARK)} }} }}
"""
    + """body { background: var(--background); color: var(--ink); }
header p { color: var(--muted); }
header .accuracy, a { color: var(--ink); }
th, td { border-color: var(--rule); }
.group { flex: 1 0 100%; min-width: 0; display: grid; gap: 16px;
  --column: calc((100% - (var(--most) - 1) * 16px) / var(--most));
  grid-template-columns: repeat(auto-fill, minmax(max(var(--least, 60px), var(--column)), 1fr)); }
.group:has(h2) { --least: 140px; }
.group header { grid-column: 1 / -1; margin: 0; }
.group h2, .group h3 { font-size: 1.1rem; margin: 0; }
.group figure { min-width: 0; }
.group header figure { margin-inline-start: auto; flex: 0 1 calc(var(--inches) * 1in); }
.group img { min-width: 0; }
.pixels img { image-rendering: pixelated; max-width: none; }
.pixels figcaption { display: flex; flex-wrap: wrap; gap: 0 8px; justify-content: space-between;
  overflow-wrap: anywhere; }
.pixels bdi:first-child, .group:has(h3) bdi { font-weight: 700; }
.group figure a, .places { display: block; position: relative; }
.places a { position: absolute; }
a:hover { outline: 2px solid; outline-offset: 1px; }
"""
)
# Of a page that is read from right to left; its figures are as any other's.
MIRRORED = """th, td { text-align: left; }
th[scope=row] { text-align: right; }
"""


def page(
    language: Language, figures: Iterable[str], evaluation: Evaluation, explorer: str = ""
) -> str:
    """Return the page, with figures as `figure` and `group` return them.

    No text of a data set is markup. Its tables link to an explorer, if there is its address.
    """
    accuracy = language.share(evaluation.accuracy)
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
        f"""<section aria-label="{escape(tables)}"><details><summary>{escape(tables)}</summary>
{html_tables.tables(language, evaluation, explorer)}
</details></section>""",
        THEMED,
    )


def document(
    language: Language,
    title: str,
    header: str,
    figures: Iterable[str],
    below: str,
    more_style: str = "",
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
<style>{STYLE}{more_style}{style}</style>
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


def figure(
    description: str,
    inches: float,
    picture: bytes,
    kind: str = "svg+xml",
    *,
    href: str = "",
    places: str = "",
) -> str:
    """Return a picture as an element of the page, with a description for those who cannot see it.

    It is an SVG, or of another kind of image. It links to an address, or has `places` that do.
    """
    source = base64.b64encode(picture).decode()
    image = f'<img alt="{escape(description)}" src="data:image/{kind};base64,{source}">'
    if href:
        image = f'<a href="{escape(href)}">{image}</a>'
    if places:
        image = f'<div class="places">{image}{places}</div>'
    return f'<figure style="--inches: {inches:.2f}">{image}</figure>'


def places(links: Iterable[tuple[str, Area]], size: tuple[float, float]) -> str:
    """Return links from places of a picture of a size in inches.

    They are for a pointer: whoever has none finds the same links in the tables.
    """
    width, height = size
    return "".join(
        f'<a href="{escape(href)}" tabindex="-1" aria-hidden="true" style="'
        f"left: {100 * area.left / width:.2f}%; top: {100 * area.top / height:.2f}%; "
        f'width: {100 * area.width / width:.2f}%; height: {100 * area.height / height:.2f}%"></a>'
        for href, area in links
    )


def pixels(description: str, picture: bytes, texts: Iterable[str], href: str = "") -> str:
    """Return a PNG of an image or of weights as a figure, with texts beneath it."""
    source = base64.b64encode(picture).decode()
    image = f'<img alt="{escape(description)}" src="data:image/png;base64,{source}">'
    if href:
        image = f'<a href="{escape(href)}">{image}</a>'
    said = " ".join(f"<bdi>{escape(text)}</bdi>" for text in texts)
    return f'<figure class="pixels">{image}<figcaption>{said}</figcaption></figure>'


def group(
    level: str, title: str, explained: str, figures: Iterable[str], most: int, legend: str = ""
) -> str:
    """Return figures that wrap, at most so many side by side, under a heading of a level, as 'h2'.

    With the heading are its explanation and a legend, a figure too, if there are any.
    """
    after = f"<p>{escape(explained)}</p>" if explained else ""
    body = "\n".join(figures)
    return f"""<section class="group" style="--most: {most}">
<header><{level}>{escape(title)}</{level}>{after}{legend}</header>
{body}
</section>"""


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
