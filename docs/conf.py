"""How Sphinx makes the site: `make docs`. Nothing in it is fetched when it is looked at."""

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx

import mnistviz

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
highlight_language = "none"  # what is indented is a command, a folder or a formula

autodoc_typehints_format = "short"
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
maximum_signature_line_length = 88
napoleon_use_ivar = True
napoleon_google_docstring = napoleon_use_rtype = False
default_role = "code"


SHORT = 24  # characters; no more than a phone's line holds beside others


def setup(app: Sphinx) -> None:
    """Write formulas as MathML, which browsers draw by themselves, and keep options whole."""
    inline, block = (_inline, None), (_block, None)
    app.add_html_math_renderer("mathml", inline_renderers=inline, block_renderers=block)
    app.connect("doctree-read", _mark_short_code)
    app.connect("html-page-context", _level_captions, priority=900)  # after Furo


def _mark_short_code(app: Sphinx, page: nodes.document) -> None:
    """Give what is not to be broken, after the dashes of an option say, a class of its own."""
    for code in page.findall(nodes.literal):
        if len(code.astext()) <= SHORT:
            code["classes"].append("short")


def _level_captions(app: Sphinx, page: str, template: str, context: dict, doctree: object) -> None:
    """Tell screen readers the level of the headings over the contents, which Sphinx leaves out."""
    if tree := context.get("furo_navigation_tree"):
        levelled = tree.replace('role="heading"', 'role="heading" aria-level="2"')
        context["furo_navigation_tree"] = levelled


def _inline(writer, node: nodes.math) -> None:
    writer.body.append(convert(node.astext()))
    raise nodes.SkipNode


def _block(writer, node: nodes.math_block) -> None:
    writer.body.append(f'<div class="math">{convert(node.astext(), display="block")}</div>')
    raise nodes.SkipNode
