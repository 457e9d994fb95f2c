"""The bundled MNIST, folders of the same four files, and folders that are refused."""

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import mnistviz
from idx_files import file_names, random_pair, write_dataset, write_idx
from mnistviz.datasets.load import load
from refusing import refused

BUNDLED = Path(__file__).parents[2] / "data" / "mnist"
PACKAGE = Path(mnistviz.__file__).resolve().parent
TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS = file_names()

CONTENT_SHA256 = {
    TRAIN_IMAGES: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    TRAIN_LABELS: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    TEST_IMAGES: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    TEST_LABELS: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}


def load_elsewhere(packages, cwd):
    """Load the bundled set of the package in a folder; return name and size, or the error."""
    script = "import mnistviz; data = mnistviz.load(); print(data.name, len(data.test))"
    env = {**os.environ, "PYTHONPATH": str(packages), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, encoding="utf-8")
    return (done.stdout + done.stderr).strip()


def copy_package(packages):
    """Copy the package without any data."""
    ignored = shutil.ignore_patterns("__pycache__", "data")
    shutil.copytree(PACKAGE, packages / "mnistviz", ignore=ignored)
    return packages


def test_the_bundled_set_is_mnist_to_the_byte():
    mnist = load()
    assert (mnist.name, mnist.noun) == ("MNIST", "digit")
    assert mnist.classes == tuple("0123456789")
    assert (len(mnist.train), len(mnist.test)) == (60_000, 10_000)
    assert mnist.train.image_size == mnist.test.image_size == (28, 28)
    readme = (BUNDLED / "README.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| `(\S+)` \| `([0-9a-f]{64})` \|$", readme, re.MULTILINE)
    assert dict(table) == CONTENT_SHA256
    parts = mnist.train.images, mnist.train.labels, mnist.test.images, mnist.test.labels
    for (name, expected), array in zip(CONTENT_SHA256.items(), parts, strict=True):
        content = gzip.decompress((BUNDLED / f"{name}.gz").read_bytes())
        assert hashlib.sha256(content).hexdigest() == expected
        assert array.dtype == (np.uint8 if array.ndim == 3 else np.int64)
        assert array.astype(np.uint8).tobytes() == content[4 + 4 * array.ndim :]


def test_the_bundled_set_is_found_from_any_working_directory(tmp_path):
    assert load_elsewhere(PACKAGE.parent, cwd=tmp_path) == "MNIST 10000"


@pytest.mark.parametrize(
    ("packages", "data"),
    [("site-packages", "site-packages/mnistviz/data"), ("checkout/src", "checkout/data")],
)
def test_the_set_is_found_within_an_installed_package_or_next_to_a_source_folder(
    tmp_path, packages, data
):
    copy_package(tmp_path / packages)
    write_dataset(tmp_path / data / "mnist", gzipped=True)
    assert load_elsewhere(tmp_path / packages, cwd=tmp_path) == "MNIST 20"


def test_a_package_without_its_set_says_where_it_looked_and_what_to_do(tmp_path):
    packages = copy_package(tmp_path / "checkout" / "src")
    message = load_elsewhere(packages, cwd=tmp_path)
    assert "DataError: The bundled MNIST files are missing: expected them in " in message
    assert str(packages / "mnistviz" / "data" / "mnist") in message
    assert str(tmp_path / "checkout" / "data" / "mnist") in message
    assert message.endswith("Reinstall mnistviz, or name a folder that holds them with --data.")


@pytest.mark.parametrize("gzipped", [False, True])
@pytest.mark.parametrize("dots", [False, True])
@pytest.mark.parametrize("part", ["t10k", "test"])
def test_a_folder_is_read_whatever_its_files_are_called(tmp_path, part, dots, gzipped):
    train, test = random_pair(30, (3, 7), seed=1), random_pair(12, (3, 7), seed=2)
    write_dataset(tmp_path / "toy", train, test, dots=dots, gzipped=gzipped)
    for path in (tmp_path / "toy").glob("t10k*"):
        path.rename(path.with_name(path.name.replace("t10k", part)))
    data = load(tmp_path / "toy")
    assert (data.name, data.noun) == ("toy", "image")
    assert data.classes == tuple("0123456789")
    assert data.train.image_size == (3, 7)
    for split, (images, labels) in ((data.train, train), (data.test, test)):
        np.testing.assert_array_equal(split.images, images)
        np.testing.assert_array_equal(split.labels, labels)


def test_of_several_files_for_one_the_first_of_the_stated_order_counts(tmp_path):
    write_dataset(tmp_path)
    stem, dotted = TEST_IMAGES, TEST_IMAGES.replace("-idx", ".idx")
    order = [stem, f"{stem}.gz", dotted, f"{dotted}.gz"]
    for value, name in enumerate(order, 1):
        images = np.full((20, 4, 6), 40 * value, np.uint8)
        images[0] = 0
        write_idx(tmp_path / name, images)
    for value, name in enumerate(order, 1):
        assert load(tmp_path).test.images.max() == 40 * value
        (tmp_path / name).unlink()
    refused(tmp_path, stem)


