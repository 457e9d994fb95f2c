"""Places everything as a turned plan has it: one row a class."""

from itertools import accumulate

from mnistviz.drawing.geometry import Box, Spot, cap_height, even
from mnistviz.drawing.text import shortened
from mnistviz.frame.places import BarPlace, Lane, Layout
from mnistviz.frame.placing import header_at, legend_at, share_out
from mnistviz.frame.rows_plan import TurnedPlan

MOST_BAR = 6  # the longest bar's greatest width, in cells


def place_turned(plan: TurnedPlan, size: tuple[int, int]) -> Layout:
    """Return the layout of a plan that fits into a width and height."""
    downs = share_out(plan.stack, size[1], ("top", "under position", "under rows", "bottom"))
    starts, (left, right) = _starts(plan, size[0]), _band(plan, size[0])
    pitch = plan.cell[1] + plan.gap
    tops = [downs["under label"] + place * pitch for place in range(len(plan.widest.classes))]
    lanes = tuple(_lane(plan, starts, top) for top in tops)
    middles = _middles(plan, lanes[0])
    second = downs["second footer"]
    return Layout(
        size=size,
        k=plan.k,
        cell=plan.cell,
        line=plan.line,
        outline=plan.outline,
        text=plan.text,
        lanes=lanes,
        headings=tuple(shortened(name, plan.heading_width) for name in plan.widest.classes),
        symbols=tuple(Spot(x, downs["symbol"], "center") for x in middles),
        labels=tuple(Spot(x, downs["label"], "center") for x in middles),
        header=header_at(
            plan,
            left,
            downs["title"],
            Spot(left, downs["position"]),
            Spot(right, downs["position"], "right"),
        ),
        footer=(Spot(left, downs["footer"]), Spot(left, second)),
        legend=legend_at(plan.legend, plan.text.footer, right, second),
        name_room=right - left,
        progress=Box(left, downs["under footer"], right - left, plan.stack["progress"]),
        banner=Spot(left, downs["banner"]) if plan.widest.banner else None,
    )


def _row(plan: TurnedPlan, width: int) -> dict[str, int]:
    """Return the widths of a row's parts, of which the bar takes the room that is left."""
    row = dict(plan.row)
    room = width - 2 * plan.margin - sum(row.values()) + row["bar"]
    longest = even((room - plan.line) / 2 - 0.5)
    row["bar"] = 2 * min(longest, even(MOST_BAR * plan.cell[0])) + plan.line
    return row


def _starts(plan: TurnedPlan, width: int) -> dict[str, int]:
    """Return where the parts of a row begin, and the whole row ends, centred in the frame."""
    row = _row(plan, width)
    left = even((width - sum(row.values())) / 2 - 0.5)
    return dict(zip([*row, "end"], accumulate(row.values(), initial=left), strict=True))


def _band(plan: TurnedPlan, width: int) -> tuple[int, int]:
    """Return where header and footer begin and end: with the rows, or beyond them."""
    band = max(sum(_row(plan, width).values()), plan.band_needs)
    left = even((width - band) / 2 - 0.5)
    return left, left + band


def _lane(plan: TurnedPlan, starts: dict[str, int], top: int) -> Lane:
    (width, height), thick = plan.cell, plan.outline
    x, end, middle = starts["cells"], starts["end"], top + height // 2
    first, second, third = ((x + place * (width + plan.gap), top) for place in range(3))
    number = middle - sum(plan.numbers.values()) // 2 + plan.numbers["number"]
    return Lane(
        cells=(first, second, third),
        bar=_bar(plan, starts, top),
        outline=Box(x - thick, top - thick, end - x + thick, height + 2 * thick),
        heading=Spot(starts["before cells"], middle + cap_height(plan.text.heading) // 2, "right"),
        number=Spot(starts["after number"], number, "right"),
        bias=Spot(
            starts["after number"],
            number + plan.numbers["under number"] + plan.numbers["bias"],
            "right",
        ),
    )


def _bar(plan: TurnedPlan, starts: dict[str, int], top: int) -> BarPlace:
    longest = (starts["before number"] - starts["bar"] - plan.line) // 2
    zero = Box(starts["bar"] + longest, top, plan.line, plan.cell[1])
    return BarPlace(zero, longest, even(0.19 * plan.cell[1]), sideways=True)


def _middles(plan: TurnedPlan, lane: Lane) -> list[int]:
    """Return how far right the middles of the columns are: three of cells, and that of the bars."""
    cells = [x + plan.cell[0] // 2 for x, _ in lane.cells]
    return [*cells, lane.bar.zero.x + plan.line // 2]
