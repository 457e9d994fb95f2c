"""The classifier, and the file that keeps it."""

import io
import json
import math
import os
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mnistviz
from mnistviz.datasets.dataset import as_pixels
from mnistviz.errors import ModelError, is_line
from mnistviz.model.kind import log_softmax, softmax
from mnistviz.model.linear import LinearClassifier
from mnistviz.model.read import read_model
from mnistviz.model.saved import TrainedModel
from model_files import a_model, entry_of, members_of, npy, patched, written, zipped
from refusing import measured

CLASSES = ("ankle boot", "ō", "sneaker")
MEMBERS = ("format", "version", "image_size", "classes", "weights", "bias", "training")


def a_trained_model(**changes):
    parts = {
        "model": a_model(),
        "classes": CLASSES,
        "image_size": (2, 3),
        "training": {"epochs": 15, "dataset": "MNIST", "test_accuracy": 0.927, "l2": 1e-5},
    }
    return TrainedModel(**parts | changes)


GOOD = written(a_trained_model())
PARTS = members_of(GOOD)
PACKED = zipped(PARTS, zipfile.ZIP_DEFLATED)


def with_member(name, data):
    return zipped(PARTS | {f"{name}.npy": data})


def with_array(name, array):
    return with_member(name, npy(array))


def with_entry(offset, damage):
    """Return the file with other bytes in the directory's entry of the weights."""
    return patched(GOOD, entry_of(GOOD, "weights") + offset, damage)


def read(data, folder):
    path = folder / "model.npz"
    path.write_bytes(data)
    return read_model(path)


def refusal(data, folder):
    """Return the error's one line, without the file's name at its start."""
    with pytest.raises(ModelError) as caught:
        read(data, folder)
    start, message = f"{folder / 'model.npz'}: ", str(caught.value)
    assert message.startswith(start)
    assert "\n" not in message
    return message.removeprefix(start)


def assert_same(found, expected):
    assert np.array_equal(found.model.weights, expected.model.weights)
    assert np.array_equal(found.model.bias, expected.model.bias)
    assert found.model.weights.dtype == found.model.bias.dtype == np.float32
    assert (found.classes, found.image_size) == (expected.classes, expected.image_size)
    assert found.training == expected.training


# The classifier


def test_pixels_are_the_rows_of_an_image_from_0_to_1():
    images = np.array([[[0, 255], [51, 102], [1, 2]]], np.uint8)
    pixels = as_pixels(images)
    assert pixels.dtype == np.float32
    np.testing.assert_allclose(pixels, [[0, 1, 0.2, 0.4, 1 / 255, 2 / 255]], rtol=1e-6)
    assert pixels.max() == 1  # exactly
    out = np.empty_like(pixels)
    assert as_pixels(images, out=out) is out
    assert np.array_equal(out, pixels)


