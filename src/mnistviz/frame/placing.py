"""Places what upright and turned layouts have in common."""

from collections.abc import Sequence
from itertools import accumulate

from mnistviz.drawing.geometry import Box, Spot, even
from mnistviz.frame.places import Header, Legend
from mnistviz.frame.plan import Plan


def share_out(stack: dict[str, int], height: int, takers: Sequence[str]) -> dict[str, int]:
    """Return where each part of a stack ends, when some of them share the room that is left.

    Parameters
    ----------
    stack
        Heights of the parts, from top to bottom.
    height
        Of the frame.
    takers
        Names of the parts that grow alike.
    """
    share = even((height - sum(stack.values())) / len(takers) - 0.5)
    grown = {name: part + share * (name in takers) for name, part in stack.items()}
    return dict(zip(grown, accumulate(grown.values()), strict=True))


def header_at(plan: Plan, start: int, baseline: int, position: Spot, tally: Spot) -> Header:
    """Return the header, whose main part starts at an even x and stands on a baseline."""
    begins = dict(zip(plan.group, accumulate(plan.group.values(), initial=start), strict=False))
    side = plan.group["true swatch"]
    return Header(
        position=position,
        true_swatch=Box(start, baseline - side, side, side),
        true=Spot(begins["true"], baseline),
        predicted_swatch=Box(even(begins["predicted swatch"]), baseline - side, side, side),
        predicted=Spot(begins["predicted"], baseline),
        mark=Spot(begins["mark"], baseline),
        percent=Spot(begins["percent"], baseline),
        tally=tally,
    )


def legend_at(widths: dict[str, int], text_size: int, right: int, baseline: int) -> Legend:
    """Return the legend.

    Parameters
    ----------
    widths
        Of its parts: 'left' and 'right' of the 'ramp', and the word 'for'.
    text_size
        Of its words.
    right, baseline
        Where it ends, and stands.
    """
    width, height = widths["ramp"], max(6, even(0.75 * text_size))
    end = right - widths["for"] - widths["right"]
    ramp = Box(even(end - width), even(baseline - height), width, height)
    return Legend(
        ramp=ramp,
        against=Spot(ramp.x - widths["left"], baseline, "right"),
        favour=Spot(right, baseline, "right"),
    )
