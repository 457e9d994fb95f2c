"""Folders of pictures, read and converted."""

import os

import numpy as np
import pytest
from PIL import Image

from mnistviz.datasets.convert import convert
from mnistviz.datasets.load import load
from mnistviz.errors import DataError, OutputError
from refusing import png_header, refused

CLASSES = ("cat", "dog 2", "dog 10")


def write_picture(path, level, size=(5, 4), mode="L"):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new(mode, size, level).save(path)


@pytest.fixture
def folder(tmp_path):
    """A folder of pictures: picture n of class c is all of level 10 c + n."""
    for part, count in (("train", 3), ("test", 1)):
        for place, name in enumerate(CLASSES):
            for n in range(count):
                write_picture(tmp_path / "animals" / part / name / f"{n}.png", 10 * place + n)
    return tmp_path / "animals"


def test_folders_are_classes_in_natural_order(folder):
    data = load(folder)
    assert (data.name, data.noun, data.classes) == ("animals", "image", CLASSES)
    assert data.train.image_size == (4, 5)
    assert data.train.labels.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert data.train.images[:, 0, 0].tolist() == [0, 1, 2, 10, 11, 12, 20, 21, 22]
    assert data.test.images[:, 3, 4].tolist() == [0, 10, 20]


def test_classes_txt_gives_another_order(folder):
    (folder / "classes.txt").write_text("dog 10\ncat\ndog 2\n")
    data = load(folder)
    assert data.classes == ("dog 10", "cat", "dog 2")
    assert data.test.images[data.test.labels == 0].max() == 20


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs POSIX's pipes")
def test_a_pipe_or_a_folder_in_place_of_a_picture_is_refused_at_once(folder):
    place = folder / "train" / "cat" / "x.png"
    os.mkfifo(place)
    refused(folder, place, "expected a file, got a folder, a pipe or a device")
    place.unlink()
    place.mkdir()
    refused(folder, place, "expected a file, got a folder, a pipe or a device")


def test_hidden_files_do_not_count(folder):
    (folder / "train" / ".DS_Store").write_bytes(b"x")
    (folder / "train" / "cat" / "._0.png").write_bytes(b"x")
    assert len(load(folder).train) == 9


@pytest.mark.parametrize("suffix", [".jpg", ".gif", ".bmp", ".webp", ".tif", ".pgm", ".PNG"])
def test_other_kinds_of_pictures_are_read(folder, suffix):
    write_picture(folder / "test" / "cat" / f"9{suffix}", 200)
    assert abs(int(load(folder).test.images[1].max()) - 200) <= 1


def test_colours_become_grey_and_what_is_transparent_black(folder):
    write_picture(folder / "test" / "cat" / "0.png", (255, 0, 0), mode="RGB")
    write_picture(folder / "test" / "dog 2" / "0.png", (255, 255, 255, 0), mode="RGBA")
    write_picture(folder / "test" / "dog 10" / "0.png", 0x8000, mode="I;16")
    assert load(folder).test.images[:, 0, 0].tolist() == [76, 0, 128]


def test_pictures_of_two_sizes_are_refused_with_the_first_two_that_differ(folder):
    odd = folder / "train" / "dog 2" / "1.png"
    write_picture(odd, 0, (4, 5))
    write_picture(folder / "train" / "dog 10" / "1.png", 0, (6, 6))
    refused(folder, "(4, 5) in", folder / "train" / "cat" / "0.png", f"(5, 4) in {odd}")


def test_a_picture_may_be_too_wide_or_too_high(folder):
    for size in ((65, 10), (10, 65)):
        path = folder / "train" / "cat" / "0.png"
        Image.new("L", size).save(path)
        refused(folder, path, "at most 64x64 pixels", f"got {size[0]}x{size[1]}", "--image-size")


@pytest.mark.parametrize("side", [20_000, 2**31 - 1])
def test_a_picture_that_promises_to_be_large_is_refused_before_it_is_decoded(folder, side):
    path = folder / "train" / "cat" / "0.png"
    path.write_bytes(png_header(side, side))
    refused(folder, path, "at most")


def test_what_is_neither_a_picture_nor_a_class_is_refused(folder):
    (folder / "train" / "b\a").mkdir()
    refused(folder, r"expected printable class names, got 'b\x07'")
    (folder / "train" / "b\a").rmdir()
    stray = folder / "train" / "cat" / "notes.txt"
    stray.write_text("x")
    refused(folder, stray, "expected a picture, .png, .jpg")
    stray.unlink()
    write_picture(folder / "test" / "eel" / "0.png", 0)
    refused(folder, folder / "test" / "eel", "one of cat, dog 2, dog 10")


def test_a_class_or_a_part_without_pictures_is_refused(folder):
    (folder / "train" / "ape").mkdir()
    refused(folder, "class 0 (0-based), 'ape', has no image to train with")
    (folder / "train" / "ape").rmdir()
    for path in folder.glob("test/*/*.png"):
        path.unlink()
    refused(folder, folder / "test", "found no picture")


def test_a_converted_folder_is_the_same_set_and_always_the_same_bytes(folder, tmp_path):
    data = convert(folder, tmp_path / "idx")
    convert(folder, tmp_path / "twice")
    one, two = (sorted((tmp_path / name).iterdir()) for name in ("idx", "twice"))
    assert len(one) == 5
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    again = load(tmp_path / "idx")
    assert again.classes == data.classes == CLASSES
    for one, other in ((data.train, again.train), (data.test, again.test)):
        np.testing.assert_array_equal(one.images, other.images)
        np.testing.assert_array_equal(one.labels, other.labels)
    assert (tmp_path / "idx" / "classes.txt").read_text() == "cat\ndog 2\ndog 10\n"


def test_a_folder_that_holds_anything_is_not_written_to(folder, tmp_path):
    kept = tmp_path / "idx" / "mine"
    kept.parent.mkdir()
    kept.write_text("x")
    with pytest.raises(OutputError, match="idx: it is not empty"):
        convert(folder, tmp_path / "idx")
    kept.unlink()
    convert(folder, tmp_path / "idx")


def test_nothing_is_left_of_a_conversion_that_fails(folder, tmp_path):
    path = folder / "train" / "cat" / "2.png"
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(DataError, match=f"cannot use the picture {path}: it is broken"):
        convert(folder, tmp_path / "idx")
    with pytest.raises(OutputError, match="nowhere"):
        convert(folder, tmp_path / "nowhere" / "idx")
    assert [path.name for path in tmp_path.iterdir()] == ["animals"]