@given(st.integers(1, 30), st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_contributions_and_bias_add_up_to_the_logit(pixels, classes, seed):
    model = a_model(pixels, classes, seed)
    image = np.random.default_rng(seed).random(pixels, np.float32)
    contributions = model.contributions(image)
    assert contributions.shape == (classes, pixels)
    for k in range(classes):
        by_hand = [float(image[p]) * float(model.weights[p, k]) for p in range(pixels)]
        np.testing.assert_allclose(contributions[k], by_hand, rtol=1e-6)
        total = math.fsum(by_hand) + float(model.bias[k])
        assert model.logits(image)[k] == pytest.approx(total, abs=1e-4)


def test_many_images_are_scored_as_one_is():
    model, images = a_model(), np.random.default_rng(1).random((5, 6), np.float32)
    for method in (model.logits, model.probabilities, model.predict):
        found = method(images)
        np.testing.assert_allclose(found, [method(image) for image in images], rtol=1e-5)


@given(st.floats(0, 1e35), st.sampled_from([(3,), (4, 3), (2, 4, 3)]), st.integers(0, 2**32 - 1))
def test_the_softmax_sums_to_1_however_large_the_logits(scale, shape, seed):
    logits = scale * np.random.default_rng(seed).normal(size=shape).astype(np.float32)
    probabilities = softmax(logits)
    assert (probabilities.shape, probabilities.dtype) == (shape, np.float64)
    assert (probabilities >= 0).all()
    np.testing.assert_allclose(probabilities.sum(axis=-1), 1)
    np.testing.assert_allclose(np.exp(log_softmax(logits)), probabilities, atol=1e-12)


def test_probabilities_are_the_softmax_and_the_most_probable_class_is_predicted():
    model = LinearClassifier(np.zeros((1, 2)), np.array([0, np.log(3)]))
    np.testing.assert_allclose(model.probabilities(np.ones(1, np.float32)), [0.25, 0.75])
    assert model.predict(np.ones((1, 1), np.float32)).tolist() == [1]


@given(st.integers(1, 30), st.integers(2, 6), st.integers(0, 2**32 - 1))
def test_centring_takes_the_means_off_and_changes_no_prediction(pixels, classes, seed):
    model = a_model(pixels, classes, seed)
    model = LinearClassifier(model.weights + np.float32(0.5), model.bias + np.float32(3))
    centred = model.centred()
    np.testing.assert_allclose(centred.weights.mean(axis=1), 0, atol=1e-6)
    assert centred.bias.mean() == pytest.approx(0, abs=1e-6)

    images = np.random.default_rng(seed).random((20, pixels), np.float32)
    np.testing.assert_allclose(
        centred.probabilities(images), model.probabilities(images), atol=1e-4
    )
    ranked = np.sort(model.logits(images), axis=1)
    clear = ranked[:, -1] - ranked[:, -2] > 1e-3
    assert np.array_equal(centred.predict(images)[clear], model.predict(images)[clear])


@pytest.mark.parametrize(
    ("weights", "bias", "problem"),
    [
        (np.zeros((2, 3), complex), np.zeros(3, np.float32), "weights of real numbers.*complex"),
        (np.zeros(3, np.float32), np.zeros(3, np.float32), r"2 dimensions.*\(3,\)"),
        (np.zeros((0, 3), np.float32), np.zeros(3, np.float32), r"empty.*\(0, 3\)"),
        (np.zeros((2, 3), np.float32), np.zeros(3, str), "bias of real numbers.*<U1"),
        (np.zeros((2, 3), np.float32), np.zeros(4, np.float32), "each of 3 classes, got 4"),
        (np.full((2, 3), np.nan, np.float32), np.zeros(3, np.float32), "NaN"),
        (np.zeros((2, 3), np.float32), np.full(3, -np.inf, np.float32), "infinity"),
        (np.full((9, 3), 1e38, np.float32), np.zeros(3, np.float32), "end of float32"),
    ],
)
def test_arrays_that_make_no_model_are_refused(weights, bias, problem):
    with pytest.raises(ModelError, match=problem):
        LinearClassifier(weights, bias)


def test_a_model_of_another_shape_is_refused_with_both(digits):
    model = LinearClassifier(np.zeros((16, 3), np.float32), np.zeros(3, np.float32))
    with pytest.raises(ModelError, match="weights of 16×3, pixels by classes; expected 784×10"):
        mnistviz.evaluate(digits, model)


# Its file


@settings(max_examples=30)
@given(
    st.integers(1, 5),
    st.integers(1, 5),
    st.lists(st.text(min_size=1).filter(is_line), min_size=1, max_size=4),
    st.dictionaries(st.text(), st.integers() | st.text() | st.booleans() | st.none()),
)
def test_any_size_any_names_and_any_training_come_back(tmp_path_factory, height, width, names, how):
    trained = TrainedModel(a_model(height * width, len(names)), tuple(names), (height, width), how)
    assert_same(read(written(trained), tmp_path_factory.getbasetemp()), trained)


def test_the_same_content_gives_the_same_bytes():
    again = a_trained_model(training=dict(reversed(a_trained_model().training.items())))
    model = LinearClassifier(np.asfortranarray(a_model().weights), a_model().bias)
    fortran = a_trained_model(model=model)
    assert written(again) == written(fortran) == GOOD
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_numpy_alone_can_read_the_file_and_write_it_anew(tmp_path):
    with np.load(io.BytesIO(GOOD), allow_pickle=False) as arrays:
        assert tuple(arrays) == MEMBERS
        assert str(arrays["format"]) == "mnistviz-model"
        assert int(arrays["version"]) == 1
        assert arrays["weights"].shape == (6, 3)
        assert json.loads(str(arrays["training"]))["epochs"] == 15
        np.savez_compressed(tmp_path / "again.npz", **arrays)
    assert_same(read_model(tmp_path / "again.npz"), a_trained_model())


@pytest.mark.parametrize("other", [(CLASSES, (3, 2)), (("0", "1", "2"), (2, 3))])
def test_data_that_do_not_fit_are_refused_and_both_sides_named(other):
    trained = replace(a_trained_model(), source="model.npz")
    assert trained.fitted(CLASSES, (2, 3)) is trained.model
    with pytest.raises(ModelError) as caught:
        trained.fitted(*other)
    classes, (height, width) = other
    assert str(caught.value) == (
        "model.npz was trained on 2×3 images of 3 classes (ankle boot, ō, sneaker); "
        f"the data have {height}×{width} images of 3 classes ({', '.join(classes)})"
    )


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"image_size": (2, 2)}, "images of 6 pixels, .* got 2×2"),
        ({"image_size": (-2, -3)}, "got -2×-3"),
        ({"classes": ("a", "b")}, "expected 3 class names, got 2"),
        ({"classes": ("a", "b", 3)}, "printable class names, got 3"),
        ({"classes": ("a", "b", "")}, "printable class names, got ''"),
        ({"classes": ("a", "b", "\0")}, "printable class names"),
    ],
)
def test_parts_that_do_not_fit_each_other_are_refused(changes, problem):
    with pytest.raises(ModelError, match=problem):
        a_trained_model(**changes)


