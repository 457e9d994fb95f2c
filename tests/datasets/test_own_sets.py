"""Folders of other sets: any number of classes, names of classes, and many names of files."""

import re
import unicodedata

import numpy as np
import pytest

from idx_files import TYPES, file_names, random_pair, write_dataset, write_idx
from mnistviz.datasets.load import load
from mnistviz.datasets.sources.idx import write_idx as write
from mnistviz.errors import DataError, DataWarning
from refusing import refused

TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS = file_names()


def pair(classes, size=(4, 6), first=0):
    """Return images and labels with one of each class."""
    images, _ = random_pair(classes, size, seed=classes)
    return images, np.arange(first, classes + first, dtype=np.uint8)


def write_names(folder, *names):
    (folder / "classes.txt").write_text("\n".join(names), encoding="utf-8")


@pytest.mark.parametrize("classes", [2, 11, 26])
def test_classes_txt_or_the_labels_say_how_many_classes_there_are(tmp_path, classes):
    write_dataset(tmp_path, pair(classes), pair(2))
    assert load(tmp_path).classes == tuple(map(str, range(classes)))
    names = [f"class {place}" for place in range(classes)]
    write_names(tmp_path, *names)
    assert load(tmp_path).classes == tuple(names)


def test_a_class_without_training_images_is_named_and_without_test_images_is_fine(tmp_path):
    write_dataset(tmp_path, pair(2), pair(3))
    refused(tmp_path, TEST_LABELS, "expected labels from 0 to 1, got 2 at index 2")
    write_dataset(tmp_path, pair(2), pair(2))
    assert load(tmp_path).classes == ("0", "1")
    write_names(tmp_path, "cat", "dog", "eel")
    refused(tmp_path, "class 2 (0-based), 'eel', has no image")
    write_dataset(tmp_path, pair(3), pair(2))
    assert load(tmp_path).classes == ("cat", "dog", "eel")


def test_class_names_may_have_a_byte_order_mark_windows_line_ends_and_blank_lines(tmp_path):
    write_dataset(tmp_path, pair(3), pair(3))
    content = "\ufeffお\r\nಕ ತ\r\n$a<b&\\ \r\n\r\n \n"
    (tmp_path / "classes.txt").write_bytes(content.encode())
    assert load(tmp_path).classes == ("お", "ಕ ತ", "$a<b&\\")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "from 2 to 256 classes, got 1"),
        (b"a", "from 2 to 256 classes, got 1"),
        (b"\n".join(b"%d" % n for n in range(257)), "from 2 to 256 classes, got 257"),
        (b"a\n\nb", "printable class names, got '' for class 1 (0-based)"),
        (b"a\nb\na\n", "different class names, got 'a' twice"),
        (b"a\nb\x07\nc", r"printable class names, got 'b\x07' for class 1"),
        (b"a\n\xff\n", "it is not in UTF-8: byte 2 is ff; save it as UTF-8"),
        (b"a\n\xed\xa0\x80\n", "byte 2 is ed; save it as UTF-8"),
        (b"a\n" * 40_000, "at most 65,536 bytes"),
        (None, "expected a file, got a folder"),
    ],
)
def test_class_names_that_are_none_are_refused(tmp_path, content, message):
    path = write_dataset(tmp_path, pair(3), pair(3)) / "classes.txt"
    path.mkdir() if content is None else path.write_bytes(content)
    refused(tmp_path, path, message)


def test_fewer_names_than_labels_are_refused(tmp_path):
    write_dataset(tmp_path, pair(3), pair(3))
    write_names(tmp_path, "a", "b")
    refused(tmp_path, TRAIN_LABELS, "expected labels from 0 to 1, got 2 at index 2")


@pytest.mark.parametrize("dtype", [np.int8, np.int16, np.int32])
def test_labels_may_be_whole_numbers_of_any_type_below_zero_and_with_gaps(tmp_path, dtype):
    images, labels = pair(10)
    write_dataset(tmp_path, (images, labels.astype(dtype)))
    assert load(tmp_path).train.labels.tolist() == list(range(10))
    train = images[:3], np.array([7, -1, 3], dtype)
    write_dataset(tmp_path, train, (images[:2], np.array([3, 7], dtype)))
    data = load(tmp_path)
    assert data.classes == ("-1", "3", "7")
    assert data.train.labels.tolist() == [2, 0, 1]
    assert data.test.labels.tolist() == [1, 2]
    write_dataset(tmp_path, train, (images[:2], np.array([3, 8], dtype)))
    refused(tmp_path, TEST_LABELS, "a label of the training images, such as -1, got 8 at index 1")


def test_labels_that_count_from_1_are_taken_with_their_names(tmp_path):
    write_dataset(tmp_path, pair(5, first=1), pair(4, first=2))
    assert load(tmp_path).classes == tuple("12345")
    write_names(tmp_path, *"abcde")
    data = load(tmp_path)
    assert data.classes == tuple("abcde")
    assert data.train.labels.tolist() == [0, 1, 2, 3, 4]
    assert data.test.labels.tolist() == [1, 2, 3, 4]


def test_images_may_have_up_to_64_by_64_pixels(tmp_path):
    write_dataset(tmp_path, pair(10, size=(64, 64)), pair(10, size=(64, 64)))
    assert load(tmp_path).train.image_size == (64, 64)
    write_dataset(tmp_path, pair(10, size=(8, 65)), pair(10, size=(8, 65)))
    refused(tmp_path, TRAIN_IMAGES, "at most 64×64 pixels, got 8×65 (height×width)")


