"""Pictures that are opened, dropped or pasted become the images that the command line makes."""

import base64
import io
import warnings

import numpy as np
import pytest
from PIL import Image

from explorers import draw, tab_to, text, until, write_explorer
from mnistviz.datasets.mnist_form import form_of_ink
from mnistviz.datasets.own_pictures import read_own_pictures
from mnistviz.datasets.photo import find_drawings
from mnistviz.errors import DataError, DataWarning
from photos import KINDS, STRENGTHS, photo

LEVELS = "[...sheet.levels]"
KEPT = "kept.map(({ levels }) => [...levels])"


def page_of(digits, places, size=(180, 520), ink=200, scale=4):
    """Return a page (height, width) with test digits at these places, dark on light."""
    page = np.full(size, 235.0)
    for index, (y, x) in enumerate(places):
        digit = np.kron(digits.test.images[index], np.ones((scale, scale))) / 255
        page[y : y + 28 * scale, x : x + 28 * scale] -= ink * digit
    return page


def encoded(picture, kind="PNG", **how):
    if isinstance(picture, np.ndarray):
        picture = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))
    file = io.BytesIO()
    picture.save(file, kind, **how)
    return file.getvalue()


def open_files(page, *files):
    """Open files, each a name and its bytes, with the page's button, and wait until it is done."""
    payload = [{"name": name, "mimeType": "", "buffer": content} for name, content in files]
    page.locator("#open").set_input_files(payload)
    until_read(page)


def until_read(page):
    until(page, "!document.getElementById('complaint').textContent.startsWith('Reading')")


def by_the_command_line(folder, dataset, name, content):
    """Return the images that the command line makes of a picture, and its warnings."""
    (folder / name).write_bytes(content)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", DataWarning)
        own = read_own_pictures([folder / name], dataset)
    images = [drawing.image.ravel().tolist() for drawing in own.drawings]
    return images, [str(each.message).removeprefix(f"{name}: ") for each in caught]


