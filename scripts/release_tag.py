"""Tells whether a tag is that of the release that this is: `release_tag.py v0.1.0`."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def version() -> str:
    """Return the version of the package, which need not be installed."""
    text = (ROOT / "src" / "mnistviz" / "_version.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(.+)"$', text, re.MULTILINE)
    assert found
    return found[1]


def main(tag: str) -> None:
    """Exit 1 if the tag is another version's, or if the changelog tells nothing of it."""
    if tag != f"v{version()}":
        sys.exit(f"the tag is {tag}, but __version__ is {version()}: change the one or the other")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    if f"\n## {version()}\n" not in changelog:
        sys.exit(f"CHANGELOG.md has no section '## {version()}': write what is new")


if __name__ == "__main__":
    main(sys.argv[1])
