import itertools

import numpy as np
import pytest

from mnistviz.theme import GREEN, ORANGE, THEMES, grey, signed_grey

# Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB.
DEFICIENCIES = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
}


def linear(colour):
    share = np.array(colour) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """WCAG 2.2's contrast ratio."""
    light, dark = sorted((linear(c) @ [0.2126, 0.7152, 0.0722] for c in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(light):
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    shares = np.clip(light, 0, 1) @ np.transpose(to_xyz) / [0.9505, 1, 1.089]
    x, y, z = np.where(shares > 216 / 24389, np.cbrt(shares), (24389 / 27 * shares + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("text", ["ink", "muted", "true_text", "wrong_text"])
def test_every_text_has_a_contrast_of_at_least_four_and_a_half(name, text):
    theme = THEMES[name]
    assert contrast(getattr(theme, text), theme.background) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_every_bar_and_outline_stands_out_from_the_background(name):
    theme = THEMES[name]
    for colour in (GREEN, ORANGE, theme.bar):
        assert contrast(colour, theme.background) >= 2


@pytest.mark.parametrize(("deficiency", "distance"), [("protanopia", 50), ("deuteranopia", 64)])
def test_green_and_orange_stay_apart_for_colour_blind_viewers(deficiency, distance):
    matrix = np.array(DEFICIENCIES[deficiency])
    green, orange = (lab(matrix @ linear(colour)) for colour in (GREEN, ORANGE))
    assert np.linalg.norm(green - orange) >= distance


def test_zero_is_mid_grey_and_the_full_scale_black_and_white():
    values = np.array([-9, -2, -1, 0, 1, 2, 9], np.float32)
    assert signed_grey(values, 2).tolist() == [0, 0, 64, 128, 191, 255, 255]


def test_a_full_pixel_shows_the_grey_of_its_weight():
    weights = np.linspace(-1, 1, 101, dtype=np.float32)
    assert (signed_grey(weights * np.float32(1), 0.7) == signed_grey(weights, 0.7)).all()


def test_the_grey_of_a_byte_is_the_byte():
    levels = np.arange(256, dtype=np.uint8)
    assert (grey(levels / np.float32(255)) == levels).all()


@pytest.mark.parametrize("name", THEMES)
def test_a_palette_has_the_colours_of_its_theme_and_every_grey_within_a_level(name):
    theme = THEMES[name]
    palette = theme.palette()
    assert (palette.shape, palette.dtype) == ((256, 3), np.uint8)
    colours = {tuple(map(int, colour)) for colour in palette}
    assert {theme.background, theme.ink, theme.muted, theme.line, theme.bar} <= colours
    assert {GREEN, ORANGE, theme.true_text, theme.wrong_text} <= colours
    greys = [red for red, green, blue in colours if red == green == blue]
    gaps = [b - a for a, b in itertools.pairwise(sorted(greys))]
    assert (min(greys), max(greys), max(gaps)) == (0, 255, 2)
