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
from babel.messages.pofile import read_po

from mnistviz.explorer.page import messages
from mnistviz.language.catalogue import bring_up_to_date, written

SOURCE = Path(__file__).parents[1] / "src" / "mnistviz"
CATALOGUES = SOURCE / "language" / "catalogues"
KEYWORDS = {"say": None, "later": None, "say_counted": (1, 2), "sayCounted": (1, 2)}
COMMENT = "# Words of mnistviz: what a viewer of its films, pictures and pages reads."


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    messages = gathered()
    contents = {CATALOGUES / "mnistviz.pot": written(messages)}
    for path in sorted(CATALOGUES.glob("*.po")):
        catalogue = read_po(io.StringIO(path.read_text(encoding="utf-8")), abort_invalid=True)
        bring_up_to_date(catalogue, messages)
        contents[path] = written(catalogue)
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
