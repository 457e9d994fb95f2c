"""Addresses of an explorer's views, for reports, stills and films that link to them."""

import os
import re
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from mnistviz.config import CODECS
from mnistviz.errors import OptionError, is_line

WEB = ("http", "https")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def is_address(explorer: Path | str) -> bool:
    """Return whether an explorer is named by its address, not as a file."""
    return isinstance(explorer, str) and bool(_ADDRESS.match(explorer))


def checked_page(explorer: Path | str, out: Path) -> str:
    """Return the address of an explorer as a file has it that links to it, free of markup.

    Parameters
    ----------
    explorer
        Its file, to which the link is relative, so that both can be moved together; or its address
        on the web. Empty: there is none.
    out
        The file that has the links.

    Raises
    ------
    OptionError
        If there is no such file, or it is no address of a page on the web.
    """
    if not explorer:
        return ""
    if isinstance(explorer, str) and is_address(explorer):
        return _on_the_web(explorer)
    file = Path(explorer)
    if not file.is_file():
        raise OptionError(
            f"explorer: no file {explorer}: write it first (mnistviz explore --out), or give "
            "its address on the web, https://…"
        )
    try:
        return quote(Path(os.path.relpath(file, out.parent)).as_posix())
    except ValueError:  # another drive
        return file.absolute().as_uri()


def checked_address(explorer: str, out: Path | str, own: bool) -> str:
    """Return the address of an explorer as the description in a film names it.

    Parameters
    ----------
    explorer
        Its address on the web, where a player can follow it. Empty: there is none.
    out
        The film.
    own
        Whether it shows own pictures.

    Raises
    ------
    OptionError
        If it is none, or the film has no description, or no images that are in an explorer.
    """
    if not explorer:
        return ""
    if own:
        raise OptionError("an explorer has test images, and no own pictures: leave explorer out")
    if Path(out).suffix.lower() not in CODECS:
        raise OptionError(
            f"explorer: only a film with a description, {' or '.join(CODECS)}, has it (got {out})"
        )
    return _on_the_web(explorer)


def image_view(index: int, label: int | None = None, against: int | None = None) -> str:
    """Return the end of the address at which an explorer shows a test image.

    The closer look is at one class, compared with another, where they are given.
    """
    return _view(image=index, **{"class": label, "against": against})


def browsed_view(true: int | None = None, predicted: int | None = None, only: str = "") -> str:
    """Return the end of the address at which an explorer browses the images of a kind.

    These are of a true class, or predicted as a class; or only those that are 'wrong' or 'right'.
    """
    return _view(only=only or None, of=true, **{"as": predicted})


def _view(**parts: int | str | None) -> str:
    return f"#{urlencode({name: it for name, it in parts.items() if it is not None})}"


def _on_the_web(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in WEB or not parts.netloc or not is_line(address):
        raise OptionError(
            f"explorer must be a file, or an address as https://example.org/explorer.html "
            f"(got {address!r:.80})"
        )
    if parts.fragment:
        raise OptionError(
            f"explorer: leave out what stands behind the # (got {address!r:.80}): "
            "each link has a view of its own there"
        )
    return quote(address.removesuffix("#"), safe="%/:?&=~+,;@!$*()[]")