@pytest.mark.parametrize(
    ("training", "problem"),
    [
        ({"a": math.nan}, "cannot be stored as JSON"),
        ({"a": object()}, "cannot be stored as JSON"),
        ({"a": 1, 2: 3}, "cannot be stored as JSON"),
        ({"a": "x" * 2**20}, "at most 1048576 bytes of training"),  # it could not be read again
    ],
)
def test_a_training_that_cannot_be_stored_is_refused_and_nothing_written(training, problem):
    file = io.BytesIO()
    with pytest.raises(ModelError, match=problem):
        a_trained_model(training=training).write(file)
    assert not file.getvalue()


def headed(header, version=1):
    """Return the weights as an .npy with this header."""
    length = struct.pack("<H" if version == 1 else "<I", len(header))
    magic = b"\x93NUMPY" + bytes([version, 0])
    return magic + length + header.encode() + a_model().weights.tobytes()


HEADER = "{'descr': '<f4', 'fortran_order': False, 'shape': (6, 3), }\n"


@pytest.mark.parametrize(
    ("version", "header"),
    [
        (2, HEADER),
        (1, HEADER.replace(", }", "}   ")),
        (1, '{"shape":(6,3),"fortran_order":False,"descr":"<f4"}'),
        (1, HEADER.replace("(6, 3)", "(6L, 3L)")),  # Python 2
    ],
)
def test_a_header_of_another_writer_is_read(version, header, tmp_path):
    data = with_member("weights", headed(header, version))
    assert_same(read(data, tmp_path), a_trained_model())


# Files that are refused


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda path: None, r"no such file; 'mnistviz train --out"),
        (lambda path: path.mkdir(), "expected a model file, got a folder"),
        (lambda path: os.mkfifo(path), "expected a model file, got something else"),
        (lambda path: path.symlink_to("nowhere"), "no such file"),
        (lambda path: path.symlink_to(path), "cannot be read: "),
        (lambda path: (path.touch(), os.truncate(path, 2**27)), f"at most 73400320.* got {2**27}"),
    ],
)
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs POSIX's pipes and links")
def test_what_is_no_readable_file_is_refused(make, problem, tmp_path):
    make(tmp_path / "model.npz")
    with pytest.raises(ModelError, match=rf"model\.npz: .*{problem}"):
        read_model(tmp_path / "model.npz")


def test_a_name_that_no_file_can_have_is_refused():
    with pytest.raises(ModelError, match=r"cannot be read|no such file"):
        read_model(Path("a\0b"))


