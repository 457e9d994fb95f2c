"""Finds what is drawn in a photo: evens out its light, and tells digits, specks and a table apart.

docs/own-pictures.md states each step.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnistviz.datasets.area import covered, rounded
from mnistviz.datasets.mnist_form import LEAST_CONTRAST, grey_on_white, ink_levels
from mnistviz.errors import DataError
from mnistviz.language.language import Remark, later

WORKED = 400  # pixels of the longer side at most, in which pieces of ink are found
WINDOW = 5  # what is wider than this part of the shorter side is light or shadow, and no stroke
EVEN = 2 * LEAST_CONTRAST  # levels by which nine tenths of an even border differ at most
SPECK = 40  # a piece of less than this part of the largest is none of a digit
NEAR = 8  # pieces belong together if they are apart by less than this part of their height
MUCH = 3  # ink on more than this part of the picture is hardly a drawing
DARKEST = 32  # levels that are added to dark paper, of which noise would be a large share
EDGE = 7  # pixels within which a stroke ends
PAPER = 255  # the level of paper in even light
DEEP = 10  # what is nearer to the border than this part of the shorter side is the border's
MANY = 12  # pieces of one picture are hardly digits

Mask = NDArray[np.bool_]
Box = tuple[int, int, int, int]  # top, left, bottom and right of a piece, the last two outside


class Photo(NamedTuple):
    """What is drawn in a picture.

    Attributes
    ----------
    relit
        uint8 (h, w): the picture in even light, as far as it was uneven, and perhaps smaller.
    inks
        uint8 (h, w) each: the ink of each digit, 0 to 255, not all 0; line by line.
    doubts
        What may be wrong, each as an end of the sentence 'not sure: …'.
    """

    relit: NDArray[np.uint8]
    inks: tuple[NDArray[np.uint8], ...]
    doubts: tuple[Remark, ...]


def find_drawings(rgba: NDArray[np.uint8]) -> Photo:
    """Find the digits, or whatever is drawn, in a picture.

    A drawing alone on an even background is taken whole, as `image_form` takes it.

    Parameters
    ----------
    rgba
        (h, w, 4) red, green, blue and opacity, upright. At most 2^26 pixels.

    Raises
    ------
    DataError
        If nothing stands out from the background.
    """
    grey = grey_on_white(rgba)
    if _is_even(grey):
        ink = ink_levels(grey)
        if not _at_border(ink > 0) and _is_sharp(smaller(grey), smaller(ink)):
            return _parted(grey, ink)
    return _in_even_light(smaller(grey))


def _is_even(grey: NDArray[np.uint8]) -> bool:
    """Whether the border has one level, apart from a tenth of its pixels."""
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    low, high = np.quantile(border, (0.05, 0.95))
    return bool(high - low <= EVEN)


def _is_sharp(grey: NDArray[np.uint8], ink: NDArray[np.uint8]) -> bool:
    """Whether ink on an even background has edges that are as strong as it is dark, or light."""
    mask = ink >= 128
    if not mask.any() or mask.all():
        return True
    sides = sorted(float(np.median(grey[where])) for where in (mask, ~mask))
    return _has_edges(grey.astype(np.float64), mask, (sides[1] - sides[0]) / (sides[1] + DARKEST))


def _has_edges(level: NDArray[np.float64], ink: Mask, least: float = 0.0) -> bool:
    """Whether ink ends within some pixels nearly all around, as strokes do, and light does not.

    An edge is how much darker the dark side is, as a share of the light one. Three quarters of the
    outline must have half of a strong edge: one of the strongest quarter, or at least `least`.
    """
    padded = np.pad(ink, 1, mode="edge")
    inner = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
    outline = ink & ~inner
    if not outline.any():
        return True
    lightest = _running(level, EDGE, np.maximum)
    edges = (lightest - _running(level, EDGE, np.minimum)) / (lightest + DARKEST)
    weak, strong = np.quantile(edges[outline], (0.25, 0.75))
    return bool(2 * weak >= max(strong, least))


def _at_border(mask: Mask) -> bool:
    return bool(mask[0].any() or mask[-1].any() or mask[:, 0].any() or mask[:, -1].any())


# --- light


def smaller(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return a picture whose longer side has at most `WORKED` pixels, by area."""
    height, width = grey.shape
    longer = max(grey.shape)
    if longer <= WORKED:
        return grey
    rows, columns = (max(1, rounded(WORKED * side, longer)) for side in (height, width))
    sums = covered(rows, height) @ grey @ covered(columns, width).T
    return rounded(sums.astype(np.int64), height * width).astype(np.uint8)


