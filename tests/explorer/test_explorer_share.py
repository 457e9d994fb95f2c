"""What the explorer shows can be saved as a picture, and copied as a link or a command."""

import base64
import io
import re
import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image, ImageColor

import mnistviz
from explorers import draw, random_set, text, until, write_explorer
from mnistviz.config import PageConfig, Selection, Wording
from mnistviz.datasets.own_pictures import read_own_pictures
from mnistviz.datasets.source import Source
from mnistviz.explorer.command import command_of
from mnistviz.model.train import ModelFile, logits_of

SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
SEVEN = ((0.3, 0.25), (0.7, 0.25), (0.45, 0.8))
HOSTILE = ("it's", '$(touch a) "b"', "`touch a`; touch a", "<b>&amp;", "a\\", "--flip", "שלום",
           "!!", "> a", "~ *")  # fmt: skip


BUTTONS = {
    "Save as PNG": "save-png",
    "Save as SVG": "save-svg",
    "Save the drawing": "save-drawing",
    "Copy the link": "copy-link",
    "Copy the command": "copy-command",
}


def opened(page, label):
    """Return a button of the panel, which is opened; in another language too."""
    if not page.locator("#share[open]").count():
        page.locator("#share summary").click()
    return page.locator(f"#{BUTTONS[label]}")


def saved(page, label):
    """Press a button that saves a file; return its name and its content."""
    button = opened(page, label)
    with page.expect_download() as download:
        button.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def copied(page, label):
    """Press a button that copies a text; return the text."""
    opened(page, label).click()
    page.locator("#copied").wait_for()
    return page.locator("#copied").input_value()


