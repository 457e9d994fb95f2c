import itertools

import numpy as np
import pytest

from mnistviz.config import CONTRASTS, PALETTE_NAMES, THEME_NAMES, PictureConfig
from mnistviz.drawing.theme import DIVERGING, grey, signed_grey, theme_of

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
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
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


LOOKS = [
    PictureConfig(theme=theme, palette=palette)
    for theme, palette in itertools.product(THEME_NAMES, PALETTE_NAMES)
]
looks = pytest.mark.parametrize(
    "theme", [*map(theme_of, LOOKS)], ids=[f"{look.theme}-{look.palette}" for look in LOOKS]
)


def distance(one, other, matrix):
    """Return the CIE76 distance of two colours for viewers whose sight a matrix describes."""
    one, other = (lab(np.array(matrix) @ linear(colour)) for colour in (one, other))
    return np.linalg.norm(one - other)


@looks
def test_everything_has_the_contrast_that_wcag_asks_for(theme):
    accents = theme.accents
    for text in (theme.ink, theme.muted, accents.true_text, accents.wrong_text):
        assert contrast(text, theme.background) >= 4.5
    for shape in (accents.true, accents.wrong, theme.bar, theme.line):
        assert contrast(shape, theme.background) >= 3
    assert contrast(theme.muted, theme.shade) >= 3  # the progress bar, and what is left of it


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@looks
def test_true_and_wrong_stay_apart_for_colour_blind_viewers(theme, deficiency):
    true, wrong = theme.accents.true, theme.accents.wrong
    assert distance(true, wrong, DEFICIENCIES[deficiency]) >= 40


@pytest.mark.parametrize("palette", PALETTE_NAMES)
def test_true_wrong_and_the_rest_differ_in_a_print_without_colours(palette):
    theme = theme_of(PictureConfig(theme="print", palette=palette))
    colours = (theme.accents.true, theme.accents.wrong, theme.bar)
    lightness = [lab(linear(colour))[0] for colour in colours]
    assert all(other - one >= 12 for one, other in itertools.pairwise(lightness))


@pytest.mark.parametrize("name", DIVERGING)
def test_coloured_weights_are_symmetric_and_differ_for_colour_blind_viewers(name):
    theme = theme_of(PictureConfig(theme=name, weights="diverging"))
    colours = theme.signed_colours
    assert tuple(colours[128]) == theme.signed[1]
    assert max(theme.signed[1]) - min(theme.signed[1]) <= 6  # zero is grey
    assert contrast(theme.signed[1], theme.background) <= 1.1
    for level in range(1, 128, 9):
        one, other = (lab(linear(colours[128 + sign * level]))[0] for sign in (-1, 1))
        assert abs(one - other) <= 6
    steps = [abs(lab(linear(colour))[0] - lab(linear(colours[128]))[0]) for colour in colours]
    assert (np.diff(steps[:129]) <= 0.3).all()
    assert (np.diff(steps[128:]) >= -0.3).all()
    for matrix in DEFICIENCIES.values():
        assert distance(colours[0], colours[255], matrix) >= 40


@pytest.mark.parametrize("exponent", CONTRASTS.values())
def test_zero_is_mid_grey_and_the_full_scale_and_more_black_and_white(exponent):
    values = np.array([-9, -2, 0, 2, 9], np.float32)
    assert signed_grey(values, 2, exponent).tolist() == [0, 0, 128, 255, 255]


@pytest.mark.parametrize("exponent", CONTRASTS.values())
def test_the_tone_curve_is_the_exponent_of_its_name(exponent):
    shares = np.linspace(-1, 1, 4001, dtype=np.float32)
    exact = 127.5 + 127.5 * np.sign(shares) * np.abs(shares.astype(float)) ** exponent
    assert np.abs(signed_grey(shares, 1, exponent) - exact).max() <= 0.501


def test_the_grey_of_a_byte_is_the_byte():
    levels = np.arange(256, dtype=np.uint8)
    assert (grey(levels / np.float32(255)) == levels).all()
