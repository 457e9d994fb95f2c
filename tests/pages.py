"""Reads the commands and code of README and docs."""

import re
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = (README, ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/*.md")))

# A line of an indented or 'text' block that begins with one of these is a command. The other
# indented lines are folders and formulas.
PROGRAMS = (
    *("mnistviz", "python", "python3", "py", "pip", "pipx", "uv", "make", "ffmpeg"),
    *(".", "source", "mkdir"),
)
SHELLS = ("sh", "bash", "zsh", "fish", "console", "powershell")


@dataclass(frozen=True)
class Block:
    """A block of code of a page."""

    page: Path
    line: int  # of the page, from 1
    language: str  # '' where it is indented
    text: str

    def __str__(self):
        return f"{name_of(self.page)}:{self.line}"

    @property
    def helps(self):
        """Whether it is a --help, which scripts/help_in_docs.py compares with the program."""
        return bool(re.match(r"\$ mnistviz.* --help\n", self.text))

    @property
    def commands(self):
        """The lines that are commands, in any shell."""
        lines = [line.strip() for line in self.text.replace("\\\n", " ").splitlines()]
        if self.language in SHELLS:
            return [line.removeprefix("$ ") for line in lines if line and not line.startswith("#")]
        if self.language not in ("", "text"):
            return []
        return [line for line in lines if line.split(" ")[0] in PROGRAMS]


def name_of(page):
    return page.relative_to(ROOT).as_posix()


def blocks(page):
    """Return the blocks of code of a page, in its order."""
    tokens = MarkdownIt("commonmark").parse(page.read_text(encoding="utf-8"))
    return [
        Block(page, token.map[0] + 1, token.info.strip(), token.content)
        for token in tokens
        if token.type in ("fence", "code_block")
    ]


def inline(page):
    """Return the parts of the sentences and tables of a page: texts, code, links and pictures."""
    parser = MarkdownIt("commonmark").enable("table")
    tokens = parser.parse(page.read_text(encoding="utf-8"))
    return [part for token in tokens for part in token.children or ()]


def inline_code(page):
    return [part.content for part in inline(page) if part.type == "code_inline"]


def commands(page):
    """Return all commands of a page, in its order."""
    return [command for block in blocks(page) for command in block.commands]
