"""Mirrors the places of a frame, for languages that are written from right to left."""

from collections.abc import Callable
from dataclasses import replace

from mnistviz.drawing.geometry import Box, Spot
from mnistviz.frame.places import HeaderPlaces, Lane, Layout


def mirrored(layout: Layout) -> Layout:
    """Return a layout in which left and right are exchanged, but for what has no direction.

    Columns move to the other side as they are, the first class the leftmost. A row is read from
    the right: its class, then image, weights, product, bar. Pictures and bars themselves stay as
    they are: positive bars of rows grow to the right. The legend is placed by the plan already.
    """
    width, (first, last) = layout.size[0], _columns(layout)
    right = width - first - last

    def box(place: Box) -> Box:
        if first <= place.x and place.x + place.width <= last:
            return place._replace(x=place.x + right)
        return place.mirrored(width)

    def spot(place: Spot) -> Spot:
        return place._replace(x=place.x + right) if first <= place.x <= last else turned(place)

    def turned(place: Spot) -> Spot:
        return place.mirrored(width)

    header = layout.header
    return replace(
        layout,
        grid=layout.grid.mirrored(width),
        lanes=tuple(_lane(lane, layout.cell, box, spot) for lane in layout.lanes),
        labels=tuple(
            tuple(replace(it, above=spot(it.above), below=spot(it.below)) for it in band)
            for band in layout.labels
        ),
        bias_labels=tuple(map(spot, layout.bias_labels)),
        header=HeaderPlaces(*map(turned, (header.verdict, header.position, header.tally))),
        footer=layout.footer and turned(layout.footer),
        progress=layout.progress.mirrored(width),
        banner=layout.banner and turned(layout.banner),
    )


def _columns(layout: Layout) -> tuple[int, int]:
    """Return where columns begin and end, with the outlines around them; nowhere for rows."""
    if layout.lanes[0].bar.sideways:
        return layout.size[0], 0
    lefts = [lane.outline.x for lane in layout.lanes]
    return min(lefts), max(lefts) + layout.lanes[0].outline.width


def _lane(
    lane: Lane, cell: tuple[int, int], box: Callable[[Box], Box], spot: Callable[[Spot], Spot]
) -> Lane:
    (first, *_), (second, *_), (third, *_) = (box(Box(*corner, *cell)) for corner in lane.cells)
    tops = [top for _, top in lane.cells]
    return Lane(
        cells=((first, tops[0]), (second, tops[1]), (third, tops[2])),
        bar=replace(lane.bar, room=box(lane.bar.room)),
        outline=box(lane.outline),
        heading=spot(lane.heading),
        percent=lane.percent and spot(lane.percent),
        bias=lane.bias and spot(lane.bias),
    )
