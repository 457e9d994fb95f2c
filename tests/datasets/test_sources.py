"""Every format that people have images in: read, converted, and refused in a line."""

import gzip
import io
import json
import os
import struct
import unicodedata
import warnings
import zipfile
from pathlib import Path

import numpy as np
import pyarrow as arrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pyarrow import parquet

import mnistviz
from mnistviz.datasets.aside import aside
from mnistviz.datasets.convert import convert
from mnistviz.datasets.load import load
from mnistviz.errors import DataError, DataWarning, OptionError, OutputError
from refusing import refused

MNIST = Path(__file__).parents[2] / "data" / "mnist"
SIDE = 4


def some_set(classes=("0", "1", "2"), each=4, seed=0):
    """Return images of each class, (n, 4, 4), and labels; borders are black."""
    rng = np.random.default_rng(seed)
    images = np.zeros((each * len(classes), SIDE, SIDE), np.uint8)
    images[:, 1:3, 1:3] = rng.integers(60, 256, (len(images), 2, 2))
    images[0, 1, 1] = 255
    return images, np.arange(len(images)) % len(classes)


def png(image):
    buffer = io.BytesIO()
    Image.fromarray(image).save(buffer, "png")
    return buffer.getvalue()


# --- writers: each puts the parts of a set where `load` finds them, and returns the path


def to_npz(folder, parts, classes):
    path = folder / "own.npz"
    arrays = {}
    for part, (images, labels) in parts.items():
        arrays |= {f"x_{part}": images, f"y_{part}": np.array(classes)[labels]}
    np.savez_compressed(path, **arrays)
    return path


def to_npz_of_indices(folder, parts, classes):
    path, names = folder / "own.npz", {"train": "train_images", "test": "test_images"}
    arrays = {names[part]: images[:, None] / 255 for part, (images, _) in parts.items()}
    for part, (_, labels) in parts.items():
        arrays[f"{part}_labels"] = np.eye(len(classes))[labels]
    np.savez(path, **arrays, class_names=np.array(classes))
    return path


def rows(images, labels, classes, sign=",", quote="", end="\n", last=False):
    lines = []
    for image, label in zip(images, labels, strict=True):
        name = f'"{classes[label]}"' if quote or sign in classes[label] else classes[label]
        pixels = [f"{quote}{value}{quote}" for value in image.ravel()]
        lines.append(sign.join([*pixels, name] if last else [name, *pixels]) + end)
    return "".join(lines)


def to_csv(folder, parts, classes):
    header = ",".join(["label", *(f"pixel{place}" for place in range(SIDE * SIDE))]) + "\n"
    for part, (images, labels) in parts.items():
        (folder / f"{part}.csv").write_text(header + rows(images, labels, classes), "utf-8")
    return folder


def to_odd_csv(folder, parts, classes):
    """Write as Excel does elsewhere: semicolons, quotes, Windows' line ends, a mark, no header."""
    for part, (images, labels) in parts.items():
        text = rows(images, labels, classes, ";", '"', "\r\n", last=True)
        (folder / f"my_{part}.csv").write_text("\ufeff" + text, "utf-8", newline="")
    return folder


