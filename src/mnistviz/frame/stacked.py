"""The layout of models one above the other: one row of images, and a block for each model."""

import math
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import accumulate
from typing import ClassVar

from mnistviz.drawing.geometry import Box, Spot, cap_height, ceil_even
from mnistviz.frame.columns import INSET, MOST_BAR, Columns
from mnistviz.frame.places import BarPlace, Label, Lane, Layout
from mnistviz.frame.stacked_words import StackedWords

BIG, SMALL = 36, 24  # sizes of a model's verdict and of how good it is, in pixels at scale 1
WORD_SPACE = 0.6  # between a model's texts in one line, in sizes of the verdict
LINE = 1.45  # from line to line of them, in sizes of the lower


@dataclass(frozen=True)
class Block:
    """The places of one model.

    Attributes
    ----------
    layout
        Of the whole frame, with this model's lanes and labels.
    name, verdict, right
        Places of its name, its prediction, and how good it is.
    share
        Place of the probability; None if it stands after the verdict.
    big, small
        Text sizes of name, verdict and probability; and of the last.
    """

    layout: Layout
    name: Spot
    verdict: Spot
    right: Spot
    share: Spot | None
    big: int
    small: int


@dataclass(frozen=True)
class Stacked(Columns):
    """A plan with a column for each class, through the image and the blocks of all models.

    Attributes
    ----------
    aside
        Whether a model's name and verdict stand to the left of its block; else above it.
    """

    words: StackedWords
    aside: bool = True
    # The footer says that there is one scale.
    extras: ClassVar[tuple[str, ...]] = ("bias", "footer", "legend", "words of the rows")

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The places of all models, from top to bottom."""
        top, bottom = self.body
        count, spare = len(self.words.models), bottom - top - self.grid_height
        least, most = self._block["bars"], MOST_BAR * self.cell[1]
        bars = min(least + spare // count, most) // 2 * 2
        rest = (spare - count * (bars - least)) // (count + 2) // 2 * 2
        block = self._block | {"over": self._block["over"] + rest, "bars": bars}
        high, head = sum(block.values()), ceil_even(top + rest)
        tops = dict(zip(self._head, accumulate(self._head.values(), initial=head), strict=False))
        first = head + sum(self._head.values())
        starts = [first + number * high for number in range(count)]
        layouts = [self._layout(tops, start, block, not number)
                   for number, start in enumerate(starts)]  # fmt: skip
        return tuple(
            self._directed(self._with_texts(model, layout, start, block))
            for model, (layout, start) in enumerate(zip(layouts, starts, strict=True))
        )

    def place(self) -> Layout:
        """Return the layout of the first model."""
        return self.blocks[0].layout

    def fits(self) -> bool:
        """Whether everything has room, the texts of the models too."""
        return super().fits() and self._texts_fit

    # --- sizes

    @cached_property
    def _big(self) -> int:
        return max(self.least, round(self.full.title * BIG / 56))

    @cached_property
    def _small(self) -> int:
        return max(self.least, round(self.full.title * SMALL / 56))

    @cached_property
    def _texts_width(self) -> int:
        """Width of a model's texts: one above the other, or in a line."""
        name, verdict, share, right = self.words.widest_of_models
        if self.aside:
            return math.ceil(max(max(name, verdict, share) * self._big, right * self._small))
        apart = 3 * WORD_SPACE
        return math.ceil((name + verdict + share + apart) * self._big + right * self._small)

    @property
    def _texts_fit(self) -> bool:
        if self.aside:
            high = 4 * LINE * self._big
            return high <= sum(self._block.values()) - self._block["over"]
        return self._texts_width <= self._columns_width

    @property
    def beside(self) -> int:
        """Width of what is to the left of the columns: labels, and texts that stand aside."""
        aside = ceil_even(self._texts_width) + self.space(24) if self.aside else 0
        return super().beside + aside

    @property
    def band(self) -> tuple[int, int]:
        """Left and right edge of all: of the columns, or of the texts beside them."""
        left, right = super().band
        return (left - self.outline - self.beside if self.aside else left) // 2 * 2, right

    @cached_property
    def _head(self) -> dict[str, int]:
        """Heights of the headings and the images, which all models share."""
        stack = self.stack
        return {
            "heading": stack["heading"],
            "under heading": stack["under heading"],
            "image": self.cell[1] + self.outline,
        }

    @cached_property
    def _block(self) -> dict[str, int]:
        """Heights of everything in a block from top to bottom; the bars take what is left too."""
        space, gap = self.space, self.gap
        line = {} if self.aside else {"line": ceil_even(1.25 * self._big)}
        bias = {name: self.stack[name] for name in ("over bias", "bias") if self.has("bias")}
        return {
            "over": space(14),
            **line,
            "outline": self.outline,
            "rows": 2 * (self.cell[1] + gap) - gap,
            **bias,
            "over bars": space(8),
            "bars": self.least_bars(self.cell[1], self._number),
            "under bars": space(8) + self.outline,
        }

    @cached_property
    def grid_height(self) -> int:
        """Least height of images and blocks."""
        return sum(self._head.values()) + len(self.words.models) * sum(self._block.values())

    # --- places

    def _layout(self, head: dict[str, int], top: int, block: dict[str, int], first: bool) -> Layout:
        """Return the layout of a block whose top is given; the first has the label of the image."""
        at = dict(zip(block, accumulate(block.values(), initial=top), strict=False))
        pitch = self.cell[0] + self.gap
        lefts = [self._first + pitch * x for x in range(len(self.words.classes))]
        _, headings = self._headings
        right = self._first - self.outline - self.space(14)
        labels = self._labels_of(head["image"], at, block)
        bias = Spot(right, at["bias"] + block["bias"], "right") if self.has("bias") else None
        return self.layout(
            headings=headings,
            grid=Box(self.band[0], head["heading"], self.band[1] - self.band[0], 0),
            lanes=tuple(self._lane_of(x, head, at, block) for x in lefts),
            labels=(labels if first else labels[1:],),
            bias_labels=(bias,) if bias else (),
        )

    def _lane_of(
        self, x: int, head: dict[str, int], at: dict[str, int], block: dict[str, int]
    ) -> Lane:
        """Return a column of a block, given where images and the parts of the block begin."""
        (width, height), thick = self.cell, self.outline
        top, centre = at["rows"], x + width // 2
        room = Box(x, -(-at["bars"] // 2) * 2, width, block["bars"])
        end = at["under bars"] + block["under bars"]
        bias = Spot(centre, at["bias"] + block["bias"], "center") if self.has("bias") else None
        return Lane(
            cells=((x, head["image"]), (x, top), (x, top + height + self.gap)),
            bar=BarPlace(room, self._number, self.line, -(-int(INSET * width) // 2) * 2),
            outline=Box(x - thick, top - thick, width + 2 * thick, end // 2 * 2 - top + thick),
            heading=Spot(centre, head["heading"] + self._head["heading"], "center"),
            percent=None,
            bias=bias,
        )

    def _labels_of(
        self, image: int, at: dict[str, int], block: dict[str, int]
    ) -> tuple[Label, ...]:
        centre = self._first - self.outline - (self.labels_width + self.space(14)) / 2
        height = self.cell[1]
        rows = [image, at["rows"], at["rows"] + height + self.gap]
        middles = [y + height / 2 for y in rows] + [at["bars"] + block["bars"] / 2]
        return self.labels([(centre, y) for y in middles])

    def _with_texts(self, model: int, layout: Layout, top: int, block: dict[str, int]) -> Block:
        """Return the block with the places of a model's texts."""
        big, small, left = self._big, self._small, self.band[0]
        line = top + block["over"] + cap_height(big)
        if not self.aside:
            name = math.ceil(self.words.widest_of_models[0] * big + WORD_SPACE * big)
            return Block(
                layout,
                Spot(left, line),
                Spot(left + name, line),
                Spot(self.band[1], line, "right"),
                None,
                big,
                small,
            )
        line += self.outline
        lines = [round(line + number * LINE * big) for number in range(3)]
        return Block(
            layout,
            Spot(left, lines[0]),
            Spot(left, lines[1]),
            Spot(left, round(lines[2] + LINE * big)),
            Spot(left, lines[2]),
            big,
            small,
        )

    def _directed(self, block: Block) -> Block:
        """Return the block with its texts on the other side, where one reads from there."""
        if not self.fonts.right_to_left:
            return block
        name, verdict, right = (
            spot.mirrored(self.size[0]) for spot in (block.name, block.verdict, block.right)
        )
        share = block.share and block.share.mirrored(self.size[0])
        return replace(block, name=name, verdict=verdict, right=right, share=share)


STACKED = (Stacked, partial(Stacked, aside=False))
