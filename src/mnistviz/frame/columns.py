"""Places everything as an upright plan has it: one column a class."""

from mnistviz.drawing.geometry import Box, Spot, ceil_even, even
from mnistviz.drawing.text import shortened
from mnistviz.frame.columns_plan import UprightPlan
from mnistviz.frame.places import BarPlace, Header, Lane, Layout
from mnistviz.frame.placing import header_at, legend_at, share_out

MOST_BAR = 2  # the longest bar's greatest height, in cells


def place_upright(plan: UprightPlan, size: tuple[int, int]) -> Layout:
    """Return the layout of a plan that fits into a width and height."""
    ends = _stack_ends(plan, size[1])
    columns = _columns(plan, size[0])
    left, right = _band(plan, size[0], columns)
    header = _header(plan, left, right, ends["title"])
    label = columns[0] - plan.space(8) - plan.labels_width // 2
    rows = _centres(plan, ends)
    text = plan.text
    return Layout(
        size=size,
        k=plan.k,
        cell=plan.cell,
        line=plan.line,
        outline=plan.outline,
        text=text,
        lanes=tuple(_lane(plan, x, ends) for x in columns),
        headings=tuple(shortened(name, plan.heading_width) for name in plan.widest.classes),
        symbols=tuple(Spot(label, y - round(0.22 * text.symbol), "center") for y in rows),
        labels=tuple(
            Spot(label, y + round(text.label * (1.1 if symbol else 0.28)), "center")
            for y, symbol in zip(rows, plan.widest.symbols, strict=True)
        ),
        header=header,
        footer=(Spot(left, ends["footer"]),),
        legend=legend_at(plan.legend, text.footer, right, ends["footer"]),
        name_room=header.predicted_swatch.x - left - plan.group["true swatch"],
        progress=Box(left, ends["under footer"], right - left, plan.stack["progress"]),
        banner=Spot(left, ends["banner"]) if plan.widest.banner else None,
    )


def _stack_ends(plan: UprightPlan, height: int) -> dict[str, int]:
    """Return where each part of the stack ends, when it fills the height of the frame."""
    stack = dict(plan.stack)
    room = height - plan.height + stack["bars"]
    stack["bars"] = min(room, 2 * even(MOST_BAR * plan.cell[1]) + plan.line)
    return share_out(stack, height, ("top", "under columns", "bottom"))


def _columns(plan: UprightPlan, width: int) -> tuple[int, ...]:
    """Return the left edges of the columns, which with their labels are centred in the frame."""
    labels, pitch = plan.labels_width + plan.space(8), plan.cell[0] + plan.gap
    margin = (width - labels - plan.grid_width) / 2
    first = min(ceil_even(margin + labels), width - plan.grid_width - plan.outline - 2)
    return tuple(first + place * pitch for place in range(len(plan.widest.classes)))


def _band(plan: UprightPlan, width: int, columns: tuple[int, ...]) -> tuple[int, int]:
    """Return where header and footer begin and end: with the columns, or centred beyond them."""
    if plan.band_width == plan.grid_width:
        return columns[0], columns[-1] + plan.cell[0]
    left = even((width - plan.band_width) / 2)
    return left, left + plan.band_width


def _lane(plan: UprightPlan, x: int, ends: dict[str, int]) -> Lane:
    (width, height), thick = plan.cell, plan.outline
    top, centre = ends["under heading"], x + width // 2
    first, second, third = ((x, top + row * (height + plan.gap)) for row in range(3))
    return Lane(
        cells=(first, second, third),
        bar=_bar(plan, x, ends),
        outline=Box(x - thick, top - thick, width + 2 * thick, ends["under bias"] - top + thick),
        heading=Spot(centre, ends["heading"], "center"),
        number=Spot(centre, ends["number"], "center"),
        bias=Spot(centre, ends["bias"], "center"),
    )


def _bar(plan: UprightPlan, x: int, ends: dict[str, int]) -> BarPlace:
    longest = _longest(plan, ends)
    zero = Box(x, ends["under rows"] + longest, plan.cell[0], plan.line)
    return BarPlace(zero, longest, even(0.19 * plan.cell[0]))


def _longest(plan: UprightPlan, ends: dict[str, int]) -> int:
    return even((ends["bars"] - ends["under rows"] - plan.line) / 2 - 0.5)


def _centres(plan: UprightPlan, ends: dict[str, int]) -> list[int]:
    """Return how far down the middles of the rows are: three of cells, and that of the bars."""
    pitch, first = plan.cell[1] + plan.gap, ends["under heading"] + plan.cell[1] // 2
    zero = ends["under rows"] + _longest(plan, ends)
    return [first + row * pitch for row in range(3)] + [zero + plan.line // 2]


def _header(plan: UprightPlan, left: int, right: int, baseline: int) -> Header:
    position, group, tally = plan.header_widths
    gap = plan.space(30)
    centred = (left + right - group) // 2
    start = even(min(max(centred, left + position + gap), right - tally - gap - group))
    return header_at(plan, start, baseline, Spot(left, baseline), Spot(right, baseline, "right"))
