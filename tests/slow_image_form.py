"""The recipe of docs/own-pictures.md, written from that page in plain Python, a pixel at a time."""

from math import floor


def half_up(part, whole):
    return (2 * part + whole) // (2 * whole)


def slow_image_form(rgba, height, width):
    grey = [[grey_of(*pixel) for pixel in row] for row in rgba.tolist()]
    ink = levels(grey)
    rows = [y for y, row in enumerate(ink) if any(row)]
    columns = [x for x in range(len(ink[0])) if any(row[x] for row in ink)]
    ink = [row[min(columns) : max(columns) + 1] for row in ink[min(rows) : max(rows) + 1]]
    fitted = fit(ink, max(1, half_up(20 * min(height, width), 28)))
    most = max(max(row) for row in fitted)
    return centred([[half_up(255 * v, most) for v in row] for row in fitted], height, width)


def grey_of(red, green, blue, opacity):
    grey = floor((77 * red + 150 * green + 29 * blue + 128) / 256)
    return floor((grey * opacity + 255 * (255 - opacity) + 127) / 255)


def levels(grey):
    border = sorted([*grey[0], *grey[-1], *[row[0] for row in grey], *[row[-1] for row in grey]])
    background = border[len(border) // 2 - 1] + border[len(border) // 2]
    apart = [2 * value - background for row in grey for value in row]
    light = sum(d * d for d in apart if d > 0)
    sign = 1 if light > sum(d * d for d in apart if d < 0) else -1
    contrasts = [max(0, sign * d) for d in apart]
    cubes, squares = sum(c**3 for c in contrasts), sum(c**2 for c in contrasts)
    strong = sorted(c for c in contrasts if 2 * c * squares >= cubes)
    full = strong[(len(strong) - 1) // 2]
    return [
        [0 if 2 * c < full else min(255, half_up(255 * c, full)) for c in row]
        for row in ([max(0, sign * (2 * v - background)) for v in line] for line in grey)
    ]


def fit(ink, box):
    h, w = len(ink), len(ink[0])
    rows, columns = (max(1, half_up(box * side, max(h, w))) for side in (h, w))
    return [[mean(ink, j, i, rows, columns) for i in range(columns)] for j in range(rows)]


def mean(ink, j, i, rows, columns):
    h, w, total = len(ink), len(ink[0]), 0
    for y in range(h):
        down = min((j + 1) * h, (y + 1) * rows) - max(j * h, y * rows)
        for x in range(w):
            across = min((i + 1) * w, (x + 1) * columns) - max(i * w, x * columns)
            if down > 0 and across > 0:
                total += down * across * ink[y][x]
    return half_up(total, h * w)


def centred(levels, height, width):
    mass = sum(map(sum, levels))
    down = sum(y * v for y, row in enumerate(levels) for v in row)
    across = sum(x * v for row in levels for x, v in enumerate(row))
    top, left = height // 2 - half_up(down, mass), width // 2 - half_up(across, mass)
    image = [[0] * width for _ in range(height)]
    for y, row in enumerate(levels):
        for x, value in enumerate(row):
            if 0 <= y + top < height and 0 <= x + left < width:
                image[y + top][x + left] = value
    return image