def to_packed_csv(folder, parts, classes):
    with zipfile.ZipFile(folder / "own.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for part, (images, labels) in parts.items():
            header = "\t".join([*(f"{n}x{n}" for n in range(SIDE * SIDE)), "class"]) + "\n"
            archive.writestr(
                f"own/{part}.csv", header + rows(images, labels, classes, "\t", last=True)
            )
    return folder / "own.zip"


def to_parquet(folder, parts, classes):
    features = {"info": {"features": {"label": {"names": list(classes), "_type": "ClassLabel"}}}}
    for part, (images, labels) in parts.items():
        middle = len(images) // 2
        for number, chosen in enumerate((slice(middle), slice(middle, None))):
            pictures = [{"bytes": png(image), "path": None} for image in images[chosen]]
            table = arrow.table({"image": pictures, "label": labels[chosen]})
            table = table.replace_schema_metadata({"huggingface": json.dumps(features)})
            parquet.write_table(table, folder / f"{part}-0000{number}-of-00002.parquet")
    return folder


def to_class_folders(folder, parts, classes):
    words = {"train": "train", "test": "val"}
    for part, (images, labels) in parts.items():
        for place, name in enumerate(classes):
            own = folder / words[part] / name
            own.mkdir(parents=True)
            for number in np.flatnonzero(labels == place):
                (own / f"{number}.png").write_bytes(png(images[number]))
            (own / "Thumbs.db").write_bytes(b"x")
            (own / ".DS_Store").write_bytes(b"x")
        (folder / words[part] / "desktop.ini").write_bytes(b"x")
    (folder / "__MACOSX").mkdir()
    return folder


WRITERS = (
    *(to_npz, to_npz_of_indices, to_csv, to_odd_csv, to_packed_csv, to_parquet, to_class_folders),
)


def by_class(split, classes):
    """Return the images of a split by the name of their class, in an order that does not matter."""
    return {
        name: sorted(image.tobytes() for image in split.images[split.labels == place])
        for place, name in enumerate(classes)
    }


@pytest.mark.parametrize("write", WRITERS)
def test_a_set_is_the_same_whatever_its_format(tmp_path, write):
    classes = ("ankle boot", "bag, small", "コート")
    parts = {"train": some_set(classes, 4, seed=1), "test": some_set(classes, 2, seed=2)}
    data = load(write(tmp_path, parts, classes))
    assert sorted(data.classes) == sorted(classes)
    for split, (images, labels) in ((data.train, parts["train"]), (data.test, parts["test"])):
        assert split.images.dtype == np.uint8
        assert by_class(split, data.classes) == {
            name: sorted(image.tobytes() for image in images[labels == place])
            for place, name in enumerate(classes)
        }


NAMES = (
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=6)
    .map(lambda name: unicodedata.normalize("NFC", name).strip())
    .filter(lambda name: name and not name.startswith(".") and not set(name) & set('/\\",;\t\0'))
    .filter(lambda name: not name.lstrip("-").isdecimal() and name.lower() not in ("nan", "inf"))
)


@settings(max_examples=30)
@given(
    write=st.sampled_from(WRITERS),
    classes=st.lists(NAMES, min_size=2, max_size=5, unique_by=str.casefold).map(tuple),
    seed=st.integers(0, 99),
)
def test_a_converted_set_is_the_same_set(tmp_path_factory, write, classes, seed):
    folder = tmp_path_factory.mktemp("set")
    parts = {"train": some_set(classes, 3, seed), "test": some_set(classes, 1, seed + 1)}
    (folder / "own").mkdir()
    data = load(write(folder / "own", parts, classes))
    convert(data, folder / "converted")
    again = load(folder / "converted")
    assert again.classes == data.classes
    for one, other in ((data.train, again.train), (data.test, again.test)):
        np.testing.assert_array_equal(one.images, other.images)
        np.testing.assert_array_equal(one.labels, other.labels)


# --- a set without test images


def test_a_set_without_test_images_is_split_by_class_and_says_so(tmp_path):
    images, labels = some_set(each=60)
    np.savez(tmp_path / "own.npz", images=images, labels=labels)
    with pytest.warns(DataWarning, match="own has no test images: 30 of its 180 images, 1 in 6"):
        data = load(tmp_path / "own.npz")
    assert np.bincount(data.test.labels).tolist() == [10, 10, 10]
    assert np.bincount(data.train.labels).tolist() == [50, 50, 50]
    whole = by_class(mnistviz.dataset(images, labels, images, labels).train, data.classes)
    parts = by_class(data.train, data.classes), by_class(data.test, data.classes)
    assert {name: sorted(parts[0][name] + parts[1][name]) for name in whole} == whole
    again = load(tmp_path / "own.npz", test_share=1 / 6)  # given, so that it is no surprise
    np.testing.assert_array_equal(again.test.images, data.test.images)
    assert len(load(tmp_path / "own.npz", test_share=0.5).test) == 90


