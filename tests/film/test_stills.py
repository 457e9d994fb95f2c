"""Stills: one picture alone, cut out, and sized for print."""

import re
from concurrent.futures import ThreadPoolExecutor

import matplotlib as mpl
import numpy as np
import pytest

import mnistviz
from commands import assert_refused, run
from composers import layout_of
from frames import pixels_of
from mnistviz import PictureConfig
from mnistviz.drawing.scene import Rectangle, Text
from mnistviz.drawing.theme import THEMES
from mnistviz.errors import OptionError

INCH = 2.54


SETTINGS = {"savefig.facecolor": "red", "text.usetex": True, "svg.fonttype": "none"}


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_stills_of_several_threads_are_those_of_one_whatever_the_users_settings(
    digits, trained, tmp_path, kind
):
    def draw(index):
        path = tmp_path / f"{index}.{kind}"
        mnistviz.still(digits, index, path, trained, PictureConfig((640, 360)))
        return path.read_bytes()

    expected = [draw(index) for index in range(4)]
    with mpl.rc_context(SETTINGS), ThreadPoolExecutor(4) as pool:
        before = dict(mpl.rcParams)
        assert list(pool.map(draw, range(4))) == expected
        assert dict(mpl.rcParams) == before


def test_pixels_are_drawn_without_a_change_of_matplotlibs_settings(
    digits, trained, tmp_path, monkeypatch
):
    def refuse(*_):
        raise AssertionError("a setting was changed")

    for name in ("__setitem__", "update", "_set", "_update_raw"):
        monkeypatch.setattr(mpl.RcParams, name, refuse)
    mnistviz.still(digits, 8, tmp_path / "a.png", trained, PictureConfig((640, 360)))
    mnistviz.render(digits, trained, tmp_path / "a.gif", mnistviz.Selection(2))


def test_a_still_has_neither_progress_bar_nor_tally(digits, trained):
    still = mnistviz.still(digits, 8, model=trained)
    progress = layout_of(digits).progress
    texts = [each.text for each in still.scene.elements if isinstance(each, Text)]
    assert "image 8 of 10,000" in texts
    assert not any(text.endswith(" right") and " of " in text[:8] for text in texts)
    for element in still.scene.elements:
        if isinstance(element, Rectangle):
            assert (element.x, element.y) != progress[:2]


@pytest.mark.parametrize("size", [(1920, 1080), (640, 360), (1080, 1920), (1080, 1080)])
def test_bare_is_the_grid_of_the_whole_picture_cut_out(digits, trained, tmp_path, size):
    picture = PictureConfig(size)
    for bare in (False, True):
        mnistviz.still(digits, 8, tmp_path / f"{bare}.png", trained, picture, bare=bare)
    whole, grid = pixels_of(tmp_path / "False.png"), pixels_of(tmp_path / "True.png")
    layout = layout_of(digits, picture)
    margin = 2 * layout.outline
    left, top = (max(0, edge - margin) for edge in layout.grid[:2])
    part = whole[top : top + grid.shape[0], left : left + grid.shape[1]]
    assert part.shape == grid.shape
    for lane in layout.lanes:
        x, y, width, height = lane.outline
        inside = np.s_[y - top : y - top + height, x - left : x - left + width]
        assert (grid[inside] == part[inside]).all()
    still = mnistviz.still(digits, 8, model=trained, picture=picture, bare=True)
    texts = {each.text for each in still.scene.elements if isinstance(each, Text)}
    assert {*"0123456789"} <= texts
    assert not any(text.startswith(("predicted", "image", "softmax regression")) for text in texts)


def test_an_svg_has_the_very_colours_of_the_theme(digits, trained, tmp_path):
    mnistviz.still(digits, 8, tmp_path / "f.svg", trained, PictureConfig((640, 360)))
    svg, theme = (tmp_path / "f.svg").read_text(), THEMES["dark"]
    for colour in (theme.background, theme.ink, theme.accents.true, theme.accents.wrong):
        assert "#{:02x}{:02x}{:02x}".format(*colour) in svg


@pytest.mark.parametrize(("centimetres", "bare"), [(7.5, False), (7.5, True), (17.0, False)])
def test_a_figure_has_its_width_in_print_and_no_text_below_7_points(
    digits, trained, tmp_path, centimetres, bare
):
    still = mnistviz.still(digits, 8, model=trained, bare=bare, width=centimetres)
    still.save(tmp_path / "f.svg")
    still.save(tmp_path / "f.pdf")
    width = float(re.search(r'<svg[^>]* width="([\d.]+)pt"', (tmp_path / "f.svg").read_text())[1])
    box = re.search(rb"/MediaBox \[ ?0 0 ([\d.]+)", (tmp_path / "f.pdf").read_bytes())
    for points in (width, float(box[1])):
        assert points == pytest.approx(centimetres / INCH * 72, abs=0.01)
    if centimetres == 17:
        assert still.scene.size[1] == pytest.approx(still.scene.size[0] * 9 / 16, abs=2)
    sizes = [text.size for text in still.scene.elements if isinstance(text, Text)]
    assert min(sizes) * width / still.scene.size[0] >= 6.99
    drawn = re.findall(r"font: (?:\w+ )?([\d.]+)px", (tmp_path / "f.svg").read_text())
    assert all(float(size) >= 6.99 for size in drawn)


def test_a_width_of_a_png_or_beside_a_size_is_refused(tmp_path, digits, trained):
    for arguments, words in (
        (["--out", "f.png", "--width", "8cm"], ["size in pixels", "f.pdf"]),
        (["--out", "f.pdf", "--width", "3cm"], ["7.5 to 168 cm", "got 3 cm"]),
        (["--out", "f.pdf", "--width", "8"], ["8cm, 80mm or 3.2in", "got '8'"]),
        (["--out", "f.pdf", "--width", "8cm", "--size", "square"], ["not both"]),
    ):
        result = run("still", "--index", 8, *arguments, cwd=tmp_path)
        assert_refused(result, *words, status=2)
    assert list(tmp_path.iterdir()) == []
    still = mnistviz.still(digits, 8, model=trained, width=8)
    with pytest.raises(OptionError, match="size in pixels"):
        still.save(tmp_path / "f.png")
