"""The settings of Sphinx, for `make docs`. The site loads nothing from other servers."""

from pathlib import Path

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx

import mnistviz
from mnistviz import Encoding, PictureConfig, Selection, Timing

project = "mnistviz"
version = release = mnistviz.__version__
html_title = f"mnistviz {version}"
copyright = "the mnistviz founders; MIT licence. MNIST: CC BY-SA 3.0"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_favicon = "static/icon.svg"
html_copy_source = html_show_sourcelink = False
html_math_renderer = "mathml"

myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3
highlight_language = "none"  # indented blocks are commands, folders or formulas

autodoc_typehints_format = "short"
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
maximum_signature_line_length = 88
napoleon_use_ivar = True
napoleon_google_docstring = napoleon_use_rtype = False
default_role = "code"


SHORT = 24  # characters: such code fits into a line on a phone


def setup(app: Sphinx) -> None:
    """Write formulas as MathML, which browsers draw without a script, and do not break options."""
    inline, block = (_inline, None), (_block, None)
    app.add_html_math_renderer("mathml", inline_renderers=inline, block_renderers=block)
    app.connect("doctree-read", _mark_short_code)
    app.connect("html-page-context", _level_captions, priority=900)  # after Furo
    app.connect("builder-inited", _make_examples)


def _make_examples(app: Sphinx) -> None:
    """Make what the front page shows at work: the page to try it, and two films."""
    folder = Path(app.outdir, "live")
    folder.mkdir(parents=True, exist_ok=True)
    digits = mnistviz.load()
    model = mnistviz.train(digits)
    mnistviz.explore(digits, model, folder / "explorer.html")
    selection, timing = Selection(count=10), Timing()
    encoding = Encoding(captions=True, poster=True)
    for name, size in (("film", (1280, 720)), ("phone", (720, 1280))):
        out = folder / f"{name}.mp4"
        mnistviz.render(digits, model, out, selection, timing, encoding, PictureConfig(size))


def _mark_short_code(app: Sphinx, page: nodes.document) -> None:
    """Give short code a class, so that no line breaks within it, as after an option's dashes."""
    for code in page.findall(nodes.literal):
        if len(code.astext()) <= SHORT:
            code["classes"].append("short")


def _level_captions(app: Sphinx, page: str, template: str, context: dict, doctree: object) -> None:
    """Give the headings of the contents a level, for screen readers; Sphinx leaves it out."""
    if tree := context.get("furo_navigation_tree"):
        levelled = tree.replace('role="heading"', 'role="heading" aria-level="2"')
        context["furo_navigation_tree"] = levelled


def _inline(writer, node: nodes.math) -> None:
    writer.body.append(convert(node.astext()))
    raise nodes.SkipNode


def _block(writer, node: nodes.math_block) -> None:
    writer.body.append(f'<div class="math">{convert(node.astext(), display="block")}</div>')
    raise nodes.SkipNode