def files_of(digits):
    """Return a drawing as files of every kind that browsers open."""
    grey = Image.fromarray(page_of(digits, [(20, 30)], (160, 170)).astype(np.uint8))
    smooth = grey.resize((340, 320), Image.Resampling.BICUBIC)
    random = np.random.default_rng(1)
    opacity = random.integers(0, 256, grey.size[::-1], dtype=np.uint8)
    opacity[np.asarray(grey) == 235] //= 8  # so that the paper is seen through, and all but white
    tinted = np.dstack([np.asarray(grey), np.asarray(grey) // 2, np.asarray(grey) // 3])
    turned = Image.Exif()
    turned[0x0112] = 6
    deep = np.asarray(grey).astype(np.uint16) * 256 + random.integers(0, 256, grey.size[::-1])
    halves = random.integers(0, 120, (200_000, 3))
    # Colours whose grey lies between two levels.
    halves = halves[halves @ (77, 150, 29) % 256 == 128][:400].reshape(20, 20, 3)
    halves = np.pad(halves, ((4, 4), (4, 4), (0, 0)), constant_values=255)
    return {
        "grey.png": encoded(grey),
        "halves.png": encoded(halves),
        "colours.png": encoded(tinted),
        "opacity.png": encoded(np.kron(np.dstack([tinted, opacity]), np.ones((3, 3, 1)))),
        "grey opacity.png": encoded(np.dstack([np.asarray(grey), opacity])),
        "palette.png": encoded(grey.quantize(16), transparency=0),
        "16 bits.png": encoded(Image.fromarray(deep.astype(np.uint16))),
        "1 bit.png": encoded(grey.convert("1", dither=0)),
        "photo.jpg": encoded(smooth, "JPEG", quality=80),
        "colours.jpg": encoded(Image.fromarray(tinted), "JPEG", quality=70),
        "turned.jpg": encoded(smooth, "JPEG", exif=turned),
        "lossy.webp": encoded(smooth.convert("RGB"), "WEBP", quality=70),
        "opacity.webp": encoded(np.dstack([tinted, opacity]), "WEBP", lossless=True, exact=True),
        "a.gif": encoded(grey, "GIF"),
        "a.bmp": encoded(grey.convert("RGB"), "BMP"),
    }


def test_a_file_of_any_kind_opens_as_the_image_of_the_command_line_to_the_byte(
    visit, digits, tmp_path
):
    page = visit()
    for name, content in files_of(digits).items():
        open_files(page, (name, content))
        (image,), _ = by_the_command_line(tmp_path, digits, name, content)
        assert page.evaluate(LEVELS) == image, name
        assert text(page, "#position") == "your picture", name


def test_a_photo_in_bad_light_opens_as_the_images_of_the_command_line_to_the_byte(
    visit, digits, tmp_path
):
    page = visit()
    dice = np.random.default_rng(3)
    for at, kind in enumerate(KINDS):
        content = photo(digits.test.images[at], kind, STRENGTHS[at % 3], dice)
        open_files(page, ("photo.jpg", content))
        images, doubts = by_the_command_line(tmp_path, digits, "photo.jpg", content)
        assert page.evaluate(LEVELS) == images[0], kind
        assert len(images) > 1 or text(page, "#complaint").split("\n") == (doubts or [""]), kind


def test_each_digit_of_a_page_goes_to_the_tray_and_the_first_is_shown(visit, digits, tmp_path):
    page = visit()
    places = [(20, 30), (40, 200), (25, 380), (200, 40), (220, 230), (210, 400), (390, 200)]
    lit = page_of(digits, places, (530, 540))
    lit[:, 260:] *= 0.6
    images, _ = by_the_command_line(tmp_path, digits, "page.png", encoded(lit))
    assert len(images) == 7
    open_files(page, ("page.png", encoded(lit)))
    assert page.evaluate(LEVELS) == images[0]
    assert page.evaluate(KEPT) == images[:6]
    assert text(page, "#complaint").split("\n") == [
        "7 drawings found. This is the first; the tray has them line by line.",
        "The tray has room for the first 6.",
    ]
    page.get_by_role("button", name="Back to a drawing: It says 2").click()
    assert page.evaluate(LEVELS) == images[1]


def test_several_files_open_together_and_one_that_cannot_be_used_is_named(visit, digits, tmp_path):
    page = visit()
    one, other = (encoded(page_of(digits, [(20, x)], (160, 240))) for x in (20, 90))
    open_files(page, ("a.png", one), ("b.png", b"no picture"), ("c.png", other))
    assert text(page, "#complaint").split("\n") == [
        "2 drawings found. This is the first; the tray has them line by line.",
        "The picture b.png cannot be used. Expected a PNG, JPEG, GIF, BMP or WebP picture, got "
        "another kind, or a broken one.",
    ]


def random_page(digits, random):
    """Return a page of test digits in any size, dark or light, in even light or not, with noise."""
    height, width = random.integers(40, 460, 2)
    page = np.full((height, width), float(random.integers(60, 255)))
    for index in random.integers(0, 10_000, random.integers(0, 6)):
        scale = int(random.integers(1, 5))
        digit = np.kron(digits.test.images[index], np.ones((scale, scale))) / 255
        y, x = random.integers(0, (height - 20, width - 20))
        part = digit[: height - y, : width - x]
        page[y : y + len(part), x : x + part.shape[1]] += random.choice((-150, -60, 60, 150)) * part
    page *= np.linspace(1, random.choice((1, 0.8, 0.5)), width)
    return np.clip(page + random.normal(0, random.choice((0, 0, 3)), page.shape), 0, 255)


def random_bars(digits, random):
    """Return bars on even paper, near each other and far, of one digit and of several."""
    page = np.full((160, 200), 230)
    for _ in range(random.integers(2, 7)):
        y, x = random.integers(10, (90, 180))
        page[y : y + random.integers(8, 60), x : x + random.integers(5, 12)] = 40
    return page


def random_waves(digits, random):
    """Return waves of grey, sharp or soft, of which it is hard to say what is drawn."""
    y, x = np.mgrid[0 : random.integers(30, 200), 0 : random.integers(30, 200)]
    waves = np.sin(y / random.uniform(3, 30)) * np.cos(x / random.uniform(3, 30))
    if random.random() < 0.5:  # that end before the border
        waves *= np.sin(np.pi * y / y.max()) * np.sin(np.pi * x / x.max())
    return np.clip(128 + random.choice((60, 100, 400)) * waves, 0, 255)


def test_random_pictures_give_the_images_and_the_doubts_of_python_to_the_byte(visit, digits):
    page = visit()
    random = np.random.default_rng(11)
    for at in range(42):
        kind = (random_page, random_bars, random_waves)[at % 3]
        grey = kind(digits, random).astype(np.uint8)
        found = page.evaluate(
            """([text, height, width]) => {
                const found = atOnce(drawingsIn({ levels: bytes(text), height, width }));
                return typeof found === 'string' ? null :
                  { ...found, images: found.images.map((image) => [...image]) };
            }""",
            [base64.b64encode(grey.tobytes()).decode(), *grey.shape],
        )
        try:
            expected = find_drawings(np.dstack([grey, grey, grey, np.full_like(grey, 255)]))
        except DataError:
            assert found is None, at
            continue
        images = [form_of_ink(ink, (28, 28)).ravel().tolist() for ink in expected.inks]
        doubts = [doubt.message.format(number=doubt.number) for doubt in expected.doubts]
        assert found == {"images": images, "doubts": doubts}, at


def test_levels_of_light_round_halves_as_numpy_does(visit):
    shares = [-0.1, 0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.2]  # most are halves of a level
    expected = np.rint(255 * np.clip(shares, 0, 1)).tolist()
    assert visit().evaluate("shares => shares.map(levelOf)", shares) == expected


FLAT = np.full((60, 60), 200)
FAINT = np.pad(np.full((20, 20), 190), 20, constant_values=200)
HALF = np.pad(np.hstack([np.full((20, 10), 28), np.full((20, 10), 228)]), 20, constant_values=128)


@pytest.mark.parametrize(
    ("picture", "reason"),
    [
        (FLAT, "Nothing is drawn."),
        (FAINT, "The drawing does not stand out."),
        (HALF, "Half is light and half dark: which is the drawing?"),
    ],
)
def test_a_picture_that_cannot_be_used_is_explained_and_what_is_shown_stays(
    visit, digits, tmp_path, picture, reason
):
    page = visit(link="#image=9")
    with pytest.raises(DataError):
        by_the_command_line(tmp_path, digits, "mine.png", encoded(picture))
    open_files(page, ("mine.png", encoded(picture)))
    assert text(page, "#complaint") == f"The picture mine.png cannot be used. {reason}"
    assert text(page, "#position") == "image 9 of 10,000"
    colours = [f"getComputedStyle({part}).color" for part in ("byId('complaint')", "document.body")]
    assert page.evaluate(colours[0]) == page.evaluate(colours[1])
    button, said = (page.locator(part).bounding_box() for part in ("#opener", "#complaint"))
    assert 0 < said["y"] - button["y"] - button["height"] < 16


def test_a_picture_of_too_many_pixels_is_refused(visit, digits):
    page = visit()
    assert page.evaluate("facts.form.mostPixels") == 2**26
    page.evaluate("facts.form.mostPixels = 160 * 170 - 1")
    open_files(page, ("mine.png", encoded(page_of(digits, [(20, 30)], (160, 170)))))
    assert text(page, "#complaint") == (
        "The picture mine.png cannot be used. Expected at most 27,199 pixels, got 170×160. "
        "Make it smaller."
    )


def test_an_opened_picture_can_be_drawn_on_flipped_undone_and_linked(visit, digits):
    page = visit(link="#image=9")
    before = page.evaluate(LEVELS)
    open_files(page, ("mine.png", encoded(page_of(digits, [(20, 30)], (160, 170)))))
    opened = page.evaluate(LEVELS)
    assert text(page, "#verdict").split("\n")[0] == "predicted 7"
    draw(page, (0.2, 0.6), (0.8, 0.6))
    assert text(page, "#position") == "your picture, changed"
    drawn = page.evaluate(LEVELS)
    page.get_by_role("button", name="Change its mind").click()
    changed = page.evaluate(LEVELS)
    until(page, "location.hash === '#' + addressOf()")
    link = page.evaluate("location.hash")
    assert len(link) < 600
    other = visit(link=link)
    assert other.evaluate(LEVELS) == changed
    page.locator("#next").click()
    assert page.locator("#tray button").count() == 1
    for levels in (changed, drawn, opened, before):
        page.get_by_role("button", name="Undo").click()
        assert page.evaluate(LEVELS) == levels
    assert text(page, "#position") == "image 9 of 10,000"
    until(page, "location.hash === '#image=9'")
    page.go_back()
    until(page, "view.place >= PLACES")
    assert page.evaluate(LEVELS) == changed


@pytest.mark.parametrize("own", ["", "A", "AAAA", "____", "!!!!", "_" * 9000])
def test_a_link_with_a_damaged_picture_says_so_and_shows_an_image(visit, own):
    page = visit(link=f"#own={own}&draw=f")
    message = "The link does not hold the whole of its picture. Here is another image."
    assert text(page, "#nothing") == message
    assert text(page, "#position") == "image 8 of 10,000"


def test_an_image_that_is_too_large_for_a_link_is_said_to_be(visit, tmp_path):
    page = visit(write_explorer(tmp_path, (128, 128), 2))
    rough = np.pad(np.random.default_rng(1).integers(0, 128, (200, 200)), 50, constant_values=255)
    open_files(page, ("mine.png", encoded(rough)))
    message = "The image is too large for a link: the address does not hold it."
    assert message in text(page, "#complaint").split("\n")
    until(page, "location.hash === '#own='")


def test_a_file_that_is_dropped_anywhere_opens_and_the_page_shows_that_it_can_be(
    visit, digits, tmp_path
):
    page = visit()
    path = tmp_path / "mine.png"
    path.write_bytes(encoded(page_of(digits, [(20, 30)], (160, 170))))
    (image,), _ = by_the_command_line(tmp_path, digits, path.name, path.read_bytes())
    mouse = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    cue = page.get_by_text("Drop the picture to open it")

    def drag(kind):
        event = {"type": kind, "x": 700, "y": 600, "data": data}
        mouse.send("Input.dispatchDragEvent", event)

    drag("dragEnter")
    cue.wait_for()
    cue.wait_for(state="hidden")  # it has left
    for kind in ("dragEnter", "dragOver", "drop"):
        drag(kind)
    until(page, "view.place >= PLACES")
    assert page.evaluate(LEVELS) == image
    assert cue.is_hidden()


def test_a_picture_that_is_pasted_opens_and_text_does_not(visit, digits, tmp_path):
    page = visit()
    content = encoded(page_of(digits, [(20, 30)], (160, 170)))
    paste = """([text, isPicture]) => {
        const clipboardData = new DataTransfer();
        if (isPicture) clipboardData.items.add(new File([bytes(text)], 'image.png'));
        else clipboardData.setData('text/plain', text);
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    }"""
    page.evaluate(paste, ["a text", False])
    assert text(page, "#complaint") == ""
    page.evaluate(paste, [base64.b64encode(content).decode(), True])
    until(page, "view.place >= PLACES")
    (image,), _ = by_the_command_line(tmp_path, digits, "image.png", content)
    assert page.evaluate(LEVELS) == image


def test_the_keyboard_opens_a_picture_and_undoes_it_and_a_label_names_the_field(visit, digits):
    page = visit()
    content = encoded(page_of(digits, [(20, 30)], (160, 170)))
    file = {"name": "mine.png", "mimeType": "image/png", "buffer": content}
    page.on("filechooser", lambda chooser: chooser.set_files([file]))
    tab_to(page, "open")
    assert page.get_by_label("Open a picture").evaluate("it => it === document.activeElement")
    assert page.locator("#opener").evaluate("it => getComputedStyle(it).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    until(page, "view.place >= PLACES")
    page.keyboard.press("Control+z")
    assert text(page, "#position") == "image 8 of 10,000"


def test_the_page_goes_on_while_a_large_picture_is_worked_on(visit):
    others = visit().evaluate(
        """async () => {
            const levels = new Uint8Array(2000 * 2000).fill(255).fill(0, 9e5, 11e5);
            let others = 0; // tasks; a timer is slow in a page that is out of sight
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => { others++; port2.postMessage(null); };
            port2.postMessage(null);
            await inSlices(drawingsIn({ levels, height: 2000, width: 2000 }));
            port1.close();
            return others;
        }"""
    )
    assert others > 3


def test_the_picture_that_is_opened_last_is_shown_though_it_is_read_first(visit, digits, tmp_path):
    page = visit()
    slow = encoded(np.kron(page_of(digits, [(20, 30)], (160, 170)), np.ones((9, 9))))
    quick = encoded(page_of(digits, [(9, 9), (20, 30)], (160, 170)))
    page.evaluate(
        """(texts) => Promise.all(
            texts.map((text) => openPictures([new File([bytes(text)], 'mine.png')]))
        )""",
        [base64.b64encode(content).decode() for content in (slow, quick)],
    )
    images, _ = by_the_command_line(tmp_path, digits, "quick.png", quick)
    assert page.evaluate(LEVELS) == images[0]
