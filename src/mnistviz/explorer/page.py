"""Puts the page together: markup, style, script and data in one file that loads nothing."""

import base64
import hashlib
import json
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

# What could end the script element that holds the data, or is no line's end in JSON but in old
# JavaScript.
ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


# One script of all, each after what it needs when it is read.
SCRIPTS = (
    *("facts", "network", "numbers", "strokes", "recipe", "state", "address", "columns"),
    *("layout", "picture", "loupe", "closer", "drawing", "browsing", "walk", "app"),
)


def assemble(facts: dict[str, Any], colours: str) -> str:
    """Return the page.

    Parameters
    ----------
    facts
        What the page is told, as `pack` returns it. Text in it is never markup.
    colours
        CSS variables of the themes.

    Returns
    -------
    str
        HTML whose policy lets the browser run this script and this style alone, and load nothing.
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
    """Return JSON that can stand in a script element, whatever text is in it."""
    return json.dumps(facts, separators=(",", ":"), allow_nan=False).translate(ESCAPES)


def _policy(script: str, style: str) -> str:
    """Return the Content-Security-Policy of a page with one script and one style."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_hash(script)}'",
            f"style-src '{_hash(style)}'",
            "img-src data:",  # the icon
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _asset(name: str) -> str:
    return files(__package__).joinpath("assets", name).read_text(encoding="utf-8")
