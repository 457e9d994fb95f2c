"""Photos in bad light, of several digits, of what is no digit, and of iPhones."""

import io
import sys
from itertools import cycle, product

import numpy as np
import pillow_heif
import pytest
from PIL import Image

import mnistviz
from commands import assert_refused, run
from frames import pixels_of
from mnistviz.datasets.mnist_form import form_of_ink, image_form
from mnistviz.datasets.own_pictures import (
    Drawing,
    Steps,
    find_pictures,
    label_of,
    read_own_pictures,
)
from mnistviz.datasets.photo import find_drawings
from mnistviz.errors import DataError, DataWarning, OptionError, OutputError, SizeWarning
from mnistviz.film.own_answers import SURE
from mnistviz.film.steps import GAP, LINE, MOST_ROWS, SIDE, draw_steps
from mnistviz.language.language import ENGLISH
from photos import KINDS, STRENGTHS, photo

SIZE = (28, 28)
SMALL = mnistviz.PictureConfig((640, 360))


def rgba_of(picture):
    return np.asarray(picture.convert("RGBA"))


def page_of(digits, places, size, ink=200, paper=235):
    """Return a page (height, width) with test digits, each 112 pixels high, at these places."""
    page = np.full(size, float(paper))
    for index, (y, x) in enumerate(places):
        digit = np.kron(digits.test.images[index], np.ones((4, 4))) / 255
        page[y : y + 112, x : x + 112] -= ink * digit
    return page


def saved(folder, name, levels):
    folder.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8)).save(folder / name)
    return folder / name


def answer(trained, image):
    """Return the predicted class of an image, and whether the network is sure of it."""
    (shares,) = trained.model.probabilities(image.reshape(1, -1) / np.float32(255))
    return int(shares.argmax()), shares.max() >= SURE


# --- light


@pytest.mark.slow
def test_digits_in_bad_light_are_read_as_they_are_without_it(digits, trained):
    dice, ways = np.random.default_rng(0), cycle(product(KINDS, STRENGTHS))
    images, labels = digits.test.images, digits.test.labels
    right = [at for at in range(200) if answer(trained, images[at])[0] == labels[at]][:120]
    wrong, silent = [], []
    for at, (kind, strength) in zip(right, ways, strict=False):
        picture = Image.open(io.BytesIO(photo(images[at], kind, strength, dice)))
        found = find_drawings(rgba_of(picture))
        made = [answer(trained, form_of_ink(ink, SIZE)) for ink in found.inks]
        if [label for label, _ in made] != [labels[at]]:
            wrong.append((at, kind, strength, made))
            silent += wrong[-1:] if not found.doubts and made[0][1] and len(made) == 1 else []
    assert len(wrong) <= 0.1 * len(right), wrong
    assert len(silent) <= 0.03 * len(right), silent


@pytest.mark.parametrize("light_on_dark", [False, True])
@pytest.mark.parametrize("index", [0, 1, 2, 3, 7, 61])
def test_a_shadow_changes_nothing_whether_ink_is_dark_or_light(digits, index, light_on_dark):
    page = np.full((200, 200), 80.0)
    digit = np.kron(digits.test.images[index], np.ones((5, 5))) / 255
    page[30:170, 30:170] += 160 * digit
    if not light_on_dark:
        page = 320 - page
    expected = image_form(rgba_of(Image.fromarray(page.astype(np.uint8))), SIZE)
    page[:, 110:] *= 0.5
    (ink,) = find_drawings(rgba_of(Image.fromarray(page.astype(np.uint8)))).inks
    assert np.abs(form_of_ink(ink, SIZE).astype(int) - expected).mean() < 20


@pytest.mark.parametrize("scale", [1, 7, 30])
@pytest.mark.parametrize("dark", [False, True])
def test_a_drawing_on_even_paper_is_taken_by_the_recipe_to_the_byte(digits, scale, dark):
    for digit in digits.test.images[:4]:
        page = np.kron(np.pad(digit, 2), np.ones((scale, scale), np.uint8))
        rgba = rgba_of(Image.fromarray(255 - page if dark else page))
        (ink,) = find_drawings(rgba).inks
        assert (form_of_ink(ink, SIZE) == image_form(rgba, SIZE)).all()