def _relit(
    level: NDArray[np.float64], window: int, light: bool
) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """Return a picture as it would be in even light, dark on light, and how strong its ink is.

    The strength is how much darker the darker one of ink and paper is, as a share of the other.

    What is narrower than a window is filled with the level around it, by a closing where ink is
    dark, or an opening where it is light: that is the light on the paper, with its shadows, whose
    edges stay sharp. Ink is then what lacks of that light, or is more than it, as a share of it.
    """
    first, second = (np.minimum, np.maximum) if light else (np.maximum, np.minimum)
    paper = _running(_running(level, window, first), window, second)
    if light:
        apart = (level - paper) / (paper + DARKEST)
        apart = np.maximum(apart - np.median(apart), 0)
        apart /= max(float(np.quantile(apart, 0.998)), 0.5)
        share = 1 - apart
    else:
        share = level / np.maximum(paper, 1)
        share /= max(float(np.median(share)), 0.01)
    levels: NDArray[np.float64] = np.rint(PAPER * np.clip(share, 0, 1))
    strength = np.abs(level - paper) / (np.maximum(level, paper) + DARKEST)
    return levels.astype(np.uint8), strength


def _mean_of_9(level: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean of each pixel and its neighbours, against noise."""
    padded = np.pad(level, 1, mode="edge")
    height, width = level.shape
    total = sum(padded[y : y + height, x : x + width] for y in range(3) for x in range(3))
    return np.asarray(total) / 9


def _running(level: NDArray[np.float64], window: int, choose: np.ufunc) -> NDArray[np.float64]:
    """Return the greatest, or the least, of a square window around each pixel."""
    for axis in (0, 1):
        padding = [(0, 0), (0, 0)]
        padding[axis] = (window // 2, window // 2)
        found = np.moveaxis(np.pad(level, padding, mode="edge"), axis, 0)
        reach = 1  # of how many pixels each is the choice already
        while reach < window:
            step = min(reach, window - reach)
            found = choose(found[:-step], found[step:])
            reach += step
        level = np.moveaxis(found, 0, axis)
    return level


def _in_even_light(grey: NDArray[np.uint8]) -> Photo:
    """Return what is drawn, dark or light: that which has edges, or else reaches further.

    Under the wrong one of the two, ink is what the drawing surrounds, or pieces of the paper that
    end where the window did.
    """
    level = _mean_of_9(grey.astype(np.float64))
    window = max(3, min(grey.shape) // WINDOW) | 1
    found: list[tuple[bool, float, Photo]] = []
    for light in (False, True):
        relit, strength = _relit(level, window, light)
        try:
            photo = _parted(relit, ink_levels(relit, PAPER))
        except DataError:
            if light and not found:
                raise
            continue
        ink = np.maximum.reduce(photo.inks)
        rows, columns = (np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0))
        contrast = PAPER - float(np.median(relit[ink >= 128]))
        extent = (rows[-1] - rows[0] + 1) * (columns[-1] - columns[0] + 1) * contrast
        inked = ink >= 128
        found.append((_has_edges(level, inked, float(np.median(strength[inked]))), extent, photo))
    has_edges, _, photo = max(found, key=lambda it: it[:2])
    if has_edges:
        return photo
    return photo._replace(doubts=(*photo.doubts, Remark(later("what looks like ink has no edges"))))


# --- pieces


def _parted(relit: NDArray[np.uint8], ink: NDArray[np.uint8]) -> Photo:
    """Return the ink of each digit, without specks and without what reaches the border."""
    factor = -(-max(ink.shape) // WORKED)
    mask = _any_of_blocks(ink > 0, factor)
    labels, boxes, sizes = _pieces(mask)
    doubts = []
    if np.count_nonzero(mask) * MUCH > mask.size:
        doubts.append(Remark(later("ink covers more than a third of the picture")))
    height, width = mask.shape
    kept = [
        place
        for place, (top, left, bottom, right) in enumerate(boxes)
        if top > 0 and left > 0 and bottom < height and right < width
    ]
    # Most of what reaches the border is a table, or a shadow: it goes, unless there is no more.
    margin = max(1, min(mask.shape) // DEEP)
    deep = np.bincount(labels[margin:-margin, margin:-margin].ravel(), minlength=len(boxes) + 1)[1:]
    largest = max((sizes[place] for place in kept), default=0)
    reaching = [place for place in range(len(boxes)) if place not in kept and deep[place]]
    if any(4 * deep[place] > largest for place in reaching):
        doubts.append(Remark(later("ink reaches the border")))
    if not kept:
        kept, largest = list(range(len(boxes))), max(sizes)
    kept = [place for place in kept if sizes[place] * SPECK >= largest]
    if len(kept) > MANY:
        doubts.append(Remark(later("there are {number} pieces of ink"), len(kept)))
    groups = _groups([boxes[place] for place in kept])
    if len(groups) == len(boxes) == 1:
        return Photo(relit, (ink,), tuple(doubts))
    inks = []
    for group in groups:
        own = np.isin(labels, [kept[place] + 1 for place in group])
        fine = own.repeat(factor, axis=0).repeat(factor, axis=1)[: ink.shape[0], : ink.shape[1]]
        inks.append(np.where(fine, ink, np.uint8(0)))
    return Photo(relit, tuple(inks), tuple(doubts))


def _any_of_blocks(mask: Mask, factor: int) -> Mask:
    """Return whether any pixel is set in each block of so many pixels along its side."""
    padded = np.pad(mask, [(0, -side % factor) for side in mask.shape])
    blocks = padded.reshape(padded.shape[0] // factor, factor, padded.shape[1] // factor, factor)
    return np.asarray(blocks.any(axis=(1, 3)))


def _pieces(mask: Mask) -> tuple[NDArray[np.int64], list[Box], list[int]]:
    """Return the number of each pixel's piece, from 1, and the boxes and sizes of all pieces.

    Pixels are of one piece if they touch, also at a corner.
    """
    parents: list[int] = []
    runs: list[tuple[int, int, int, int]] = []  # row, first column, column after the last, number
    above: list[tuple[int, int, int, int]] = []

    def root(number: int) -> int:
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    edges = np.diff(np.pad(mask, [(0, 0), (1, 1)]).astype(np.int8), axis=1)
    for row in range(len(mask)):
        here = []
        starts, ends = (np.flatnonzero(edges[row] == sign).tolist() for sign in (1, -1))
        for start, end in zip(starts, ends, strict=True):
            number = len(parents)
            parents.append(number)
            for _, left, right, other in above:
                if left <= end and start <= right:
                    parents[root(number)] = root(other)
            here.append((row, start, end, number))
        runs += here
        above = here
    places: dict[int, int] = {}
    labels = np.zeros(mask.shape, np.int64)
    boxes: list[Box] = []
    sizes: list[int] = []
    for row, start, end, number in runs:
        place = places.setdefault(root(number), len(boxes))
        if place == len(boxes):
            boxes.append((row, start, row + 1, end))
            sizes.append(0)
        top, left, _, right = boxes[place]
        boxes[place] = (top, min(left, start), row + 1, max(right, end))
        sizes[place] += end - start
        labels[row, start:end] = place + 1
    return labels, boxes, sizes


def _groups(boxes: list[Box]) -> list[list[int]]:
    """Return which pieces are of one digit: those over each other, and those next to each other.

    The digits come line by line, from left to right.
    """
    groups = [[place] for place in range(len(boxes))]
    around = np.array(boxes).reshape(-1, 4)
    at = 0  # the groups before it belong to no other
    while at < len(groups):
        others = np.flatnonzero(_belong(around[at], around))
        others = others[others != at]
        if not len(others):
            at += 1
            continue
        at, later = sorted((at, int(others[0])))
        groups[at] += groups.pop(later)
        around[at, :2] = np.minimum(around[at, :2], around[later, :2])
        around[at, 2:] = np.maximum(around[at, 2:], around[later, 2:])
        around = np.delete(around, later, axis=0)
    lines: list[list[tuple[list[int], list[int]]]] = []
    found = zip(groups, around.tolist(), strict=True)
    for group in sorted(found, key=lambda it: it[1][0] + it[1][2]):
        middle = (group[1][0] + group[1][2]) / 2
        line = next((it for it in lines if middle < min(box[2] for _, box in it)), None)
        if line is None:
            lines.append(line := [])
        line.append(group)
    return [places for line in lines for places, _ in sorted(line, key=lambda it: it[1][1])]


def _belong(one: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which boxes (n, 4) are of the same digit as one (4,)."""
    starts, ends = np.maximum(one[:2], others[:, :2]), np.minimum(one[2:], others[:, 2:])
    below, beside = (starts - ends).T  # gaps; negative where they overlap
    tallest = np.maximum(one[2] - one[0], others[:, 2] - others[:, 0])
    narrowest = np.minimum(one[3] - one[1], others[:, 3] - others[:, 1])
    over = (beside < 0) & (-2 * beside >= narrowest) & (3 * below <= tallest)
    near = NEAR * np.maximum(below, beside).clip(0) <= tallest
    together: NDArray[np.bool_] = over | near
    return together