def test_a_share_to_test_with_is_refused_where_there_are_test_images(tmp_path):
    path = to_csv(tmp_path, {"train": some_set(), "test": some_set()}, "012")
    with pytest.raises(OptionError, match="test share is for sets without test images"):
        load(path, test_share=0.5)
    for share in (0, 1, -1, float("nan")):
        with pytest.raises(OptionError, match="test share must be above 0 and below 1"):
            load(path, test_share=share)


def test_one_image_of_each_class_stays_however_large_the_share_that_is_put_aside():
    labels = np.array([0, 0, 0, 0, 1, 1, 2])
    assert labels[~aside(labels, 0.99, seed=1)].tolist() == [0, 1, 2]


def test_the_images_that_are_refused_are_named():
    images, labels = some_set()
    with pytest.raises(DataError, match=r"^train images: expected uint8, or floats"):
        mnistviz.dataset(images.astype(int), labels, images, labels)
    with pytest.raises(DataError, match=r"^test images: expected uint8, or floats"):
        mnistviz.dataset(images, labels, images.astype(int), labels)


def test_too_few_images_to_put_some_aside_are_refused():
    images, labels = some_set(each=1)
    with pytest.raises(DataError, match="too few to put"):
        mnistviz.dataset(images, labels)


def test_a_folder_of_classes_alone_is_a_set(tmp_path):
    images, _ = some_set(each=2)
    for place, name in enumerate(("cat", "dog")):
        (tmp_path / name).mkdir()
        for number, image in enumerate(images):
            (tmp_path / name / f"{number}{place}.png").write_bytes(png(image))
    data = load(tmp_path, test_share=0.5)
    assert data.classes == ("cat", "dog")
    assert (len(data.train), len(data.test)) == (6, 6)


# --- sizes, dark and light, classes to keep


def test_pictures_of_several_sizes_are_brought_to_one_by_area(tmp_path):
    for part in ("train", "test"):
        for name in ("cat", "dog"):
            (tmp_path / part / name).mkdir(parents=True)
            large = np.zeros((80, 120), np.uint8)
            large[20:60, 30:90] = 200 if name == "cat" else 100
            Image.fromarray(large).save(tmp_path / part / name / "a.png")
            Image.fromarray(large[::2, ::2]).save(tmp_path / part / name / "b.png")
    refused(tmp_path, "at most 64x64 pixels", "got 120x80", "--image-size")
    data = load(tmp_path, image_size=(12, 12))
    for image, level in zip(data.train.images, (200, 200, 100, 100), strict=True):
        expected = np.zeros((12, 12), np.uint8)
        expected[4:8, 3:9] = level  # whole and not distorted: a black strip above and below
        np.testing.assert_array_equal(image, expected)
    assert load(tmp_path, image_size=(9, 6)).train.image_size == (6, 9)


@given(
    side=st.tuples(st.integers(1, 9), st.integers(1, 9)),
    size=st.tuples(st.integers(1, 9), st.integers(1, 9)),
    seed=st.integers(0, 99),
)
def test_scaling_is_the_mean_of_the_area_that_each_pixel_covers(side, size, seed):
    images = np.random.default_rng(seed).integers(0, 256, (2, *side), dtype=np.uint8)
    labels = np.array([0, 1])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)  # both may become the same pixel
        data = mnistviz.dataset(images, labels, images, labels, image_size=size[::-1], invert=False)
    (h, w), (height, width) = side, size
    factor = min(height / h, width / w)
    rows, columns = (max(1, int(factor * n + 0.5 + 1e-9)) for n in side)
    # Each pixel in rows × columns parts, then in blocks of h × w parts: plain means.
    fine = images.repeat(rows, axis=1).repeat(columns, axis=2).astype(float)
    means = fine.reshape(2, rows, h, columns, w).mean(axis=(2, 4))
    top, left = (height - rows) // 2, (width - columns) // 2
    found = data.train.images[:, top : top + rows, left : left + columns]
    assert np.abs(found - means).max() <= 0.5 + 1e-6