def test_a_folder_with_the_name_of_a_file_is_passed_over(tmp_path):
    write_dataset(tmp_path, dots=True)
    (tmp_path / TRAIN_IMAGES).mkdir()
    assert len(load(tmp_path).train) == 40


def test_a_set_bears_the_name_of_its_folder_however_that_is_reached(tmp_path, monkeypatch):
    monkeypatch.chdir(write_dataset(tmp_path / "toy"))
    write_dataset(tmp_path / "toy" / "~")
    names = [load(path).name for path in (Path(), Path("..") / "toy", Path("~"))]
    assert names == ["toy", "toy", "~"]


@pytest.mark.parametrize("name", ["nowhere", "a\0b", "x" * 5000, "a file"])
def test_a_folder_that_is_not_there_is_refused(tmp_path, name):
    (tmp_path / "a file").touch()
    message = refused(tmp_path / name)
    what = "expected a folder of" if name == "a file" else "cannot be read: "
    assert message.startswith(f"{tmp_path / name}: {what}")
    assert "a folder of four IDX files" in message


def test_missing_files_are_named_with_the_names_that_they_may_have(tmp_path):
    write_dataset(tmp_path)
    (tmp_path / TRAIN_LABELS).unlink()
    (tmp_path / TEST_LABELS).unlink()
    assert refused(tmp_path) == (
        f"Data folder {tmp_path} lacks train-labels-idx1-ubyte, t10k-labels-idx1-ubyte.\n"
        "Accepted names, here of the first: train-labels-idx1-ubyte, train-labels-idx1-ubyte.gz, "
        "train-labels.idx1-ubyte, train-labels.idx1-ubyte.gz."
    )


@pytest.mark.parametrize("name", file_names())
def test_a_damaged_file_is_refused_by_name(tmp_path, name):
    write_dataset(tmp_path)
    path = tmp_path / name
    path.write_bytes(path.read_bytes()[:-1])
    assert refused(tmp_path).startswith(f"IDX file {path}: is truncated: expected ")


IMAGES, LABELS = random_pair(20)
SWAPPED = "It holds {0}, not {1}: are the files swapped?"


@pytest.mark.parametrize(
    ("name", "array", "message"),
    [
        (TRAIN_IMAGES, np.zeros((40, 4, 6), np.int16), "uint8 in 3 dimension(s), got int16 in 3."),
        (TRAIN_IMAGES, np.zeros((40, 24), np.uint8), "uint8 in 3 dimension(s), got uint8 in 2."),
        (TEST_IMAGES, np.zeros((20, 4, 6, 3), np.uint8), "3 dimension(s), got uint8 in 4."),
        (TEST_IMAGES, LABELS, f"got uint8 in 1.\n{SWAPPED.format('labels', 'images')}"),
        (TEST_LABELS, np.zeros((20, 8), np.int32), "integers in 1 dimension(s), got int32 in 2."),
        (TEST_LABELS, np.zeros(20, np.float32), "integers in 1 dimension(s), got float32 in 1."),
        (TEST_LABELS, IMAGES, f"got uint8 in 3.\n{SWAPPED.format('images', 'labels')}"),
        (TRAIN_LABELS, np.array(3, np.uint8), "integers in 1 dimension(s), got uint8 in 0."),
    ],
)
def test_arrays_of_another_type_or_shape_are_refused(tmp_path, name, array, message):
    write_idx(write_dataset(tmp_path) / name, array)
    kind = "images" if "images" in name else "labels"
    error = refused(tmp_path)
    assert error.startswith(f"{tmp_path / name}: expected {kind}, ")
    assert error.endswith(message)


@pytest.mark.parametrize(
    ("test", "message"),
    [
        ((IMAGES, LABELS[:5]), "Expected as many labels as images, got 5 labels in {1} and 20 "
         "images in {0}."),
        ((IMAGES[:0], LABELS[:0]), "{0}: expected at least one image of one pixel, got 0×4×6."),
        ((IMAGES[:, :0], LABELS), "{0}: expected at least one image of one pixel, got 20×0×6."),
        ((IMAGES, np.where(np.arange(20) < 7, 0, 10).astype(np.uint8)),
         "{1}: expected labels from 0 to 9, got 10 at index 7 (0-based)."),
        ((IMAGES.reshape(20, 6, 4), LABELS), "Expected images of one size (height×width), got 4×6 "
         "in {2} and 6×4 in {0}.\nBring all to one size with --image-size WIDTHxHEIGHT, such as "
         "28x28."),
    ],
)  # fmt: skip
def test_files_that_do_not_fit_together_are_refused(tmp_path, test, message):
    write_dataset(tmp_path, test=test)
    paths = [tmp_path / name for name in (TEST_IMAGES, TEST_LABELS, TRAIN_IMAGES)]
    assert refused(tmp_path) == message.format(*paths)