NEWER = {"format.npy": npy("mnistviz-model"), "version.npy": npy(np.int64(2)), "more.npy": b""}
NO_TEXT = PARTS["classes.npy"][:-4] + b"\xff\xff\xff\xff"
DEFLATED = PACKED.index(b"weights.npy") + len(b"weights.npy")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "got an empty one"),
        (b"\x89PNG\r\n\x1a\n and more", r"b'\x89PNG\r\n\x1a\n'"),
        *((GOOD[:n], f"({n} bytes) is damaged") for n in (2, 100, len(GOOD) // 2, len(GOOD) - 1)),
        (zipped({"arr_0.npy": npy([1.0])}), "got ['arr_0']"),
        (zipped({"a\nb\x1b.npy": b""}), r"a\nb\x1b"),
        (zipped({"a\nb.weight.npy": npy("text")}), r"a\nb.weight"),
        (with_array("format", "other-model"), "expected a model that 'mnistviz train' wrote"),
        (with_array("version", np.int64(0)), "expected model format version 1, got 0; use"),
        (zipped(NEWER | {"more.npy": npy(1.0)}), "expected model format version 1, got 2; use"),
        (with_array("extra", 1.0), "'extra'"),
        (with_member("weighty", b"").replace(b"weighty", b"weights"), "each member once"),
        (zipped(PARTS | {"../x": b""}), "'../x'"),
        (patched(PACKED, DEFLATED, b"\xff" * 20), "damaged"),
        (GOOD.replace(a_model().bias.tobytes(), bytes(12)), "Bad CRC-32 for file 'bias.npy'"),
        (
            with_entry(10, b"\x0c"),
            "'weights.npy' stored or deflated, got it encrypted or packed by",
        ),
        (with_entry(8, b"\1"), "'weights.npy' stored or deflated, got it encrypted"),
        (with_entry(20, struct.pack("<II", 10**6, 10**6)), "damaged"),  # longer than the file
        (with_entry(6, struct.pack("<H", 99)), "damaged"),  # needs a newer unzip
        (with_entry(42, b"\xff\xff\xff\x7f"), "damaged"),  # begins behind the end
        (with_member("classes", NO_TEXT), "expected text as classes"),
    ],
)
def test_a_file_of_another_kind_or_a_damaged_one_is_refused(data, problem, tmp_path):
    assert problem in refusal(data, tmp_path)


@pytest.mark.parametrize("name", MEMBERS)
def test_a_missing_member_is_refused(name, tmp_path):
    others = {other: data for other, data in PARTS.items() if other != f"{name}.npy"}
    assert "got the members" in refusal(zipped(others), tmp_path)


@pytest.mark.parametrize(
    ("name", "array", "problem"),
    [
        ("weights", np.zeros((6, 3)), "weights of type <f4 in 2 dimensions, got '<f8' of shape"),
        ("weights", np.zeros((6, 3), ">f4"), "'>f4'"),
        ("weights", np.zeros(18, np.float32), "2 dimensions, got '<f4' of shape (18,)"),
        ("weights", np.full((6, 3), np.nan, np.float32), "NaN"),
        ("bias", np.zeros(2**18, np.float32), "each of 3 classes, got 262144"),
        ("bias", np.zeros(2**18 + 1, np.float32), "at most 1048576 bytes of bias, got 1048580"),
        ("image_size", np.array([2, 3, 1]), "got 2×3×1"),
        ("image_size", np.array([2**62, 2**62]), "images of 6 pixels"),
        ("image_size", np.array([2.0, 3.0]), "'<f8'"),
        ("classes", np.array([1, 2, 3]), "classes of type <U in 1 dimensions, got '<i8'"),
        ("classes", np.array(["a", "b", "\n"]), r"printable class names, got '\n'"),
        ("version", np.array([1]), "0 dimensions"),
        ("training", np.array("{"), "expected JSON as training"),
        ("training", np.array("[" * 200_000), "expected JSON as training"),
        ("training", np.array("9" * 5000), "training"),
        ("training", np.array("[1]"), "expected a JSON object as training, got '[1]'"),
    ],
)
def test_a_wrong_array_is_refused_by_name(name, array, problem, tmp_path):
    assert problem in refusal(with_array(name, array), tmp_path)