def test_dark_on_light_is_asked_about_and_both_answers_are_taken(tmp_path):
    images, labels = some_set()
    with pytest.warns(DataWarning, match="own set seems to be dark on light.*255.*--no-invert"):
        asked = mnistviz.dataset(255 - images, labels, 255 - images, labels)
    answered = mnistviz.dataset(255 - images, labels, 255 - images, labels, invert=False)
    np.testing.assert_array_equal(asked.train.images, answered.train.images)
    inverted = mnistviz.dataset(255 - images, labels, 255 - images, labels, invert=True)
    np.testing.assert_array_equal(inverted.train.images, images)
    np.testing.assert_array_equal(inverted.test.images, images)


def test_some_classes_are_kept_in_training_and_test_images_alike():
    data = load(keep=("7,3",))
    assert data.classes == ("3", "7")
    whole = load()
    for split, all_of_it in ((data.train, whole.train), (data.test, whole.test)):
        chosen = np.isin(all_of_it.labels, (3, 7))
        np.testing.assert_array_equal(split.images, all_of_it.images[chosen])
        np.testing.assert_array_equal(split.labels, all_of_it.labels[chosen] == 7)
    for keep, message in ((("x",), "keep must be a name"), (("3",), "keep must name 2 classes")):
        with pytest.raises(OptionError, match=message):
            load(keep=keep)


# --- arrays in Python


FLOATS = np.linspace(0, 1, 32, dtype=np.float32).reshape(2, 4, 4)
PAIR = np.array([0, 1])


def test_floats_from_0_to_1_are_scaled_and_arrays_are_copied():
    data = mnistviz.dataset(FLOATS, PAIR, FLOATS.astype(float), ["0", "1"], invert=False)
    np.testing.assert_array_equal(data.train.images, np.rint(255 * FLOATS).astype(np.uint8))
    np.testing.assert_array_equal(data.test.images, data.train.images)
    images = np.full((2, 4, 4), 77, np.uint8)
    images[0] = 0
    kept = mnistviz.dataset(images, PAIR, images, PAIR)
    images[:] = 1
    assert kept.train.images.max() == 77


@pytest.mark.parametrize(
    ("images", "labels", "message"),
    [
        (FLOATS * 255, PAIR, "train images: expected floats in [0, 1], got them from 0 to 255"),
        (FLOATS - 1, PAIR, "expected floats in [0, 1], got them from -1 to 0"),
        (FLOATS * np.nan, PAIR, "expected floats in [0, 1]"),
        (np.zeros((2, 4, 4), np.int64), PAIR, "expected uint8, or floats in [0, 1], got int64"),
        (FLOATS, PAIR[:1], "1 labels in train labels and 2 images in train images"),
        (FLOATS, [0.5, 1], "train labels: expected whole numbers or texts as labels, got 0.5"),
        (FLOATS, [[0, 1], [1, 0]], "expected one label for each image, got 2×2"),
        (FLOATS[:, 0, 0], PAIR, "train images: expected images (n, height, width)"),
        (np.zeros((2, 15)), PAIR, "expected rows of pixels of a square image, got 15 pixels"),
        (FLOATS[:0], PAIR[:0], "expected at least one image of one pixel"),
        (FLOATS, [None, 1], "train labels: expected an array of numbers, got one of objects"),
        ([[1], [2, 3]], PAIR, "train images: expected an array"),
        (FLOATS, [0, 0], "expected from 2 to 256 classes, got 1"),
    ],
)
def test_arrays_that_are_no_set_are_refused_with_their_names(images, labels, message):
    with pytest.raises(DataError) as caught:
        mnistviz.dataset(images, labels, FLOATS, PAIR, invert=False)
    assert message in str(caught.value)


def test_a_split_or_a_set_that_would_lie_cannot_be_made():
    data = load(keep=("0", "1"))
    kinds = type(data.train), type(data)
    images, labels = data.test.images, data.test.labels
    for arguments in ((images / 255, labels), (images, labels[1:]), (images, labels.astype("u1"))):
        with pytest.raises(DataError, match="expected"):
            kinds[0](*arguments)
    small = kinds[0](images[:, 1:], labels)
    for classes, split in ((("0", "1"), small), (("0",), data.test)):
        with pytest.raises(DataError, match="expected"):
            kinds[1]("a", classes, "digit", data.train, split)


# --- known sets


