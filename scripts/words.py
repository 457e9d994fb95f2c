"""Gather the messages of the source into mnistviz.pot, and bring all catalogues up to date.

    python scripts/words.py           # write
    python scripts/words.py --check   # or fail if a file would change

A message is the first argument of ``say`` or ``later``, or the first two of ``say_counted``, in
Python and in JavaScript; in the markup of the explorer it stands in double braces. What is new in a
catalogue has no translation; what is gone is left out.
"""

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from mnistviz.explorer.page import messages

SOURCE = Path(__file__).parents[1] / "src" / "mnistviz"
CATALOGUES = SOURCE / "language" / "catalogues"
KEYWORDS = {"say": None, "later": None, "say_counted": (1, 2), "sayCounted": (1, 2)}
COMMENT = "# Words of mnistviz: what a viewer of its films, pictures and pages reads."
# Of the headers, those that say who made a file when.
DROPPED = (
    "Last-Translator",
    "Language-Team",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Report-Msgid",
    "Generated-By",
    "Project-Id",
)


def in_markup(file: Any, *_: object, **__: object) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield the messages of HTML, as Babel wants them: with line, function and comments."""
    for line, message, comment in messages(file.read().decode()):
        yield line, "say", message, [comment] if comment else []


METHODS = [("**.py", "python"), ("**.js", "javascript"), ("**.html", in_markup)]


def gathered() -> Catalog:
    """Return all messages of the source, in the order of files and lines."""
    catalogue = Catalog(header_comment=COMMENT, charset="utf-8", fuzzy=False)
    found = extract_from_dir(
        SOURCE, METHODS, keywords=KEYWORDS, comment_tags=["Translators:"], strip_comment_tags=True
    )
    for name, _, message, comments, context in found:
        catalogue.add(message, locations=[(name, None)], auto_comments=comments, context=context)
    return catalogue


def brought_up_to_date(path: Path, messages: Catalog) -> Catalog:
    """Return a catalogue with the messages of the source alone."""
    catalogue = read_po(io.StringIO(path.read_text(encoding="utf-8")), abort_invalid=True)
    catalogue.update(messages, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    return catalogue


def content_of(catalogue: Catalog) -> bytes:
    """Return a catalogue as a file, with the headers that mean something."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, omit_header=False, include_lineno=False)
    text = buffer.getvalue().decode()
    dropped = tuple(f'"{name}' for name in DROPPED)
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith(dropped)]
    return "".join(lines).encode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    messages = gathered()
    contents = {CATALOGUES / "mnistviz.pot": content_of(messages)}
    for path in sorted(CATALOGUES.glob("*.po")):
        contents[path] = content_of(brought_up_to_date(path, messages))
    old = [
        path.name
        for path, content in contents.items()
        if not path.exists() or path.read_bytes() != content
    ]
    if check:
        sys.exit(f"run `make words`: {', '.join(old)} would change" if old else 0)
    for path, content in contents.items():
        path.write_bytes(content)


if __name__ == "__main__":
    main()
