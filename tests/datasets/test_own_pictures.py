"""Own pictures: read from any file, shown without a true class."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

import mnistviz
from alike import assert_alike, converted
from commands import assert_refused, run
from composers import composer_of
from frames import Decoded
from mnistviz.datasets.mnist_form import image_form
from mnistviz.datasets.own_pictures import Drawing, OwnPictures, find_pictures, read_own_pictures
from mnistviz.drawing.painter import Painter
from mnistviz.drawing.raster import rasterise, text_width
from mnistviz.drawing.scene import Rectangle, Text
from mnistviz.drawing.text import cut_in_middle
from mnistviz.drawing.theme import THEMES
from mnistviz.errors import DataError, harmless
from mnistviz.film.moments import Moments
from mnistviz.film.own_answers import shown_of_own
from mnistviz.frame import words
from refusing import png_header

SMALL = mnistviz.PictureConfig(size=(640, 360))
SIZE = (28, 28)
ANY = mnistviz.load(keep=("0", "1"))  # a set of images of that size


def seven(side=120):
    """A seven, dark on light, in colours."""
    picture = Image.new("RGB", (side, 2 * side), "white")
    points = [(20, 30), (side - 20, 30), (side // 2, 2 * side - 40)]
    ImageDraw.Draw(picture).line(points, fill=(20, 20, 160), width=14)
    return picture


def saved(folder, name, picture=None, **how):
    folder.mkdir(exist_ok=True)
    (picture or seven()).save(folder / name, **how)
    return folder / name


def read(path):
    return read_own_pictures([path], ANY).drawings[0].image


def off(one, other):
    return np.abs(one.astype(int) - other).mean()


@pytest.fixture
def expected():
    return image_form(np.asarray(seven().convert("RGBA")), SIZE)


@pytest.mark.parametrize(
    "name", ["a.png", "a.jpg", "a.bmp", "a.gif", "a.webp", "a.tif", "a.ppm", "no suffix.txt"]
)
def test_a_drawing_is_the_same_from_any_kind_of_file(tmp_path, expected, name):
    kind = {"t": "TIFF", "txt": "PNG"}.get(name.split(".")[-1])
    path = saved(tmp_path, name, format=kind)
    assert off(read(path), expected) < 3


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "I;16"])
def test_a_drawing_is_the_same_in_any_mode(tmp_path, expected, mode):
    if mode == "I;16":
        picture = Image.fromarray(np.asarray(seven().convert("L")).astype(np.uint16) * 257)
    else:
        picture = seven().convert(mode)
    assert off(read(saved(tmp_path, "a.tif", picture)), expected) < 3


def test_a_photo_that_lies_on_its_side_stands_up(tmp_path, expected):
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: to be turned clockwise
    lying = seven().transpose(Image.Transpose.ROTATE_90)
    assert (read(saved(tmp_path, "a.png", lying, exif=exif)) == expected).all()


def test_of_an_animation_the_first_picture_counts(tmp_path, expected):
    other = Image.new("RGB", (120, 240), "white")
    path = saved(tmp_path, "a.gif", save_all=True, append_images=[other, other])
    assert off(read(path), expected) < 3


BROKEN = [
    (b"", "expected a PNG, JPEG"),
    (b"only words", "expected a PNG, JPEG"),
    (png_header(9, 9), "it is broken"),
    (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "expected a PNG, JPEG"),
    (png_header(8193, 8192), "at most 67,108,864 pixels and 65,535 on a side, got 8193x8192"),
    (png_header(10_000, 10_000), "got 10000x10000"),
    (png_header(2**31 - 1, 2**31 - 1), "at most 67,108,864 pixels"),
    (png_header(65_536, 1), "got 65536x1"),
]


@pytest.mark.parametrize(("data", "message"), BROKEN, ids=range(len(BROKEN)))
def test_a_file_that_is_no_good_picture_is_named_in_one_line(tmp_path, data, message):
    path = tmp_path / "bad.png"
    path.write_bytes(data)
    with pytest.raises(DataError) as caught:
        read(path)
    assert str(caught.value).startswith(f"cannot use the picture {path}: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_a_missing_file_and_a_blank_picture_are_named(tmp_path):
    blank = saved(tmp_path, "blank.png", Image.new("RGB", (1, 1)))
    for path, message in [
        (tmp_path, "expected a file, got a folder"),
        (tmp_path / "none.png", "No such file"),
        (blank, "got one flat colour"),
    ]:
        with pytest.raises(DataError, match=message) as caught:
            read(path)
        assert str(path) in str(caught.value)


def test_pictures_of_a_folder_come_by_name_with_numbers_by_value(tmp_path):
    for name in ("10.png", "9b.PNG", "9a.jpg", "B.gif", "a.bmp", "2.png", "desktop.ini", ".x.png"):
        (tmp_path / name).touch()
    (tmp_path / "folder.png").mkdir()
    found = [path.name for path in find_pictures(tmp_path)]
    assert found == ["2.png", "9a.jpg", "9b.PNG", "10.png", "a.bmp", "B.gif"]


def test_a_folder_without_pictures_is_refused(tmp_path):
    (tmp_path / "notes.txt").touch()
    with pytest.raises(DataError, match=r"no pictures in .*end in \.png.*got 1 of other kinds"):
        find_pictures(tmp_path)
    with pytest.raises(DataError, match=r"cannot read .*none"):
        find_pictures(tmp_path / "none")


@pytest.fixture
def folder(tmp_path):
    for number, angle in ((1, 0), (2, 4), (10, -4)):
        saved(tmp_path / "mine", f"{number}.png", seven().rotate(angle, fillcolor="white"))
    (tmp_path / "mine" / "Thumbs.db").touch()
    return tmp_path / "mine"


@pytest.fixture
def moments(folder, trained, digits):
    pictures = read_own_pictures(find_pictures(folder), digits)
    return Moments(shown_of_own(pictures, trained.model), 4)


def scenes_of(digits, trained, moments, size, theme):
    composer = composer_of(digits, trained.model, mnistviz.PictureConfig(size, theme))
    return [composer.scene(moment) for moment in moments]


@pytest.mark.parametrize("theme", sorted(THEMES))
@pytest.mark.parametrize("size", [(640, 360), (1280, 720), (360, 640)])
def test_the_picture_says_neither_right_nor_wrong(digits, trained, moments, size, theme):
    for scene in scenes_of(digits, trained, moments, size, theme):
        texts = " ".join(each.text for each in scene.changing if isinstance(each, Text))
        assert "predicted 7" in texts
        assert ".png" in texts
        for claim in ("true", "right", words.RIGHT, words.WRONG, " of "):
            assert claim not in texts
        colours = {each.colour for each in scene.elements if isinstance(each, (Rectangle, Text))}
        accents = THEMES[theme].accents
        assert not colours & {accents.true, accents.wrong}
        ink = [each for each in scene.changing if isinstance(each, Rectangle)]
        assert THEMES[theme].ink in {each.colour for each in ink}


def test_painter_and_matplotlib_draw_it_alike(digits, trained, moments):
    scenes = scenes_of(digits, trained, moments, (640, 360), "light")
    painter = Painter(scenes[0])
    for scene in scenes[:6]:
        painted = Decoded(painter.paint(scene).copy(), (640, 360))
    assert_alike(painted, converted(rasterise(scene)), scene)


def test_an_image_that_scores_higher_than_any_test_image_stays_in_its_row(digits, trained):
    model = trained.model
    composer = composer_of(digits, model, SMALL)
    best = np.where(model.weights[:, 3] > 0, 255, 0).astype(np.uint8).reshape(1, *SIZE)
    moments = Moments(shown_of_own(OwnPictures((Drawing(best[0], "a"),)), model))
    scene = composer.scene(moments.image(0))
    assert moments.image(0).logits.max() > composer.scales.high
    room = composer.layout.lanes[3].bar.room
    bars = [
        each
        for each in scene.changing
        if isinstance(each, Rectangle) and room.x < each.x < room.x + room.width
    ]
    assert min(each.y for each in bars if each.y > composer.layout.lanes[3].cells[2][1]) >= room.y


def test_a_film_of_own_images_shows_all_of_them_and_says_what_is_predicted(
    digits, trained, folder, tmp_path
):
    how = {"picture": SMALL, "images": folder}
    half = mnistviz.Timing(seconds_per_image=0.5)
    done = mnistviz.render(digits, trained, tmp_path / "v.mp4", timing=half, **how)
    assert (done.images, done.right, done.seconds) == (3, None, 1.5)
    assert [own.image for own in done.predictions] == ["1.png", "2.png", "10.png"]
    for own in done.predictions:
        still = mnistviz.still(digits, folder / own.image, tmp_path / "f.png", trained, SMALL)
        assert still.prediction == own
        pixels = read(folder / own.image).reshape(1, -1) / np.float32(255)
        share = trained.model.probabilities(pixels)[0]
        assert own.predicted == str(share.argmax())
        assert own.probability == pytest.approx(share.max(), abs=1e-5)
    two = mnistviz.Selection(count=2)
    assert mnistviz.render(digits, trained, tmp_path / "v.gif", two, **how).images == 2


def test_still_and_render_say_what_is_predicted(tmp_path, folder, model_path):
    how = ("--model", model_path, "--size", "640x360", "--out")
    still = run("still", "--image", "mine/2.png", *how, "f.png", cwd=tmp_path)
    assert still.stderr == ""
    assert still.stdout.startswith("f.png: 2.png, predicted 7, ")
    film = run("render", "--images", "mine", *how, "v.mp4", cwd=tmp_path)
    first, *others = film.stdout.splitlines()
    assert first.startswith("v.mp4: 3 images, 7.200 s, 640x360, ")
    assert "right" not in first
    expected = [[f"{number}.png", "predicted 7"] for number in (1, 2, 10)]
    assert [line.split(", ")[:2] for line in others] == expected


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["still", "--image", "words.png"], 1, "words.png: expected a PNG, JPEG"),
        (["still"], 2, "which image? Give --index, a test image, or --image, a file"),
        (["still", "--index", "1", "--image", "words.png"], 2, "exclude each other"),
        (["render", "--images", "."], 1, "words.png: expected a PNG, JPEG"),
        (["render", "--images", "empty"], 1, "no pictures in empty: expected names that end in"),
        (["render", "--images", "words.png"], 1, "words.png: Not a directory"),
        (["render", "--images", ".", "--count", "2"], 2, "at most 1, the pictures in . (got 2)"),
        (["render", "--images", "empty", "--data", "./none"], 1, "no pictures in empty"),
        (["still", "--image", "words.png", "--data", "./none"], 1, "expected a PNG, JPEG"),
    ],
)
def test_what_cannot_be_shown_is_found_before_any_training(tmp_path, arguments, status, message):
    (tmp_path / "empty").mkdir()
    (tmp_path / "words.png").write_text("no picture")
    out = {"still": "f.png", "render": "v.mp4"}[arguments[0]]
    assert_refused(run(*arguments, "--out", out, cwd=tmp_path), message, status=status)
    assert not (tmp_path / out).exists()


@pytest.mark.parametrize(
    "characters",
    [
        "\0\a\b\t\n\x1b\x7f\x9b",
        "\u2028\u2029",
        "\u202a\u202b\u202c\u202d\u202e",
        "\u2066\u2067\u2068\u2069",
        "\ud800",
    ],
)
def test_no_character_of_a_name_moves_or_turns_what_follows(characters):
    assert harmless(characters) == "\ufffd" * len(characters)


def test_a_name_is_data_and_cannot_control_or_fill_the_picture():
    shown = harmless("a\x1b[31m\n\u202eb$x^2$<b>日.png")
    assert shown == "a�[31m��b$x^2$<b>日.png"

    def fits(text):
        return text_width(text, False) <= 8

    assert cut_in_middle("short.png", fits) == "short.png"
    long = cut_in_middle("IMG_20231122_101112_0001.jpg", fits)
    assert fits(long)
    assert long.startswith("IMG_")
    assert long.endswith(".jpg")
    assert "…" in long
    assert cut_in_middle("abc", lambda text: False) == "…"