@pytest.mark.parametrize("kind", ["a folder", "a file"])
def test_mnist_is_recognised_whatever_its_file_is_called(tmp_path, kind):
    mnist = load()
    if kind == "a folder":
        path = tmp_path / "thesis"
        path.mkdir()
        for packed in MNIST.glob("*.gz"):
            (path / packed.stem).write_bytes(gzip.decompress(packed.read_bytes()))
    else:
        path = tmp_path / "thesis.npz"
        np.savez(path, x_train=mnist.train.images, y_train=mnist.train.labels.astype(np.uint8),
                 x_test=mnist.test.images, y_test=mnist.test.labels.astype(np.uint8))  # fmt: skip
    found = load(path)
    assert (found.name, found.noun, found.licence) == ("MNIST", "digit", "CC BY-SA 3.0")


def test_a_row_of_two_pixels_is_an_image(tmp_path):
    text = "label,a,b\n" + "0,1,200\n1,150,9\n" * 9
    (tmp_path / "a.csv").write_text(text)
    data = load(tmp_path / "a.csv", image_size=(2, 1), test_share=0.3)
    assert {image.tobytes() for image in data.test.images} == {bytes([1, 200]), bytes([150, 9])}


# --- what is refused


def csv_case(text, *expected):
    return lambda folder: (folder / "a.csv").write_text(text, "utf-8"), expected


def in_npz(**arrays):
    return lambda folder: np.savez(folder / "a.npz", **arrays)


PICTURES = [{"bytes": png(np.eye(4, dtype=np.uint8) * level), "path": None} for level in (99, 200)]


def parquet_named(**names):
    def write(folder):
        for part, classes in names.items():
            features = {"info": {"features": {"label": {"names": classes}}}}
            table = arrow.table({"image": PICTURES, "label": [0, 1]})
            table = table.replace_schema_metadata({"huggingface": json.dumps(features)})
            parquet.write_table(table, folder / f"{part}-00000-of-00001.parquet")

    return write