def test_a_picture_of_one_bit_is_read(digits):
    page = Image.fromarray(page_of(digits, [(20, 20)], (160, 160)).astype(np.uint8)).convert(
        "1", dither=0
    )
    (ink,) = find_drawings(rgba_of(page)).inks
    expected = image_form(rgba_of(page.convert("L")), SIZE)
    assert np.abs(form_of_ink(ink, SIZE).astype(int) - expected).mean() < 20


# --- pieces


PLACES = [(20, 30), (40, 200), (25, 380), (200, 40), (220, 230)]


@pytest.mark.parametrize("shadow", [1.0, 0.6])
def test_each_digit_of_a_page_is_an_image_line_by_line_from_left_to_right(digits, shadow):
    page = page_of(digits, PLACES, (360, 520))
    alone = [np.pad(page[y : y + 112, x : x + 112], 20, mode="edge") for y, x in PLACES]
    page[:, 260:] *= shadow
    found = find_drawings(rgba_of(Image.fromarray(page.astype(np.uint8))))
    assert len(found.inks) == len(PLACES)
    for ink, digit in zip(found.inks, alone, strict=True):
        expected = image_form(rgba_of(Image.fromarray(digit.astype(np.uint8))), SIZE)
        assert np.abs(form_of_ink(ink, SIZE).astype(int) - expected).mean() < 20


def test_a_film_shows_each_digit_of_a_page_and_a_still_refuses_it(digits, trained, tmp_path):
    path = saved(tmp_path / "own", "page.png", page_of(digits, PLACES[:3], (180, 520)))
    film = mnistviz.render(digits, trained, tmp_path / "a.gif", picture=SMALL, images=path.parent)
    assert [it.image for it in film.predictions] == ["page.png 1", "page.png 2", "page.png 3"]
    assert [it.predicted for it in film.predictions] == ["7", "2", "1"]
    with pytest.raises(DataError, match=r"shows 3 drawings, and a still one: crop it"):
        mnistviz.still(digits, path, model=trained)


def doubtful(name):
    """Return a picture of which the recipe is not sure, and what it says."""
    page = np.full((200, 200), 230.0)
    if name == "a third":
        page[20:180, 20:180] = 30
        return page, "ink covers more than a third"
    if name == "border":
        page[:120, 90:110] = 30
        page[100:120, 40:160] = 30
        return page, "ink reaches the border"
    if name == "no edges":
        page[:] = np.linspace(0, 255, 200)[None]
        return page, "what looks like ink has no edges"
    for y, x in product(range(20, 180, 40), range(20, 180, 40)):
        page[y : y + 14, x : x + 14] = 30
    return page, "there are 16 pieces of ink"


@pytest.mark.parametrize("name", ["a third", "border", "pieces", "no edges"])
def test_what_is_hardly_a_drawing_is_said_on_stderr_and_in_the_captions(tmp_path, model_path, name):
    page, expected = doubtful(name)
    saved(tmp_path / "own", "x.png", page)
    how = ("--model", model_path, "--size", "640x360", "--quality", "draft", "--captions")
    result = run("render", "--images", "own", *how, "--out", "v.mp4", cwd=tmp_path)
    assert result.returncode == 0
    assert f"Warning: x.png: not sure: {expected}" in result.stderr
    assert f"(not sure: {expected}" in (tmp_path / "v.vtt").read_text("utf-8")


# --- what was done


