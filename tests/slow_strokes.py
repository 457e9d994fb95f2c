"""What strokes leave on the explorer's pad, in plain Python, a unit at a time.

A stroke is (tool, radius, [(x, y), ...]), in units of the pad. A unit is covered if it is at most
the radius from the line.
"""

from slow_image_form import half_up


def units_of(height, width):
    """Return how many units of the pad lie along a pixel of an image."""
    return max(4, 224 // max(height, width))


def is_near(x, y, radius, line):
    (x0, y0), (x1, y1) = line
    length2 = (x1 - x0) ** 2 + (y1 - y0) ** 2
    along = (x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)
    if length2 == 0 or along <= 0:
        return (x - x0) ** 2 + (y - y0) ** 2 <= radius**2
    if along >= length2:
        return (x - x1) ** 2 + (y - y1) ** 2 <= radius**2
    across = (x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)
    return across**2 <= radius**2 * length2


def covered(stroke, height, width):
    """Return the units of a pad of (height, width) that a stroke covers, as (y, x)."""
    _, radius, points = stroke
    found = set()
    for start, end in zip(points[:-1] or points, points[1:] or points, strict=True):
        (left, right), (top, bottom) = (sorted(pair) for pair in zip(start, end, strict=True))
        found |= {
            (y, x)
            for y in range(max(0, top - radius), min(height, bottom + radius + 1))
            for x in range(max(0, left - radius), min(width, right + radius + 1))
            if is_near(x, y, radius, (start, end))
        }
    return found


def drawn(strokes, height, width):
    """Return grey levels of strokes on a blank pad: white on black."""
    levels = [[0] * width for _ in range(height)]
    for stroke in strokes:
        for y, x in covered(stroke, height, width):
            levels[y][x] = 255 if stroke[0] == "brush" else 0
    return levels


def changed(image, strokes):
    """Return an image with strokes on it: each pixel takes or loses as much ink as is covered."""
    height, width = len(image), len(image[0])
    units = units_of(height, width)
    for stroke in strokes:
        counts = [[0] * width for _ in range(height)]
        for y, x in covered(stroke, units * height, units * width):
            counts[y // units][x // units] += 1
        shares = [[half_up(255 * count, units**2) for count in row] for row in counts]
        pick = max if stroke[0] == "brush" else lambda level, share: min(level, 255 - share)
        image = [list(map(pick, *rows)) for rows in zip(image, shares, strict=True)]
    return image