HEADER = "label,a0,a1,a2,a3\n"
CASES = {
    "no number": csv_case(HEADER + "1,2,x,4,5\n0,1,1,1,1\n", "a.csv", "numbers, got 'x'"),
    "no number, but for Python": csv_case(HEADER + "1,2,8_0,4,5\n0,1,1,1,1\n", "got '8_0'"),
    "not a number": csv_case(HEADER + "1,2,nan,4,5\n0,1,1,1,1\n", "infinite or NaN"),
    "above 255": csv_case(HEADER + "1,2,300,4,5\n0,1,1,1,1\n", "got them from 1 to 300"),
    "far above": csv_case(HEADER + "1,2,65280,4,5\n0,1,1,1,1\n", "got them from 1 to 65280"),
    "below zero": csv_case(HEADER + "1,2,-3,4,5\n0,1,1,1,1\n", "got them from -3 to 5"),
    "too few": csv_case(HEADER + "1,2,3,4\n", "line 2: expected 5 fields", "got 4"),
    "open quote": csv_case(HEADER + '1,"2,3,4,5\n', "line 2: is no row of CSV"),
    "no label": csv_case("a0,a1,a2,a3\n1,2,3,4\n", "expected a column 'label', got pixels alone"),
    "two labels": csv_case("label,class,a,b,c,d\n0,0,1,2,3,4\n", "got label and class"),
    "either end": csv_case("0,1,2,3,0\n1,4,5,6,1\n", "may both be it", "'label'"),
    "no end": csv_case("7,1,2,3,0\n7,4,5,6,0\n", "neither the first nor the last", "'label'"),
    "empty": csv_case("", "an empty first line"),
    "header alone": csv_case(HEADER, "expected a row for each image, got none"),
    "one column": csv_case("label\n1\n", "got 1 columns"),
    "not square": csv_case("label,a,b,c\n0,1,2,3\n1,2,3,4\n", "a square image, got 3 pixels"),
    "a long line": csv_case("1," * (1 << 20), "lines of at most 1,048,576 bytes"),
    "a web page": csv_case("<html>\n<body>\n</body>\n", "got 1 columns"),
    "utf-16": (
        lambda folder: (folder / "a.csv").write_text(HEADER, "utf-16"),
        ("UTF-16; save it as UTF-8",),
    ),
    "latin-1": (
        lambda folder: (folder / "a.csv").write_bytes(HEADER.encode() + b"\xe9,1,2,3,4\n"),
        ("line 2: expected UTF-8",),
    ),
    "broken gzip": (
        lambda folder: (folder / "a.csv.gz").write_bytes(gzip.compress(HEADER.encode())[:-9]),
        ("a.csv.gz: cannot be read",),
    ),
    "objects": (
        lambda folder: np.savez(folder / "a.npz", x_train=np.array([{}], object), y_train=PAIR),
        ("a.npz: expected numbers or texts as x_train", "are not opened"),
    ),
    "other arrays": (
        lambda folder: np.savez(folder / "a.npz", weights=PAIR),
        ("expected arrays x_train", "got weights"),
    ),
    "no npz": (lambda folder: (folder / "a.npz").write_bytes(b"x"), ("begins with 'PK'",)),
    "no parquet": (
        lambda folder: (folder / "a.parquet").write_bytes(b"PAR1" + bytes(20) + b"PAR1"),
        ("a.parquet: cannot be read as Parquet",),
    ),
    "no pictures": (
        lambda folder: parquet.write_table(arrow.table({"a": [1]}), folder / "a.parquet"),
        ("expected a column 'image' of pictures", "got a (int64)"),
    ),
    "a broken picture": (
        lambda folder: parquet.write_table(
            arrow.table({"image": [b"x", b"y"], "label": [0, 1]}), folder / "a.parquet"
        ),
        ("a.parquet, row 0", "expected a PNG"),
    ),
    "two parts in one": (
        lambda folder: [
            (folder / f"{name}.csv").write_text(HEADER, "utf-8") for name in ("one", "two")
        ],
        ("expected one file, or names with 'train' and 'test'", "got one.csv, two.csv"),
    ),
    "binary last pixel": csv_case("3,1,2,3,0\n7,4,5,6,1\n9,4,5,6,1\n", "may both be it"),
    "an empty label": csv_case(HEADER + "cat,1,2,3,4\n,1,2,3,4\n", "got none at index 1"),
    "names that are objects": (
        in_npz(images=FLOATS, labels=PAIR, classes=np.array(["a", "b"], object)),
        ("expected an array of texts as classes, got objects",),
    ),
    "names twice": (
        in_npz(images=FLOATS, labels=PAIR, classes=np.array(["a", "a"])),
        ("expected different class names, got 'a' twice",),
    ),
    "no test labels": (
        in_npz(x_train=FLOATS, y_train=PAIR, x_test=FLOATS),
        ("expected y_test beside x_test",),
    ),
    "a missing shard": (
        lambda folder: parquet.write_table(
            arrow.table({"image": PICTURES, "label": [0, 1]}),
            folder / "train-00000-of-00002.parquet",
        ),
        ("expected all 2 files of train, as their names say, got 1",),
    ),
    "names that differ": (
        parquet_named(train=["a", "b"], test=["b", "a"]),
        ("expected the same class names in all files",),
    ),
    "a file among classes": (
        lambda folder: [
            *((folder / name).mkdir() for name in ("cat", "dog")),
            (folder / "README.txt").touch(),
        ],
        ("README.txt: expected folders alone",),
    ),
    "an empty folder": (lambda folder: None, ("got an empty folder",)),
    "a folder of others": (
        lambda folder: (folder / "thesis.docx").touch(),
        ("got a folder with thesis.docx",),
    ),
    "test alone": (lambda folder: (folder / "test" / "cat").mkdir(parents=True), ("'train'",)),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_no_set_is_refused_in_a_line_that_says_what_to_do(tmp_path, name):
    damage, expected = CASES[name]
    damage(tmp_path)
    refused(tmp_path, *expected)


def test_a_repository_of_hugging_face_is_read_from_its_folder_of_data(tmp_path):
    classes = ("a", "b")
    (tmp_path / "data").mkdir()
    (tmp_path / "README.md").touch()
    to_parquet(tmp_path / "data", {"train": some_set(classes), "test": some_set(classes)}, classes)
    assert load(tmp_path).classes == classes


@pytest.mark.parametrize(
    ("lines", "classes", "brightest"),
    [
        ("5,0,1,2,0\n7,0,3,9,0\n", ("5", "7"), 9),
        ("cat,0,1,2,0\ndog,0,3,9,1\n", ("cat", "dog"), 9),
        ("label,a,b,c,d\n1.0,0,1,2,0\n0.0,0,3,9,0\n", ("0", "1"), 9),
        ("label,a,b,c,d\n1,0,1,1,0\n0,0,1,0,0\n", ("0", "1"), 255),
    ],
)
def test_labels_and_levels_of_a_csv_are_what_they_can_only_be(tmp_path, lines, classes, brightest):
    for name in ("train.csv", "test.csv"):
        (tmp_path / name).write_text(lines)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)  # of levels that are hardly light
        data = load(tmp_path)
    assert data.classes == classes
    assert data.train.images.max() == brightest


