"""The colours of the HTML report, of which the reader's browser chooses dark or light ones."""

import re
from collections.abc import Mapping

from mnistviz.drawing.matplotlib_renderer import rgb
from mnistviz.drawing.theme import THEMES, Theme
from mnistviz.report.style import Ink

LIGHT, DARK = THEMES["light"], THEMES["dark"]
PARTS = ("background", "ink", "muted", "line", "bar")
_COLOUR = re.compile(rb"(fill|stroke): #([0-9a-f]{6})")
_STYLE = b'<style type="text/css">'


def variables(theme: Theme) -> str:
    """Return a theme's colours for the page's style."""
    colours = {part: _hex(rgb(getattr(theme, part))) for part in ("background", "ink", "muted")}
    colours["rule"] = _hex(rgb(theme.shade))
    return " ".join(f"--{part}: #{colour};" for part, colour in colours.items())


def themed(svg: bytes, tints: Mapping[Ink, Ink]) -> bytes:
    """Return an SVG of the light theme that is dark where the reader's browser asks for that.

    Parameters
    ----------
    svg
        As matplotlib writes it.
    tints
        The colours on a dark page of those that are no colours of the theme itself.
    """
    dark = {_hex(rgb(getattr(LIGHT, it))): _hex(rgb(getattr(DARK, it))) for it in PARTS}
    dark |= {_hex(rgb(getattr(LIGHT.accents, it))): _hex(rgb(getattr(DARK.accents, it)))
             for it in ("true", "wrong")}  # fmt: skip
    dark |= {_hex(light): _hex(other) for light, other in tints.items()}
    found = sorted({it[2].decode() for it in _COLOUR.finditer(svg)} & dark.keys())

    def rule(colours: Mapping[str, str]) -> str:
        named = " ".join(f"--c{it}: #{colours[it]};" for it in found)
        return f":root {{ {named} }}"

    style = (
        f":root {{ color-scheme: light dark; }} {rule({it: it for it in found})} "
        f"@media (prefers-color-scheme: dark) {{ {rule(dark)} }} "
    )
    named = _COLOUR.sub(lambda it: _variable(it) if it[2].decode() in dark else it[0], svg)
    return named.replace(_STYLE, _STYLE + style.encode(), 1)


def _variable(found: re.Match[bytes]) -> bytes:
    return b"%s: var(--c%s)" % (found[1], found[2])


def _hex(colour: Ink) -> str:
    return "".join(f"{round(255 * channel):02x}" for channel in colour)
