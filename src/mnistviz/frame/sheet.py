"""A sheet: a picture with a headline, some large cells and short lines of text."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mnistviz.drawing.geometry import Align, Box, cap_height, ceil_even, even
from mnistviz.drawing.raster import text_width
from mnistviz.drawing.scene import Element, Scene, Text
from mnistviz.drawing.text import shortened
from mnistviz.drawing.theme import Colour, Theme
from mnistviz.frame.places import FULL_SIDE, TextSizes, least_text, space_at
from mnistviz.language.language import Language

MARGIN, BELOW = 48, 30  # of the sheet, and under its headline, at scale 1
LEADING = 1.5  # from line to line, in text sizes


@dataclass(frozen=True)
class Sheet:
    """The room of a sheet, and its texts.

    Attributes
    ----------
    size
        Width and height in pixels.
    theme, language
        In which colours, and in which language.
    title
        As of `PictureConfig`: the line above all.
    """

    size: tuple[int, int]
    theme: Theme
    language: Language
    title: str = ""

    @cached_property
    def text(self) -> TextSizes:
        """The sizes of texts, before they are fitted into their places."""
        return TextSizes().at(min(self.size) / FULL_SIDE, least_text(self.size))

    def space(self, pixels: int) -> int:
        """Return a space that has so many pixels at scale 1."""
        return space_at(min(self.size) / FULL_SIDE, pixels)

    @property
    def room(self) -> Box:
        """All within the margins."""
        margin, (width, height) = self.space(MARGIN), self.size
        return Box(margin, margin, width - 2 * margin, height - 2 * margin)

    def headline(self, headline: str, *parts: str) -> tuple[tuple[Text, ...], Box]:
        """Return title, headline and the line below it, and the room that they leave.

        The line has as many of its parts as fit, the first at least.
        """
        below = self._fitting(parts)
        x, y, width, height = self.room
        theme = self.theme
        said = [(headline, "title", theme.ink, True), (below, "number", theme.muted, False)]
        if self.title:
            said.insert(0, (self.title, "banner", theme.ink, True))
        lines, top = [], y
        align: Align = "right" if self.language.fonts.right_to_left else "left"
        for text, kind, colour, bold in said:
            full = getattr(self.text, kind)
            at = x + width if align == "right" else x
            line = self.line(at, top + cap_height(full), text, kind, width, colour, bold, align)
            lines.append(line)
            top += even(LEADING * full)
        top += self.space(BELOW) // 2
        return tuple(lines), Box(x, ceil_even(top), width, height - (ceil_even(top) - y))

    def _fitting(self, parts: tuple[str, ...]) -> str:
        """Return as many parts as fit into a line, the first at least."""
        said, fonts = self.language.in_a_line(parts), self.language.fonts
        fits = text_width(said, False, fonts) * least_text(self.size) <= self.room.width
        return said if fits or len(parts) == 1 else self._fitting(parts[:-1])

    def line(
        self,
        x: int,
        baseline: int,
        text: str,
        kind: str,
        width: int,
        colour: Colour,
        bold: bool = False,
        align: Align = "center",
    ) -> Text:
        """Return a line of a kind of text, made smaller and then cut until it is so wide."""
        fonts, least = self.language.fonts, least_text(self.size)
        fitting = int(width / text_width(text, bold, fonts))
        size = max(least, min(getattr(self.text, kind), fitting))
        if fitting < least:
            text = shortened(text, width / size, fonts)
        return Text(x, baseline, text, size, colour, bold, align)

    def scene(self, elements: Iterator[Element]) -> Scene:
        """Return the sheet with these elements on it."""
        background, fonts = self.theme.background, self.language.fonts
        return Scene(self.size, background, (), tuple(elements), fonts)
