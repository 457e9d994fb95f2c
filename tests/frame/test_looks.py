"""Each option of the looks changes what it should, and impossible combinations are refused."""

import numpy as np
import pytest

import mnistviz
from commands import assert_refused, run
from composers import composer_of, moments_of
from frames import Drawn, filmed, pixels_of
from golden_frames import FOLDER, LOOKS, scene_of, without_text
from mnistviz import PictureConfig
from mnistviz.cli.look_options import Size
from mnistviz.config import SIZES
from mnistviz.drawing.raster import rasterise
from mnistviz.drawing.scene import Text
from mnistviz.errors import OptionError
from mnistviz.language.language import ENGLISH
from reading import read_number

INDICES = [8, 0]  # a 5 that is predicted as a 6, and a 7 as a 7


class Look:
    """Images in one look: their scenes, and the numbers behind them, in float64."""

    def __init__(self, digits, trained, picture):
        composer = composer_of(digits, trained.model, picture)
        moments = moments_of(digits, trained.model, INDICES)
        self.scenes = [composer.scene(moment) for moment in moments]
        self.layout, self.theme, self.scales = composer.layout, composer.theme, composer.scales
        pixels = digits.test.images[INDICES].reshape(len(INDICES), -1) / 255
        weights = trained.model.weights.astype(float)
        self.weights = weights.T.reshape(10, 28, 28)
        self.products = (pixels[:, None] * weights.T).reshape(-1, 10, 28, 28)
        self.logits = pixels @ weights + trained.model.bias


@pytest.mark.parametrize("name", LOOKS)
def test_a_frame_is_the_one_that_was_approved(name):
    drawn = rasterise(without_text(scene_of(LOOKS[name])))
    kept = pixels_of(FOLDER / f"{name}.png")
    assert np.abs(drawn.astype(int) - kept).max() <= 1


@pytest.mark.parametrize(("theme", "size"), [("dark", (640, 360)), ("light", (360, 704))])
def test_every_pixel_of_coloured_weights_and_products_is_the_colour_of_its_number(
    digits, trained, tmp_path, theme, size
):
    picture = PictureConfig(size, theme, weights="diverging")
    shown = Look(digits, trained, picture)
    against, zero, favour = (np.array(colour) for colour in shown.theme.signed)
    k, layout = shown.layout.k, shown.layout
    painted = filmed(shown.scenes, tmp_path)
    drawn = [Drawn(rasterise(scene)) for scene in shown.scenes]
    for place in range(len(INDICES)):
        for step, values in ((1, shown.weights), (2, shown.products[place])):
            for lane, numbers in zip(layout.lanes, values, strict=True):
                share = np.clip(numbers / shown.scales.weight, -1, 1)[..., None]
                end = np.where(share > 0, favour, against)
                colours = zero + np.abs(share) ** 0.75 * (end - zero)
                whole = colours.repeat(k, axis=0).repeat(k, axis=1)
                x, y = lane.cells[step]
                region = y, y + layout.cell[1], x, x + layout.cell[0]
                assert drawn[place].error(whole, *region) <= 2.5
                assert painted[place].error(whole, *region) <= 2


def test_a_grid_of_rows_has_the_bar_and_the_number_of_each_logit(digits, trained):
    look = Look(digits, trained, PictureConfig(SIZES["vertical"], "print"))
    frame, theme, size = Drawn(rasterise(look.scenes[0])), look.theme, look.layout.text.number
    colours = {5: theme.accents.true, 6: theme.accents.wrong}
    for column, (lane, logit) in enumerate(zip(look.layout.lanes, look.logits[0], strict=True)):
        start, unit = lane.bar.scale(look.scales.low, look.scales.high)
        length = 2 * round(unit * logit / 2)
        x, y, width, height = lane.bar.zero(start)
        assert frame.is_all(theme.line, y, y + height, x, x + width)
        left, inset = x + width if logit > 0 else x + length, lane.bar.inset
        colour = colours.get(column, theme.bar)
        assert frame.is_all(colour, y + inset, y + height - inset, left, left + abs(length))
        left, right = (x - 124, x - 2) if logit > 0 else (x + 4, x + 116)
        middle = y + height // 2
        region = frame.brightness(middle - 20, middle + 20, left, right)
        assert read_number(region, size, bold=column in colours) == ENGLISH.signed(logit)


def test_a_title_is_drawn_as_it_is_above_everything(digits, trained, tmp_path):
    title = r"A <b>title</b> & $\frac{1}{2}$ für 8"
    plain, titled = (
        Look(digits, trained, PictureConfig((1280, 720), title=text)) for text in ("", title)
    )
    assert plain.layout.banner is None
    text = next(each for each in titled.scenes[0].elements if getattr(each, "text", "") == title)
    others = [each for each in titled.scenes[0].elements if isinstance(each, Text)]
    assert text.baseline == min(each.baseline for each in others)
    mnistviz.still(digits, 8, tmp_path / "f.svg", trained, PictureConfig(title=title))
    assert "<b>" not in (tmp_path / "f.svg").read_text()


def test_every_name_of_a_size_is_that_size():
    assert SIZES == {
        "720p": (1280, 720), "1080p": (1920, 1080), "1440p": (2560, 1440), "2160p": (3840, 2160),
        "square": (1080, 1080), "vertical": (1080, 1920),
    }  # fmt: skip
    for name, size in SIZES.items():
        assert Size().convert(name.upper(), None, None) == size


def test_the_command_takes_every_look(tmp_path, model_path, digits, trained):
    out = tmp_path / "f.png"
    result = run(
        "still", "--index", 8, "--model", model_path, "--size", "square", "--theme", "light",
        "--palette", "blue-orange", "--weights", "diverging", "--contrast", "strong",
        "--title", "Ein Titel", "--out", out,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    picture = PictureConfig(
        (1080, 1080), "light", "blue-orange", "diverging", "strong", "Ein Titel"
    )
    mnistviz.still(digits, 8, tmp_path / "same.png", trained, picture)
    assert out.read_bytes() == (tmp_path / "same.png").read_bytes()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--title", "数字"), ["数, 字", "--font", "Noto Sans CJK SC", "or try"]),
        (("--title", "W" * 200), ["pixels wide", "shorten it"]),
        (("--size", "4K"), ["expected 720p, 1080p", "WIDTHxHEIGHT"]),
    ],
)
def test_impossible_looks_are_refused_by_the_command_before_any_training(tmp_path, options, words):
    result = run("render", *options, "--out", tmp_path / "v.mp4")
    assert_refused(result, *words, status=2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("looks", "words"),
    [
        ({"theme": "print", "weights": "diverging"}, "theme light, or gray weights"),
        ({"title": "W" * 201}, "at most 200 characters, got 201"),
        ({"title": "two\nlines"}, "one line of text"),
        ({"title": " "}, "one line of text"),
        ({"title": 8}, "must be text"),
        *(({name: "pink"}, f"{name} must be one of .*got 'pink'")
          for name in ("theme", "palette", "weights", "contrast")),
    ],
)  # fmt: skip
def test_impossible_looks_are_refused_where_they_are_given(looks, words):
    with pytest.raises(OptionError, match=words):
        PictureConfig(**looks)
