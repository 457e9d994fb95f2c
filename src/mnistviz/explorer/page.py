"""Assemble the page: markup, style, script and data in one file that loads nothing."""

import base64
import hashlib
import json
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

# The characters that could end the script element which holds the data, and those which JSON allows
# but old JavaScript takes for the end of a line.
ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}

# Joined into one script, in which each comes after what it needs when it is read.
SCRIPTS = (
    *("facts", "network", "numbers", "strokes", "recipe", "state", "address", "columns"),
    *("layout", "picture", "loupe", "closer", "drawing", "browsing", "walk", "app"),
)


def assemble(facts: dict[str, Any], colours: str) -> str:
    """Return the page, of facts as `pack` returns them and the CSS variables of the themes.

    No text in the facts is ever markup. The page's policy allows its one script and its one style
    and nothing else, and it loads nothing.
    """
    script = "\n".join(_asset(f"{name}.js") for name in SCRIPTS)
    style = f"{colours}\n{_asset('app.css')}"
    return Template(_asset("page.html")).substitute(
        policy=_policy(script, style),
        title=escape(facts["title"] or f"{facts['name']} explored"),
        style=style,
        data=as_json(facts),
        script=script,
    )


def as_json(facts: dict[str, Any]) -> str:
    """Return JSON that is safe in a script element, whatever text is in it."""
    return json.dumps(facts, separators=(",", ":"), allow_nan=False).translate(ESCAPES)


def _policy(script: str, style: str) -> str:
    """Return the Content-Security-Policy of a page with one script and one style."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"  # the icon is data
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _asset(name: str) -> str:
    return files(__package__).joinpath("assets", name).read_text(encoding="utf-8")
