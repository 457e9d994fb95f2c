"""Assemble the page: markup, style, script and data in one file that loads nothing."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from mnistviz.language.language import ENGLISH, Language

# The characters that could end the script element which holds the data, and those which JSON allows
# but old JavaScript takes for the end of a line.
ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}

# A message in the markup, in double braces; what it is there to say stands in a comment above it.
MESSAGE = re.compile(r"{{(.+?)}}", re.DOTALL)
COMMENT = re.compile(r"<!-- (.+?) -->\n")

# How a module begins: what it takes from others, and which of its parts others may take.
IMPORT = re.compile(r"^import {[^}]*} from '\./(\w+)\.js';\n", re.MULTILINE)
EXPORT = re.compile(r"^export (?=\w)", re.MULTILINE)


def assemble(facts: dict[str, Any], colours: str, language: Language = ENGLISH) -> str:
    """Return the page, of facts as `pack` returns them and the CSS variables of the themes.

    No text in the facts or of the language is ever markup. The page's policy allows its one script
    and its one style and nothing else, and it loads nothing.
    """
    script = bundle()
    style = f"{colours}\n{_asset('app.css')}"
    title = facts["title"] or language.say("{name} explored", name=facts["name"])
    return Template(_said(_asset("page.html"), language)).substitute(
        lang=language.tag,
        dir="rtl" if language.is_right_to_left else "ltr",
        policy=_policy(script, style),
        title=escape(title),
        style=style,
        data=as_json(facts),
        script=script,
    )


def bundle(first: str = "app") -> str:
    """Return a module and all that it imports as one script.

    They stand in the order in which a browser would run them: each after those that it imports.
    All share one scope, so no two may have a name in common.
    """
    met: set[str] = set()

    def sources(name: str) -> Iterator[str]:
        if name in met:
            return
        met.add(name)
        source = _asset(f"{name}.js")
        for other in IMPORT.findall(source):
            yield from sources(other)
        yield EXPORT.sub("", IMPORT.sub("", source))

    return "\n".join(["'use strict';", *sources(first)])


def as_json(facts: dict[str, Any]) -> str:
    """Return JSON that is safe in a script element, whatever text is in it."""
    return json.dumps(facts, separators=(",", ":"), allow_nan=False).translate(ESCAPES)


def messages(markup: str) -> Iterator[tuple[int, str, str]]:
    """Yield the line of each message in markup, the message, and what is said to translators."""
    for found in MESSAGE.finditer(markup):
        before = markup[: found.start()]
        above = before.rpartition("\n")[0].rpartition("\n")[2]
        comment = COMMENT.match(f"{above}\n")
        yield before.count("\n") + 1, _message(found), comment[1] if comment else ""


def _said(markup: str, language: Language) -> str:
    """Return the markup of the page, which is a template, with its messages in a language."""
    return MESSAGE.sub(
        lambda found: escape(language.say(_message(found))).replace("$", "$$"),
        COMMENT.sub("", markup),
    )


def _message(found: re.Match[str]) -> str:
    return " ".join(found[1].split())


def _policy(script: str, style: str) -> str:
    """Return the Content-Security-Policy of a page with one script and one style."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        # The icon is data, and so is the SVG that becomes a PNG to save.
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _asset(name: str) -> str:
    return files(__package__).joinpath("assets", name).read_text(encoding="utf-8")