def test_test_files_without_labels_as_kaggle_has_them_are_refused_with_what_to_do(tmp_path):
    to_csv(tmp_path, {"train": some_set()}, "012")
    (tmp_path / "test.csv").write_text("a,b,c,d\n1,2,3,4\n")
    refused(tmp_path, "test.csv", "expected a column 'label'", "name the other file instead")


@pytest.mark.parametrize(
    ("train", "test"),
    [
        (("x_train", "y_train"), ("x_test", "y_test")),
        (("train_images", "train_labels"), ("test_images", "test_labels")),
        (("images_train", "labels_train"), ("images_test", "labels_test")),
        (("X_train", "Y_train"), ("val_images", "val_labels")),
        *[
            (pair, ())
            for pair in (("images", "labels"), ("x", "y"), ("data", "labels"), ("data", "target"))
        ],
    ],
)
def test_arrays_of_an_npz_may_have_any_of_the_usual_names(tmp_path, train, test):
    images, labels = some_set()
    parts = zip(train + test, (images, labels, images[:6], labels[:6]), strict=False)
    names = {"target_names": np.array(["a", "b", "c"])}
    np.savez(tmp_path / "a.npz", **dict(parts), **names)
    data = load(tmp_path / "a.npz", **({} if test else {"test_share": 0.5}))
    assert len(data.test) == 6
    assert data.classes == ("a", "b", "c")


def test_validation_images_beside_test_images_are_named_and_else_test(tmp_path):
    images, labels = some_set()
    arrays = {"x_train": images, "y_train": labels, "x_val": images[:6], "y_val": labels[:6]}
    np.savez(tmp_path / "a.npz", **arrays)
    assert len(load(tmp_path / "a.npz").test) == 6
    np.savez(tmp_path / "a.npz", **arrays, x_test=images, y_test=labels)
    with pytest.warns(DataWarning, match="passed over in .*: x_val, y_val"):
        assert len(load(tmp_path / "a.npz").test) == 12
    header = ",".join(["label", *(f"p{place}" for place in range(16))]) + "\n"
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("train.csv", header + rows(images, labels, "012"))
        archive.writestr("valid.csv", header + rows(images[:6], labels[:6], "012"))
    assert len(load(tmp_path / "a.zip").test) == 6


def test_other_files_of_a_folder_are_passed_over_and_named(tmp_path):
    to_csv(tmp_path, {"train": some_set(), "test": some_set()}, "012")
    (tmp_path / "sample_submission.csv").write_text("id,label\n1,0\n")
    with pytest.warns(DataWarning, match=r"passed over in .*: sample_submission\.csv"):
        assert len(load(tmp_path).test) == 12


