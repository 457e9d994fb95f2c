"""Mirrors the places of a frame, for languages that are written from right to left."""

from collections.abc import Callable
from dataclasses import replace

from mnistviz.drawing.geometry import Box, Spot
from mnistviz.frame.places import BarPlace, HeaderPlaces, Label, Lane, Layout


def mirrored(layout: Layout) -> Layout:
    """Return a layout in which left and right are exchanged, but for what has no direction.

    Cells and bars, and what stands above, below and between them, move to the other side as they
    are: the first class stays the leftmost, and positive bars grow to the right. So does the
    legend, which the plan has placed already.
    """
    width = layout.size[0]
    first, last = _edges(layout)
    right = width - first - last

    def box(place: Box) -> Box:
        if first <= place.x and place.x + place.width <= last:
            return place._replace(x=place.x + right)
        return place.mirrored(width)

    def spot(place: Spot) -> Spot:
        if first <= place.x <= last:
            return place._replace(x=place.x + right)
        return place.mirrored(width)

    header = layout.header
    return replace(
        layout,
        grid=layout.grid.mirrored(width),
        lanes=tuple(_lane(lane, right, box, spot) for lane in layout.lanes),
        labels=tuple(tuple(_label(label, spot) for label in band) for band in layout.labels),
        bias_labels=tuple(map(spot, layout.bias_labels)),
        header=HeaderPlaces(
            *(each.mirrored(width) for each in (header.verdict, header.position, header.tally))
        ),
        footer=layout.footer and layout.footer.mirrored(width),
        progress=layout.progress.mirrored(width),
        banner=layout.banner and layout.banner.mirrored(width),
    )


def _edges(layout: Layout) -> tuple[int, int]:
    """Return the left and the right edge of cells and bars, with the outlines around them."""
    lanes = layout.lanes
    lefts = [x for lane in lanes for x, _ in lane.cells]
    rights = [x + layout.cell[0] for x in lefts]
    rooms = [lane.bar.room for lane in lanes]
    rights += [room.x + room.width for room in rooms]
    return min(lefts) - layout.outline, max(rights) + layout.outline


def _lane(lane: Lane, right: int, box: Callable[[Box], Box], spot: Callable[[Spot], Spot]) -> Lane:
    first, second, third = ((x + right, y) for x, y in lane.cells)
    bar: BarPlace = replace(lane.bar, room=box(lane.bar.room))
    return Lane(
        cells=(first, second, third),
        bar=bar,
        outline=box(lane.outline),
        heading=spot(lane.heading),
        percent=lane.percent and spot(lane.percent),
        bias=lane.bias and spot(lane.bias),
    )


def _label(label: Label, spot: Callable[[Spot], Spot]) -> Label:
    return replace(label, above=spot(label.above), below=spot(label.below))