def test_the_steps_are_shown_with_the_image_that_the_network_sees(digits, trained, tmp_path):
    for index in (0, 1):
        page = page_of(digits, PLACES[: index + 1], (180, 360))
        page[:, 180:] *= 0.6
        saved(tmp_path / "own", f"{index}.png", page)
    how = {"picture": SMALL, "images": tmp_path / "own", "show_steps": tmp_path / "steps.png"}
    mnistviz.render(digits, trained, tmp_path / "a.gif", **how)
    steps = pixels_of(tmp_path / "steps.png")[..., 0]
    own = read_own_pictures(find_pictures(tmp_path / "own"), digits)
    for drawing, (row, place) in zip(own.drawings, [(0, 0), (1, 0), (1, 1)], strict=True):
        top = LINE + GAP + row * (SIDE + LINE + GAP)
        left = GAP + (2 + place) * (SIDE + GAP)
        k = SIDE // 28
        shown = steps[top : top + SIDE : k, left : left + SIDE : k]
        np.testing.assert_array_equal(shown, drawing.image)


def test_steps_of_more_pictures_than_a_file_shows_are_counted(tmp_path):
    grey = np.zeros((8, 8), np.uint8)
    steps = MOST_ROWS * (Steps("a.png", grey, grey, (Drawing(grey, "a.png"),)),)
    draw_steps(steps, tmp_path / "whole.png", ENGLISH)
    with pytest.warns(SizeWarning, match="shows the first 100 of 101 pictures"):
        draw_steps((*steps, steps[0]), tmp_path / "cut.png", ENGLISH)


def test_steps_without_own_pictures_or_over_one_of_them_are_refused(digits, trained, tmp_path):
    path = saved(tmp_path / "own", "a.png", page_of(digits, PLACES[:1], (180, 180)))
    with pytest.raises(OptionError, match="show steps is for own pictures"):
        mnistviz.still(digits, 0, model=trained, show_steps=tmp_path / "s.png")
    with pytest.raises(OutputError, match="it is read as well"):
        mnistviz.still(digits, path, model=trained, show_steps=path)
    second = saved(tmp_path / "own", "b.png", page_of(digits, PLACES[:1], (180, 180)))
    with pytest.raises(OutputError, match="it is read as well"):
        mnistviz.render(
            digits, trained, tmp_path / "v.gif", images=second.parent, show_steps=second
        )
    with pytest.raises(OutputError, match=r"cannot write .*s\.png twice"):
        mnistviz.still(digits, path, tmp_path / "s.png", trained, show_steps=tmp_path / "s.png")


# --- one bad file


@pytest.fixture
def with_a_bad_one(digits, tmp_path):
    for index, name in enumerate(("1.png", "3.png")):
        saved(
            tmp_path / "own", name, page_of(digits, PLACES[: index + 1], (180, 180 + 160 * index))
        )
    (tmp_path / "own" / "2.png").write_bytes(b"no picture")
    return tmp_path


def test_a_picture_that_cannot_be_used_is_left_out_with_exit_1_and_strict_stops_at_it(
    with_a_bad_one, model_path
):
    how = ("--model", model_path, "--size", "640x360", "--out", "v.gif")
    result = run("render", "--images", "own", *how, cwd=with_a_bad_one)
    assert result.returncode == 1
    assert "Warning: left out: cannot use the picture own/2.png: expected a PNG" in result.stderr
    assert result.stdout.startswith("v.gif: 3 images")
    (with_a_bad_one / "v.gif").unlink()
    strict = run("render", "--images", "own", "--strict", *how, cwd=with_a_bad_one)
    assert_refused(strict, "own/2.png")
    assert not (with_a_bad_one / "v.gif").exists()


# --- truth


@pytest.mark.parametrize(
    ("name", "classes", "expected"),
    [
        ("7_a.png", "0123456789", 7),
        ("7-2.png", "0123456789", 7),
        ("7.png", "0123456789", None),
        ("seven/a.png", "0123456789", 7),
        ("7/3_a.png", "0123456789", 7),
        ("eleven/7_a.png", "0123456789", None),
        ("71_a.png", "0123456789", None),
        ("T-shirt_1.png", ("T", "T-shirt"), 1),
        ("t-Shirt/x.png", ("T", "T-shirt"), 1),
        ("cafe\u0301_x.png", ("bar", "caf\u00e9"), 1),
    ],
)
def test_a_name_gives_the_class_by_its_folder_or_its_beginning(name, classes, expected):
    assert label_of(name, tuple(classes)) == expected