def test_a_column_of_row_numbers_is_no_pixel(tmp_path):
    images, labels = some_set()
    lines = rows(images, labels, "012").splitlines()
    header = ",label," + ",".join(f"p{n}" for n in range(16))
    numbered = [f"{place},{line}" for place, line in enumerate(lines)]
    (tmp_path / "train.csv").write_text("\n".join([header, *numbered]))
    (tmp_path / "test.csv").write_text("\n".join([header, *numbered]))
    np.testing.assert_array_equal(load(tmp_path).train.images, images)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (np.array([0, 256, 65535], np.uint16), [0, 1, 255]),
        (np.array([0, 100, 255], np.int32), [0, 100, 255]),
        (np.array([0, 0.5, 1]), [0, 128, 255]),
        pytest.param(
            *(np.array([0, 1, 2.0]), [0, 1, 2]),
            marks=pytest.mark.filterwarnings("ignore:.*the brightest pixel has the level 2"),
        ),
        (np.array([0, 1, 1]), [0, 255, 255]),
        (np.array([False, True, True]), [0, 255, 255]),
        (np.array([0, 99.6, 255.0]), [0, 100, 255]),
        (np.array([0, 1, 70_000]), None),
        (np.array([-1, 0, 1.0]), None),
        (np.array([0, 1, np.inf]), None),
    ],
)
def test_numbers_of_other_types_are_scaled_or_refused(tmp_path, values, expected):
    images = np.zeros((3, 5, 5), values.dtype)
    images[:, 2, 2] = values
    labels = np.array([0, 1, 1])
    np.savez(tmp_path / "a.npz", x_train=images, y_train=labels, x_test=images, y_test=labels)
    if expected is None:
        refused(tmp_path / "a.npz", "x_train", "expected")
    else:
        assert load(tmp_path / "a.npz").train.images[:, 2, 2].tolist() == expected


@pytest.mark.parametrize("name", ["bomb.zip", "bomb.npz"])
def test_a_small_file_that_unpacks_to_10_gigabytes_is_refused_at_once(tmp_path, name):
    path = tmp_path / name
    member = "train.csv" if name == "bomb.zip" else "x_train.npy"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, bytes(1 << 20))
    data = bytearray(path.read_bytes())
    for place in (data.find(b"PK\1\2") + 24, data.find(b"PK\3\4") + 22):
        data[place : place + 4] = struct.pack("<I", 0xFFFFFFF0)
    path.write_bytes(data)
    refused(path, "bytes unpacked" if name == "bomb.zip" else "at most 1073741824 bytes unpacked")


def test_without_pyarrow_parquet_names_the_command_that_installs_it(tmp_path, monkeypatch):
    (tmp_path / "a.parquet").touch()
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    refused(tmp_path / "a.parquet", "pip install 'mnistviz[parquet]'")


# --- outputs


@pytest.mark.parametrize("how", ["same", "symlink", "hard link"])
def test_a_model_is_not_written_over_its_data(tmp_path, how):
    images, labels = some_set(each=20)
    np.savez(tmp_path / "own.npz", x_train=images, y_train=labels, x_test=images, y_test=labels)
    out = tmp_path / ("own.npz" if how == "same" else "other.npz")
    if how == "symlink":
        out.symlink_to(tmp_path / "own.npz")
    if how == "hard link":
        os.link(tmp_path / "own.npz", out)
    before = out.read_bytes()
    for data in (tmp_path / "own.npz", tmp_path):
        with pytest.raises(OutputError, match="it is read as well; name another file"):
            mnistviz.train(data, out)
    assert out.read_bytes() == before


def test_a_still_is_not_written_over_a_picture_of_its_set(tmp_path):
    classes = ("cat", "dog")
    to_class_folders(tmp_path, {"train": some_set(classes), "test": some_set(classes)}, classes)
    picture = next(tmp_path.glob("train/cat/*.png"))
    with pytest.raises(OutputError, match="it is read as well"):
        mnistviz.still(tmp_path, 0, picture)


@pytest.mark.parametrize(
    ("names", "message"),
    [(["a", "a"], "classes: expected different class names, got 'a' twice"),
     (["a", "b "], "classes: expected class names without outer blanks, got 'b '")],
)  # fmt: skip
def test_names_of_arrays_that_cannot_be_are_refused_as_classes(names, message):
    images, labels = np.zeros((4, 2, 2), np.uint8), np.array([0, 1, 0, 1])
    with pytest.raises(DataError, match=message):
        mnistviz.dataset(images, labels, images, labels, classes=names)