def executed(text, folder):
    """Run a command that was copied in a shell, in a folder; return what it prints."""
    shell = f'mnistviz() {{ {shlex.quote(sys.executable)} -m mnistviz "$@"; }}\n{text}'
    done = subprocess.run(
        ["sh", "-c", shell], cwd=folder, capture_output=True, encoding="utf-8", timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def levels_of(image):
    """Return the levels of an image in an SVG."""
    content = base64.b64decode(image.get(f"{XLINK}href").partition(",")[2])
    return np.array(Image.open(io.BytesIO(content)).convert("L"))


def bars_of(root):
    """Return top and height of each bar, and where its middle is."""
    bars = (bar for bar in root.iter(f"{SVG}rect") if bar.get("class") == "bar")
    rows = [[float(bar.get(side)) for side in ("x", "y", "width", "height")] for bar in bars]
    x, y, width, height = np.array(rows).T
    return y, height, x + width / 2


def test_a_picture_of_a_view_has_its_bars_frames_pixels_and_words(visit, digits, trained):
    page = visit(link="#image=8")
    (svg_name, svg), (png_name, png) = (saved(page, f"Save as {kind}") for kind in ("SVG", "PNG"))
    assert (svg_name, png_name) == ("mnistviz-8.svg", "mnistviz-8.png")
    assert text(page, "#shared") == "mnistviz-8.png saved."
    root, picture = ElementTree.fromstring(svg), Image.open(io.BytesIO(png)).convert("RGB")
    assert picture.size == (int(root.get("width")), int(root.get("height")))
    assert picture.width >= 1920
    model = trained.fitted(digits.classes, (28, 28))
    logits = logits_of(model, digits.test.images[8:9])[0]
    y, height, middle = bars_of(root)
    assert height / height.max() == pytest.approx(np.abs(logits) / np.abs(logits).max(), abs=1e-3)
    zero = np.where(logits > 0, y + height, y)
    assert zero == pytest.approx([zero[0]] * 10, abs=0.01)
    lines = [it.get("y1") for it in root.iter(f"{SVG}line") if it.get("stroke-linecap")]
    assert [float(line) for line in lines] == pytest.approx([y[6]] * 9, abs=0.01)

    def colour(name):
        css = f"getComputedStyle(document.documentElement).getPropertyValue('--{name}')"
        return ImageColor.getrgb(page.evaluate(css).strip())

    inks = dict.fromkeys(range(10), colour("bar")) | {5: colour("true"), 6: colour("wrong")}
    for label in np.flatnonzero(np.abs(logits) > 1).tolist():
        free = -4 if logits[label] > 0 else height[label] + 4
        for at, ink in ((height[label] / 2, inks[label]), (free, colour("background"))):
            place = round(middle[label] - 50), round(y[label] + at)  # beside the number
            assert picture.getpixel(place) == ink, label
    frames = [it for it in root.iter(f"{SVG}rect") if it.get("class") == "frame"]
    for frame, ink in zip(frames, ("true", "wrong"), strict=True):
        left, top = float(frame.get("x")), float(frame.get("y"))
        assert picture.getpixel((round(left) + 1, round(top) + 5)) == colour(ink)
    images = list(root.iter(f"{SVG}image"))
    assert len(images) == 3 * 10 + 1  # and the legend
    assert {image.get("image-rendering") for image in images} == {"pixelated"}
    assert np.array_equal(levels_of(images[0]), digits.test.images[8])
    k = round(float(images[0].get("width")) / 28)
    left, top = (round(float(images[0].get(side))) for side in "xy")
    grey = np.array(picture.convert("L"))[top + k // 2 :: k, left + k // 2 :: k][1:27, 1:27]
    assert np.array_equal(grey, digits.test.images[8][1:27, 1:27])  # within its frame
    said = ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]
    assert said[:2] == ["image 8 of 10,000", "✗\u2002predicted 6\u2002>99.9 %\u2002true 5"]
    assert {*"0123456789", "weights", "+15.3", text(page, "#facts"), "against", "for"} <= {*said}


@pytest.mark.parametrize(
    "classes", [(*HOSTILE, "\x07 \u202e"), tuple(f"name {'x' * 90} {at}" for at in range(26))]
)
def test_a_picture_has_names_as_text_with_room_whatever_they_are(visit, tmp_path, classes):
    page = visit(write_explorer(tmp_path, (8, 8), classes, PageConfig(title="</svg><b>")))
    root = ElementTree.fromstring(saved(page, "Save as SVG")[1])
    shapes = {each.tag.removeprefix(SVG) for each in root.iter()}
    assert shapes <= {
        *["svg", "title", "desc", "g", "rect", "line", "polygon", "image", "text", "tspan"]
    }
    names = [each.find(f"{SVG}title").text for each in root.iter(f"{SVG}g") if each.get("class")]
    assert names == [re.sub("\x07", "\ufffd", name) for name in classes]
    page.evaluate("""text => {
        const svg = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
        document.body.replaceChildren(document.importNode(svg, true));
    }""", ElementTree.tostring(root, "unicode"))  # fmt: skip
    wide = page.evaluate("[...document.querySelectorAll('text')].map((it) => it.getBBox())\n"
                         ".filter(({x, width}) => x < 0 || x + width > 1920).length")  # fmt: skip
    assert wide == 0


def test_the_command_of_a_test_image_runs_and_says_what_the_page_says(visit, digits, model_path):
    out = model_path.parent / "explorer.html"
    mnistviz.explore(digits, model_path, out, Selection(indices=(8,)))
    page = visit(out, color_scheme="light")
    command = copied(page, "Copy the command")
    assert command == (
        "mnistviz still --index 8 --out mnistviz-8.png --model model.npz --theme light"
    )
    assert text(page, "#shared").endswith("It reads model.npz, in the folder in which you run it.")
    assert "predicted 6" in text(page, "#verdict")
    assert executed(command, model_path.parent).startswith(
        "mnistviz-8.png: digit 8, predicted 6, >99.9 %, true 5"
    )


def test_a_command_holds_whatever_a_title_and_names_hold(visit, small_digits, tmp_path):
    data = tmp_path / "it's a $(touch a) set"
    data.mkdir()
    for file in small_digits.iterdir():
        (data / file.name).write_bytes(file.read_bytes())
    (data / "classes.txt").write_text("\n".join(HOSTILE), "utf-8")
    model = mnistviz.train(mnistviz.load(data), tmp_path / "-model '.npz")
    title = '-- "it\'s" $HOME `touch a` \\ !x'
    page = PageConfig(title=title, weights="diverging", theme="light", palette="blue-orange")
    out = tmp_path / "explorer.html"
    mnistviz.explore(data, tmp_path / "-model '.npz", out, page=page, wording=Wording("he"))
    command = copied(visit(out, "#image=3&class=1&against=5"), "Copy the command")
    arguments = shlex.split(command)
    assert arguments[:8] == [
        *("mnistviz", "still", "--index", "3", "--why", f"{HOSTILE[1]},{HOSTILE[5]}"),
        *("--out", "mnistviz-3.png"),
    ]
    printed = executed(command, tmp_path)
    predicted = visit(out, "#image=3").evaluate("facts.classes[view.predicted]")
    assert f"predicted {predicted}" in printed
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(
        (data.name, "-model '.npz", "explorer.html", "mnistviz-3.png")
    )
    assert model is not None


ASKED = {
    "#image=8": "--index 8 --out mnistviz-8.png",
    "#image=8&class=6&against=5": "--index 8 --why 6,5 --out mnistviz-8.png",
    "#image=8&against=none": "--index 8 --out mnistviz-8.png",
    "#image=8&draw=f": "--index 8 --flip --out mnistviz-8-changed.png",
    "#image=8&draw=f&class=5": "--index 8 --flip --out mnistviz-8-changed.png",
    "#image=8&draw=f.f": "--index 8 --out mnistviz-8-changed.png",
    "#draw=b0a22226262": "--image drawing.png --out mnistviz-drawing.png",
    "#draw=b0a22226262.f": "--image drawing.png --flip --out mnistviz-drawing.png",
}


def test_a_command_asks_what_the_page_shows(visit):
    page = visit()
    for link, said in ASKED.items():
        page.evaluate(f"open('{link}')")
        assert page.evaluate("commandOf().text") == f"mnistviz still {said} --model model.npz"
        assert page.evaluate("commandOf().exact") == ("f.f" not in link)


def test_a_drawing_is_saved_so_that_the_command_line_makes_the_same_image(visit, digits, tmp_path):
    page = visit(link="#draw=")
    for points in (SEVEN, ((0.0, 0.45), (0.6, 0.5))):  # to the very edge of the pad
        draw(page, *points)
        name, picture = saved(page, "Save the drawing")
        assert name == "drawing.png"
        (tmp_path / name).write_bytes(picture)
        (drawing,) = read_own_pictures([tmp_path / name], digits).drawings
        assert page.evaluate("[...sheet.levels]") == drawing.image.ravel().tolist()
        assert drawing.doubts == ()


def test_the_command_of_a_drawing_runs_on_the_saved_drawing(visit, digits, model_path, tmp_path):
    mnistviz.explore(digits, model_path, tmp_path / "page.html", Selection(indices=(8,)))
    (tmp_path / "model.npz").write_bytes(model_path.read_bytes())
    page = visit(tmp_path / "page.html", "#draw=")
    draw(page, *SEVEN)
    (tmp_path / "drawing.png").write_bytes(saved(page, "Save the drawing")[1])
    printed = executed(copied(page, "Copy the command"), tmp_path)
    share = text(page, "#verdict").split("\n")[1]
    assert text(page, "#shared").endswith(
        "It reads drawing.png, model.npz, in the folder in which you run it."
    )
    assert printed.startswith(f"mnistviz-drawing.png: drawing.png, predicted 7, {share}")


def test_a_link_is_copied_and_what_was_said_goes_with_the_view(visit):
    page = visit(link="#image=9")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Next").click()
    assert copied(page, "Copy the link") == page.url
    assert page.url.endswith("#image=10")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    assert page.get_by_role("status").filter(has_text="Link copied.").is_visible()
    low = page.evaluate("""[...document.querySelectorAll('#share summary, #share button')]
        .filter((it) => it.clientHeight && it.getBoundingClientRect().height < 44).length""")
    assert low == 0
    page.get_by_role("button", name="Next").click()
    until(page, "!byId('shared').textContent && byId('copied').hidden")


def test_a_frame_that_forbids_to_copy_and_to_save_says_so_and_shows_it(window, explorer, tmp_path):
    around = tmp_path / "around.html"
    around.write_text(f'<iframe src="{explorer.as_uri()}#image=8" sandbox="allow-scripts" '
                      'width="1000" height="900"></iframe>')  # fmt: skip
    page = window.new_page()  # whose console tells of what is forbidden
    page.goto(around.as_uri())
    frame = page.frame_locator("iframe")
    frame.get_by_text("Save or share").click()
    frame.get_by_role("button", name="Copy the command").click()
    frame.get_by_text("The browser does not let this page copy: copy the text below.").wait_for()
    field = frame.get_by_label("Text to copy")
    selected = field.evaluate("it => it.value.slice(it.selectionStart, it.selectionEnd)")
    assert selected.startswith("mnistviz still --index 8 ")
    assert field.evaluate("it => it === document.activeElement")
    frame.get_by_role("button", name="Save as PNG").click()
    frame.get_by_role("img", name="mnistviz-8.png").wait_for()
    assert "save the picture below" in frame.locator("#shared").inner_text()
    page.close()


def test_a_page_of_blank_paper_has_no_command_and_no_drawing_to_save(visit):
    page = visit(link="#draw=")
    page.get_by_text("Save or share").click()
    page.get_by_role("button", name="Copy the command").click()
    assert text(page, "#shared") == "Draw something first."
    assert page.get_by_role("button", name="Save the drawing").is_hidden()


def test_what_blends_comes_to_rest_before_it_is_saved(visit, digits):
    page = visit(link="#image=9", reduced_motion="no-preference")
    with page.expect_download() as download:
        page.evaluate("byId('next').click(), byId('save-svg').click()")
    assert download.value.suggested_filename == "mnistviz-10.svg"
    image = next(ElementTree.parse(download.value.path()).iter(f"{SVG}image"))
    assert np.array_equal(levels_of(image), digits.test.images[10])


def test_a_command_names_model_data_and_looks_but_no_folder(digits, tmp_path):
    def of(data="mnist", model=None, page=PageConfig(), wording=Wording(), dataset=digits):
        found = command_of(data, model, dataset, page, wording)
        return shlex.join(found["arguments"]), found["files"]

    assert of() == of(digits) == ("", [])
    assert of("fashion") == ("--data fashion", [])
    assert of(Path("x/fashion")) == ("--data ./fashion", ["fashion"])
    assert of(tmp_path, str(tmp_path / "m.npz")) == (
        f"--model m.npz --data {tmp_path.name}",
        ["m.npz", tmp_path.name],
    )
    scaled = ModelFile("a/w.npz", 255.0, Path("b/shift.npy"), "columns", ("1", "0"), "svm")
    assert of(model=scaled) == (
        "--model w.npz --input-scale 255.0 --input-shift shift.npy --pixel-order columns "
        "--class-order 1,0 --kind svm",
        ["w.npz", "shift.npy"],
    )
    wanted = Source("a.csv", None, (8, 9), False, 0.25, ("a", "b,c"))
    assert of(wanted)[0] == (
        "--data a.csv --image-size 8x9 --no-invert --test-share 0.25 --keep a --keep b,c"
    )
    random, model = random_set((8, 8), 3)
    assert of(random, model, dataset=random) == (
        "--model model.npz --data random",
        ["model.npz", "random"],
    )
    page, wording = (
        PageConfig("dark", "blue-orange", "effect", "linear", "A b"),
        Wording("de", "w.po"),
    )
    assert of(page=page, wording=wording) == (
        "--palette blue-orange --weights effect --contrast linear --title 'A b' --language de "
        "--words w.po",
        ["w.po"],
    )


def test_a_picture_in_a_language_from_right_to_left_is_mirrored_but_its_columns_are_not(
    visit, tmp_path
):
    data, model = random_set((8, 8), ("ראשון", "second", "third"))
    mnistviz.explore(data, model, tmp_path / "he.html", wording=Wording("he"))
    page = visit(tmp_path / "he.html")
    root = ElementTree.fromstring(saved(page, "Save as SVG")[1])
    assert root.get("direction") == "rtl"
    _, _, middle = bars_of(root)
    assert sorted(middle) == middle.tolist()
    boxes = page.evaluate("""text => {
        const svg = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
        document.body.replaceChildren(document.importNode(svg, true));
        return [...document.querySelectorAll('svg > text, svg > g:not(.column)')].map((it) => {
            const { x, width } = it.getBBox();
            return [x, x + width];
        });
    }""", ElementTree.tostring(root, "unicode"))  # fmt: skip
    position, verdict, labels, footer, *_ = boxes
    assert (position[1], verdict[0], footer[1]) == pytest.approx((1860, 60, 1860), abs=5)
    assert labels[0] > max(middle)