def test_own_pictures_whose_names_give_a_class_are_judged(digits, tmp_path, model_path):
    names = ("7_a.png", "2_b.png", "3_c.png")  # the last is a 1
    for index, name in enumerate(names):
        page = np.full((180, 180), 235.0)
        digit = np.kron(digits.test.images[index], np.ones((5, 5))) / 255
        page[20:160, 20:160] -= 200 * digit
        saved(tmp_path / "own", name, page)
    how = ("--model", model_path, "--size", "640x360", "--quality", "draft", "--captions")
    result = run("render", "--images", "own", *how, "--out", "v.mp4", cwd=tmp_path)
    first, *lines = result.stdout.splitlines()
    assert first.endswith("66.7 % right")
    assert [line.rpartition(", ")[2] for line in lines[:3]] == ["right", "true 3", "right"]
    assert "3_c.png: a 3, taken for a 1" in (tmp_path / "v.vtt").read_text("utf-8")
    (tmp_path / "own" / "3_c.png").rename(tmp_path / "own" / "c.png")
    mixed = run("render", "--images", "own", *how, "--out", "v.mp4", cwd=tmp_path)
    assert "some names give a true class, and c.png does not: none is shown" in mixed.stderr
    assert "right" not in mixed.stdout


def test_pictures_in_folders_of_classes_are_taken_and_judged(digits, trained, tmp_path):
    for index, name in enumerate(("seven", "2")):
        saved(tmp_path / "own" / name, "a.png", 255 - np.kron(digits.test.images[index],
              np.ones((4, 4))))  # fmt: skip
    (tmp_path / "own" / "__MACOSX").mkdir()
    film = mnistviz.render(
        digits, trained, tmp_path / "a.gif", picture=SMALL, images=tmp_path / "own"
    )
    assert (film.images, film.right) == (2, 2)
    assert [it.image for it in film.predictions] == ["2/a.png", "seven/a.png"]


# --- photos of iPhones


def test_a_heic_photo_is_read_where_there_is_a_reader_and_else_named(digits, tmp_path, monkeypatch):
    page = page_of(digits, [(20, 20)], (160, 160)).astype(np.uint8)
    path = tmp_path / "IMG_1.HEIC"
    picture = Image.fromarray(page).convert("RGB")
    pillow_heif.from_pillow(picture).save(path, quality=90)
    assert find_pictures(tmp_path) == [path]
    found = read_own_pictures([path], digits).drawings[0].image
    assert np.abs(found.astype(int) - image_form(rgba_of(picture), SIZE)).mean() < 4
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(DataError, match=r"pip install 'mnistviz\[heic\]' reads it, or save it"):
        read_own_pictures([path], digits)


def test_a_doubt_is_a_warning_in_python(digits, tmp_path):
    page, expected = doubtful("border")
    path = saved(tmp_path, "x.png", page)
    with pytest.warns(DataWarning, match=expected):
        read_own_pictures([path], digits)


def test_what_the_program_has_drawn_is_never_taken_for_a_digit(digits, trained, tmp_path):
    own = tmp_path / "own"
    saved(own, "mine.png", page_of(digits, PLACES[:1], (180, 180)))
    mnistviz.still(digits, 8, own / "frame.png", trained, SMALL)
    two = mnistviz.Selection(2)
    encoding = mnistviz.Encoding(quality="draft", poster=True)
    mnistviz.render(digits, trained, own / "v.mp4", two, encoding=encoding, picture=SMALL)
    for name in ("a.gif", "a.webp"):
        mnistviz.render(digits, trained, own / name, two, picture=SMALL)
        with Image.open(own / name) as film:
            assert film.n_frames >= 2
    (own / "v.mp4").unlink()
    with pytest.warns(DataWarning, match=r"a\.gif, a\.webp, frame\.png, which mnistviz drew"):
        assert find_pictures(own) == [own / "mine.png"]