class Trap:
    """Creates a file when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


def test_a_pickle_is_refused_and_not_opened(tmp_path):
    mark = tmp_path / "unpickled"
    trap = npy(np.array([Trap(mark)], object))
    np.lib.format.read_array(io.BytesIO(trap), allow_pickle=True)
    assert mark.exists(), "the trap does not work"
    mark.unlink()
    assert "expected classes of type <U" in refusal(with_member("classes", trap), tmp_path)
    assert not mark.exists()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("(6, 3)", "(999999999, 999999999)", "an array as 'weights.npy'"),
        ("(6, 3)", "(7, 3)", "an array as 'weights.npy'"),
        ("(6, 3)", "(-6, -3)", "an array as 'weights.npy'"),
        ("(6, 3)", "(6, 2)", "expected 48 bytes for 'weights.npy' of shape (6, 2), got 72"),
        ("(6, 3)", "(0, 999999999)", "expected 0 bytes"),
        ("(6, 3)", "(" + "1" * 60_000 + " , x)", "an array as 'weights.npy'"),
        ("(6, 3)", "(" * 900, "an array as 'weights.npy'"),
        ("<f4", "<U0", "weights of type <f4"),
        (HEADER, "__import__('os')", "an array as 'weights.npy', got b'\\x93NUMPY"),
    ],
)
def test_a_wrong_header_is_refused(old, new, problem, tmp_path):
    data = headed(HEADER.replace(old, new))
    assert problem in refusal(with_member("weights", data), tmp_path)


def hidden_bomb():
    """Return a model whose bias unpacks to more bytes than the directory says."""
    data = zipped(PARTS | {"bias.npy": bytes(2**26)}, zipfile.ZIP_DEFLATED)
    return patched(data, entry_of(data, "bias") + 24, struct.pack("<I", 140))


def long_directory():
    """Return an archive that has only a directory, of 50,000 members."""
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, *(0,) * 3, 1, *(0,) * 6)
    directory = 50_000 * (entry + b"a")
    return b"PK" + directory + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(directory), 2, 0)


@pytest.mark.parametrize(
    ("data", "most_bytes", "problem"),
    [
        (zipped({"a": bytes(2**26), "b": bytes(2**26)}, zipfile.ZIP_DEFLATED), 2**22, "got 1342"),
        (hidden_bomb(), 2**24, "damaged"),
        (long_directory(), 2**23, "expected at most 100 members, got about 50000"),
        (with_member("weights", headed(HEADER.replace("6", "9" * 9))), 2**20, "weights.npy"),
    ],
    ids=["bomb", "hidden bomb", "long directory", "large shape"],
)
def test_a_file_that_claims_or_holds_too_much_takes_little_memory(
    data, most_bytes, problem, tmp_path
):
    message, peak = measured(lambda: refusal(data, tmp_path))
    assert problem in message
    assert peak < most_bytes


# Zip's signatures, sizes and NumPy's types are likelier than chance to do harm.
SPLICES = st.binary(max_size=8) | st.sampled_from(
    [b"PK\x01\x02", b"PK\x05\x06", b"\xff" * 4, b"\0" * 4, b"|O", b"<f8", b"(", b"9" * 9]
)
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 8), SPLICES), min_size=1, max_size=4)


@settings(max_examples=1000)
@given(st.sampled_from(["stored", "packed", *MEMBERS]), EDITS)
def test_a_mutated_file_or_array_is_a_model_or_refused(tmp_path_factory, part, edits):
    data = {"stored": GOOD, "packed": PACKED}.get(part) or PARTS[f"{part}.npy"]
    for place, cut, splice in edits:
        at = int(place * len(data))
        data = data[:at] + splice + data[at + cut :]
    if part in MEMBERS:
        data = with_member(part, data)
    try:
        found = read(data, tmp_path_factory.getbasetemp())
    except ModelError:
        return
    if part not in MEMBERS:  # a checksum finds what is damaged
        assert_same(found, a_trained_model())
    assert np.isfinite(found.model.weights).all()
    assert len(found.classes) == len(found.model.bias)