def write_files(folder, names, train, test):
    for name, array in zip(names, (*train, *test), strict=True):
        write(folder / name, array)


def test_of_qmnist_the_first_of_eight_label_columns_counts(tmp_path):
    (images, labels), test = pair(10), pair(10)
    rows = np.arange(80, dtype=np.int32).reshape(10, 8)
    rows[:, 0] = labels
    ends = ("train-images-idx3-ubyte", "train-labels-idx2-int.gz", "test-images-idx3-ubyte.gz",
            "test-labels-idx2-int")  # fmt: skip
    names = [f"qmnist-{end}" for end in ends]
    write_files(tmp_path, names, (images, rows), (test[0], rows))
    data = load(tmp_path)
    assert data.train.labels.tolist() == data.test.labels.tolist() == list(range(10))


def emnist_names(split):
    return [
        f"emnist-{split}-{part}-{end}-ubyte.gz"
        for part in ("train", "test")
        for end in ("images-idx3", "labels-idx1")
    ]


def test_emnist_letters_are_transposed_and_counted_from_one(tmp_path):
    train, test = pair(26, size=(4, 6), first=1), pair(26, first=1)
    write_files(tmp_path, emnist_names("letters"), train, test)
    data = load(tmp_path)
    assert data.classes == tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert data.train.labels.tolist() == list(range(26))
    np.testing.assert_array_equal(data.train.images[3], train[0][3].T)


@pytest.mark.parametrize(
    ("split", "classes", "end"),
    [("byclass", 62, "xyz"), ("bymerge", 47, "qrt"), ("balanced", 47, "qrt")],
)
def test_emnists_splits_of_many_classes_are_taken_with_the_names_of_their_classes(
    tmp_path, split, classes, end
):
    write_files(tmp_path, emnist_names(split), pair(classes), pair(classes))
    names = load(tmp_path).classes
    assert "".join(names[:12] + names[-3:]) == f"0123456789AB{end}"
    assert len(names) == classes


def test_more_than_256_classes_are_refused(tmp_path):
    images, labels = np.zeros((257, 2, 2), np.uint8), np.arange(257, dtype=np.int16)
    write_dataset(tmp_path, (images, labels), (images, labels))
    refused(tmp_path, TRAIN_LABELS, "expected from 2 to 256 classes, got 257")


KANNADA = [
    f"{a}_kannada_MNIST_{p}-idx{n}-ubyte.gz" for p in ("train", "test") for a, n in ("X3", "y1")
]


@pytest.mark.parametrize("names", [emnist_names("digits"), emnist_names("mnist"), KANNADA])
def test_other_sets_of_digits_are_known_by_their_names(tmp_path, names):
    write_files(tmp_path, names, pair(10), pair(10))
    assert load(tmp_path).classes == tuple("0123456789")
    (tmp_path / names[3]).unlink()
    refused(tmp_path, f"lacks {names[3].removesuffix('.gz')}.")


def test_a_folder_with_files_of_several_sets_is_refused(tmp_path):
    write_files(tmp_path, emnist_names("mnist"), pair(10), pair(10))
    write_files(tmp_path, emnist_names("digits"), pair(10), pair(10))
    refused(tmp_path, "2 sets", "emnist-digits-train-images", "emnist-mnist-train-images")


@pytest.mark.parametrize("gzipped", [False, True])
@pytest.mark.parametrize("name", TYPES)
def test_an_array_is_written_as_an_independent_writer_does(tmp_path, name, gzipped):
    array = np.arange(24).reshape(2, 3, 4).astype(name)
    path = tmp_path / ("array.gz" if gzipped else "array")
    write(path, array)
    expected = write_idx(tmp_path / "expected", array, gzipped=gzipped)
    assert path.read_bytes() == expected.read_bytes()  # without a time stamp


def test_a_type_that_idx_does_not_have_is_refused(tmp_path):
    with pytest.raises(DataError, match=re.escape("got int64")):
        write(tmp_path / "x", np.zeros(3, np.int64))
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("level", "message"),
    [
        (0, "every one is black: nothing can be learnt"),
        (16, "the brightest pixel has the level 16 of 255"),
        (99, "all are the same picture"),
    ],
)
def test_a_set_without_light_or_of_one_picture_is_warned_of(tmp_path, level, message):
    images, labels = np.full((20, 4, 6), level, np.uint8), np.arange(20, dtype="i4") % 10
    write_dataset(tmp_path, (images, labels), (images, labels))
    with pytest.warns(DataWarning) as caught:
        load(tmp_path)
    assert [message in str(each.message) for each in caught] == [True, True]  # of either part


def test_names_are_the_same_however_an_accent_is_stored(tmp_path):
    images, labels = random_pair(20)[0], np.arange(20, dtype="i4") % 2
    found = []
    for form in ("NFC", "NFD"):
        folder = write_dataset(tmp_path / form, (images, labels), (images, labels))
        names = unicodedata.normalize(form, "café\nthé\n")
        (folder / "classes.txt").write_text(names, "utf-8")
        found.append(load(folder).classes)
    assert found == [("café", "thé")] * 2


@pytest.mark.parametrize("name", ["می\u200cروم", "a\u00a0b", "שלום"])
def test_joiners_and_blanks_that_do_not_break_are_letters(tmp_path, name):
    images, labels = random_pair(20)[0], np.arange(20, dtype="i4") % 2
    write_dataset(tmp_path, (images, labels), (images, labels))
    (tmp_path / "classes.txt").write_text(f"{name}\nother\n", "utf-8")
    assert load(tmp_path).classes == (name, "other")
