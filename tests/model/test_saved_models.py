import io
import json
import math
import os
import struct
import tracemalloc
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnistviz.datasets.dataset import as_pixels
from mnistviz.errors import ModelError
from mnistviz.model.saved import TrainedModel
from mnistviz.model.softmax import SoftmaxRegression

CLASSES = ("ankle boot", "ō", "sneaker")
MEMBERS = ("format", "version", "image_size", "classes", "weights", "bias", "training")


def a_model(pixels=6, classes=3, seed=0, scale=1.0):
    random = np.random.default_rng(seed)
    return SoftmaxRegression(
        (scale * random.normal(size=(pixels, classes))).astype(np.float32),
        (scale * random.normal(size=classes)).astype(np.float32),
    )


def a_trained_model(**changes):
    parts = {
        "model": a_model(),
        "classes": CLASSES,
        "image_size": (2, 3),
        "training": {"epochs": 15, "dataset": "MNIST", "test_accuracy": 0.927, "l2": 1e-5},
    }
    return TrainedModel(**parts | changes)


def written(trained):
    file = io.BytesIO()
    trained.write(file)
    return file.getvalue()


GOOD = written(a_trained_model())


def the_members():
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(members, **options):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", **options) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def npy(array):
    file = io.BytesIO()
    np.lib.format.write_array(file, np.asarray(array), version=(1, 0))
    return file.getvalue()


def with_member(name, data):
    return zipped(the_members() | {f"{name}.npy": data})


def with_array(name, array):
    return with_member(name, npy(array))


def read(data, folder):
    path = folder / "model.npz"
    path.write_bytes(data)
    return TrainedModel.read(path)


def refusal(data, folder):
    """Return the one line that refuses the file, without the file's name at its start."""
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
    assert (pixels.min(), pixels.max()) == (0, 1)


def test_pixels_can_be_written_into_an_array_that_is_there():
    images = np.arange(12, dtype=np.uint8).reshape(2, 2, 3)
    room = np.empty((2, 6), np.float32)
    assert as_pixels(images, out=room) is room
    assert np.array_equal(room, as_pixels(images))


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
    assert model.logits(images).shape == (5, 3)
    for image, logits, probabilities in zip(
        images, model.logits(images), model.probabilities(images), strict=True
    ):
        np.testing.assert_allclose(model.logits(image), logits, rtol=1e-5)
        np.testing.assert_allclose(model.probabilities(image), probabilities, rtol=1e-5)


@given(st.floats(0, 1e35), st.integers(0, 2**32 - 1))
def test_probabilities_sum_to_1_however_large_the_logits(scale, seed):
    model = a_model(seed=seed, scale=scale)
    images = np.random.default_rng(seed).random((4, 6), np.float32)
    probabilities = model.probabilities(images)
    assert ((probabilities >= 0) & (probabilities <= 1)).all()
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, rtol=1e-5)


def test_probabilities_are_the_softmax():
    model = SoftmaxRegression(np.zeros((1, 2), np.float32), np.array([0, np.log(3)], np.float32))
    np.testing.assert_allclose(model.probabilities(np.ones(1, np.float32)), [0.25, 0.75])


def test_the_class_of_the_largest_logit_is_predicted():
    model = SoftmaxRegression(np.eye(3, dtype=np.float32), np.zeros(3, np.float32))
    assert model.predict(np.eye(3, dtype=np.float32)[[2, 0, 1]]).tolist() == [2, 0, 1]


@given(st.integers(1, 30), st.integers(2, 6), st.integers(0, 2**32 - 1))
def test_centring_takes_the_means_off_and_changes_no_prediction(pixels, classes, seed):
    model = a_model(pixels, classes, seed)
    model = SoftmaxRegression(model.weights + np.float32(0.5), model.bias + np.float32(3))
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
        SoftmaxRegression(weights, bias)


# Its file


def test_a_model_comes_back_as_it_was_written(tmp_path):
    trained = a_trained_model()
    assert_same(read(written(trained), tmp_path), trained)


@settings(max_examples=30)
@given(
    st.integers(1, 5),
    st.integers(1, 5),
    st.lists(st.text(min_size=1).filter(str.isprintable), min_size=1, max_size=4),
    st.dictionaries(st.text(), st.integers() | st.text() | st.booleans() | st.none()),
)
def test_any_size_any_names_and_any_training_come_back(tmp_path_factory, height, width, names, how):
    trained = TrainedModel(a_model(height * width, len(names)), tuple(names), (height, width), how)
    assert_same(read(written(trained), tmp_path_factory.getbasetemp()), trained)


def test_the_same_content_gives_the_same_bytes():
    again = a_trained_model(training=dict(reversed(a_trained_model().training.items())))
    fortran = a_trained_model(
        model=SoftmaxRegression(np.asfortranarray(a_model().weights), a_model().bias)
    )
    assert written(again) == written(fortran) == GOOD
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_numpy_alone_can_read_the_file(tmp_path):
    (tmp_path / "model.npz").write_bytes(GOOD)
    with np.load(tmp_path / "model.npz", allow_pickle=False) as arrays:
        assert tuple(arrays) == MEMBERS
        assert str(arrays["format"]) == "mnistviz-model"
        assert int(arrays["version"]) == 1
        assert arrays["weights"].shape == (6, 3)
        assert json.loads(str(arrays["training"]))["epochs"] == 15


def test_a_file_that_numpy_wrote_anew_and_compressed_is_read(tmp_path):
    with np.load(io.BytesIO(GOOD)) as arrays:
        np.savez_compressed(tmp_path / "again.npz", **arrays)
    assert_same(TrainedModel.read(tmp_path / "again.npz"), a_trained_model())


def test_data_that_fit_the_model_are_taken():
    trained = a_trained_model()
    assert trained.fitted(CLASSES, (2, 3)) is trained.model


@pytest.mark.parametrize("other", [(CLASSES, (3, 2)), (("0", "1", "2"), (2, 3))])
def test_data_that_do_not_fit_are_refused_and_both_sides_named(other):
    with pytest.raises(ModelError) as caught:
        replace(a_trained_model(), source="model.npz").fitted(*other)
    classes, (height, width) = other
    assert str(caught.value) == (
        "model.npz was trained on 2×3 images of 3 classes (ankle boot, ō, sneaker); "
        f"the data have {height}×{width} images of 3 classes ({', '.join(classes)})"
    )


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"image_size": (2, 2)}, "images of 2×2 pixels, got 6"),
        ({"image_size": (-2, -3)}, "images of -2×-3 pixels, got 6"),
        ({"classes": ("a", "b")}, "expected 3 class names, got 2"),
        ({"classes": ("a", "b", 3)}, "printable class names, got 3"),
        ({"classes": ("a", "b", "")}, "printable class names, got ''"),
        ({"classes": ("a", "b", "\0")}, "printable class names"),
    ],
)
def test_parts_that_do_not_fit_each_other_are_refused(changes, problem):
    with pytest.raises(ModelError, match=problem):
        a_trained_model(**changes)


@pytest.mark.parametrize("training", [{"a": math.nan}, {"a": object()}, {"a": 1, 2: 3}])
def test_a_training_without_json_form_is_refused_and_nothing_written(training):
    file = io.BytesIO()
    with pytest.raises(ModelError, match="cannot be stored as JSON"):
        a_trained_model(training=training).write(file)
    assert not file.getvalue()


def test_what_could_not_be_read_again_is_not_written():
    file = io.BytesIO()
    with pytest.raises(ModelError, match=r"training takes .* keeps at most 1048576"):
        a_trained_model(training={"a": "x" * 2**20}).write(file)
    assert not file.getvalue()


# What is no model file


def test_a_missing_file_is_refused_with_the_command_that_makes_one(tmp_path):
    with pytest.raises(ModelError, match=r"no\.npz: no such file; 'mnistviz train --out"):
        TrainedModel.read(tmp_path / "no.npz")


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(ModelError, match="expected a model file, got a folder"):
        TrainedModel.read(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are POSIX's")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ModelError, match="got something else"):
        TrainedModel.read(tmp_path / "pipe")


def test_a_name_that_no_file_can_have_is_refused():
    with pytest.raises(ModelError, match=r"cannot be read|no such file"):
        TrainedModel.read(Path("a\0b"))


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions stop no administrator"
)
def test_a_file_without_permission_is_refused(tmp_path):
    (tmp_path / "model.npz").write_bytes(GOOD)
    (tmp_path / "model.npz").chmod(0)
    with pytest.raises(ModelError, match="cannot be read: Permission denied"):
        TrainedModel.read(tmp_path / "model.npz")


def test_an_empty_file_is_refused(tmp_path):
    assert refusal(b"", tmp_path).endswith("got an empty one")


def test_another_kind_of_file_is_refused_with_its_start(tmp_path):
    message = refusal(b"\x89PNG\r\n\x1a\n and more", tmp_path)
    assert "expected an .npz file that 'mnistviz train' wrote" in message
    assert r"b'\x89PNG\r\n\x1a\n'" in message


@pytest.mark.parametrize("length", [2, 100, len(GOOD) // 2, len(GOOD) - 1])
def test_a_truncated_file_is_refused_with_its_length(length, tmp_path):
    assert f"({length} bytes) is damaged or cut short" in refusal(GOOD[:length], tmp_path)


def test_a_foreign_npz_is_refused_with_what_it_holds(tmp_path):
    message = refusal(zipped({"arr_0.npy": npy([1.0])}), tmp_path)
    assert message == (
        "expected a model that 'mnistviz train' wrote, got the members ['arr_0.npy']"
    )


def test_a_foreign_format_with_members_of_the_same_names_is_refused(tmp_path):
    message = refusal(with_array("format", "other-model"), tmp_path)
    assert "expected a model that 'mnistviz train' wrote" in message


def test_names_from_a_foreign_file_cannot_break_the_line(tmp_path):
    assert r"a\nb\x1b" in refusal(zipped({"a\nb\x1b.npy": b""}), tmp_path)


@pytest.mark.parametrize("version", [0, 2])
def test_another_format_version_is_refused_with_both_numbers(version, tmp_path):
    message = refusal(with_array("version", np.int64(version)), tmp_path)
    assert message.startswith(f"expected model format version 1, got {version}; use")


def test_a_newer_version_is_named_even_where_its_members_are_others(tmp_path):
    members = {"format.npy": npy("mnistviz-model"), "version.npy": npy(np.int64(2))}
    assert "format version 1, got 2" in refusal(zipped(members), tmp_path)


@pytest.mark.parametrize("name", MEMBERS)
def test_a_missing_member_is_refused(name, tmp_path):
    members = the_members()
    del members[f"{name}.npy"]
    message = refusal(zipped(members), tmp_path)
    assert "expected" in message
    assert "got the members" in message


def test_a_member_too_many_is_refused(tmp_path):
    assert "'extra.npy'" in refusal(with_array("extra", 1.0), tmp_path)


def test_a_member_that_is_there_twice_is_refused(tmp_path):
    data = with_member("weighty", the_members()["weights.npy"]).replace(b"weighty", b"weights")
    assert "expected the members" in refusal(data, tmp_path)


# What a model file must not hold


@pytest.mark.parametrize(
    ("name", "array", "problem"),
    [
        ("weights", np.zeros((6, 3)), "weights of type <f4 in 2 dimensions, got '<f8' of shape"),
        ("weights", np.zeros((6, 3), ">f4"), "'>f4'"),
        ("weights", np.zeros(18, np.float32), "2 dimensions, got '<f4' of shape (18,)"),
        ("weights", np.zeros((0, 3), np.float32), "none of them empty"),
        ("weights", np.zeros((7, 3), np.float32), "2×3 pixels, got 7"),
        ("weights", np.zeros((6, 4), np.float32), "each of 4 classes, got 3"),
        ("weights", np.full((6, 3), np.nan, np.float32), "NaN"),
        ("weights", np.full((6, 3), np.inf, np.float32), "infinity"),
        ("bias", np.full(3, np.nan, np.float32), "NaN"),
        ("bias", np.zeros(2, np.float32), "each of 3 classes, got 2"),
        ("image_size", np.array([2, 3, 1]), "expected height and width, got 3 numbers"),
        ("image_size", np.array([-2, -3]), "images of -2×-3 pixels"),
        ("image_size", np.array([2**62, 2**62]), "got 6"),
        ("image_size", np.array([2.0, 3.0]), "'<f8'"),
        ("classes", np.array([1, 2, 3]), "classes of type <U in 1 dimensions, got '<i8'"),
        ("classes", np.array(["a", "b"]), "expected 3 class names, got 2"),
        ("classes", np.array(["a", "b", "\n"]), r"printable class names, got '\n'"),
        ("version", np.array([1]), "0 dimensions"),
        ("training", np.array("{"), "expected JSON in training.npy"),
        ("training", np.array("[" * 200_000), "expected JSON in training.npy"),
        ("training", np.array("9" * 5000), "training.npy"),
        ("training", np.array("[1]"), "expected a JSON object in training.npy, got '[1]'"),
    ],
)
def test_a_wrong_array_is_refused_by_name(name, array, problem, tmp_path):
    assert problem in refusal(with_array(name, array), tmp_path)


class Trap:
    """Leaves a mark where anyone unpickles it."""

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
    assert "'|O'" in refusal(with_member("classes", trap), tmp_path)
    assert not mark.exists()


@pytest.mark.parametrize("name", MEMBERS)
def test_bytes_that_are_no_array_are_refused(name, tmp_path):
    assert f"{name}.npy, got b'nothing'" in refusal(with_member(name, b"nothing"), tmp_path)


@pytest.mark.parametrize("shape", ["(999999999, 999999999)", "(7, 3)", "(6, 2)", "(0, 999999999)"])
def test_a_header_that_lies_about_its_shape_is_refused_before_anything_is_allocated(
    shape, tmp_path
):
    data = the_members()["weights.npy"].replace(b"(6, 3)", shape.encode())
    assert "bytes for weights of shape" in refusal(with_member("weights", data), tmp_path)


def test_a_header_that_takes_a_parser_forever_is_refused(tmp_path):
    data = the_members()["weights.npy"].replace(b"(6, 3)", b"(" + b"1" * 60_000 + b" , x)")
    assert "expected a plain array as weights.npy" in refusal(
        with_member("weights", data), tmp_path
    )


def test_text_that_is_no_unicode_is_refused(tmp_path):
    data = the_members()["classes.npy"][:-4] + b"\xff\xff\xff\xff"
    assert "expected text in classes.npy" in refusal(with_member("classes", data), tmp_path)


def test_a_member_that_unpacks_to_too_much_is_refused(tmp_path):
    data = zipped(the_members() | {"bias.npy": bytes(2**20 + 1)}, compression=zipfile.ZIP_DEFLATED)
    assert len(data) < 10_000
    assert refusal(data, tmp_path) == "expected at most 1048576 bytes of bias, got 1048577"


def entry_of(data, name):
    """Return where the central directory of a zip file describes a member."""
    return data.rindex(b"PK\x01\x02", 0, data.rindex(f"{name}.npy".encode()))


def test_a_member_that_hides_its_true_size_is_refused(tmp_path):
    data = bytearray(
        zipped(the_members() | {"bias.npy": bytes(2**26)}, compression=zipfile.ZIP_DEFLATED)
    )
    struct.pack_into("<I", data, entry_of(data, "bias") + 24, 140)
    tracemalloc.start()
    try:
        assert "damaged" in refusal(bytes(data), tmp_path)
        assert tracemalloc.get_traced_memory()[1] < 2**24
    finally:
        tracemalloc.stop()


def test_an_oversized_file_is_refused_by_its_length(tmp_path):
    path = tmp_path / "model.npz"
    with path.open("wb") as file:
        file.truncate(2**27)
    with pytest.raises(ModelError, match=f"expected a model of at most .* got {2**27}"):
        TrainedModel.read(path)


def test_a_directory_of_very_many_members_costs_no_memory(tmp_path):
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, *(0,) * 3, 1, *(0,) * 6)
    directory = 50_000 * (entry + b"a")
    data = b"PK" + directory + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(directory), 2, 0)
    assert len(zipfile.ZipFile(io.BytesIO(data)).namelist()) == 50_000, "the trap does not work"
    tracemalloc.start()
    try:
        assert refusal(data, tmp_path) == "expected at most 100 members, got about 50000"
        assert tracemalloc.get_traced_memory()[1] < 2 * len(data)
    finally:
        tracemalloc.stop()


def test_damaged_deflate_data_are_refused(tmp_path):
    data = bytearray(zipped(the_members(), compression=zipfile.ZIP_DEFLATED))
    start = data.index(b"weights.npy") + len(b"weights.npy")
    data[start : start + 20] = b"\xff" * 20
    assert "damaged" in refusal(bytes(data), tmp_path)


def test_a_flipped_bit_in_the_weights_is_refused(tmp_path):
    data = bytearray(GOOD)
    data[GOOD.index(a_model().weights.tobytes())] ^= 1
    assert "Bad CRC-32 for file 'weights.npy'" in refusal(bytes(data), tmp_path)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_exotic_compression_is_refused_by_its_number(method, tmp_path):
    try:
        data = zipped(the_members(), compression=method)
    except RuntimeError:
        pytest.skip("this Python was built without the compression")
    assert f"stored or deflated, got it encrypted or packed by method {method}" in refusal(
        data, tmp_path
    )


def test_an_encrypted_member_is_refused(tmp_path):
    data = bytearray(GOOD)
    data[entry_of(data, "weights") + 8] |= 1
    assert "expected weights.npy stored or deflated, got it encrypted" in refusal(
        bytes(data), tmp_path
    )


@pytest.mark.parametrize(
    ("offset", "damage"),
    [
        pytest.param(20, struct.pack("<II", 10**6, 10**6), id="longer than the file"),
        pytest.param(6, struct.pack("<H", 99), id="needs a newer unzip"),
        pytest.param(42, b"\xff\xff\xff\x7f", id="begins behind the end"),
    ],
)
def test_a_directory_that_lies_about_a_member_is_refused(offset, damage, tmp_path):
    data = bytearray(GOOD)
    place = entry_of(data, "weights") + offset
    data[place : place + len(damage)] = damage
    assert "damaged" in refusal(bytes(data), tmp_path)


# Zip's signatures, sizes and NumPy's types are likelier than chance to do harm.
SPLICES = st.binary(max_size=8) | st.sampled_from(
    [b"PK\x01\x02", b"PK\x05\x06", b"\xff" * 4, b"\0" * 4, b"|O", b"<f8", b"(", b"9" * 9]
)
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 8), SPLICES), min_size=1, max_size=4)
PACKED = zipped(the_members(), compression=zipfile.ZIP_DEFLATED)


@settings(max_examples=600)
@given(st.sampled_from([GOOD, PACKED]), EDITS)
def test_a_mutated_file_is_the_same_model_or_refused(tmp_path_factory, data, edits):
    for place, cut, splice in edits:
        at = int(place * len(data))
        data = data[:at] + splice + data[at + cut :]
    folder = tmp_path_factory.getbasetemp()
    try:
        found = read(data, folder)
    except ModelError:
        return
    assert_same(found, a_trained_model())


@settings(max_examples=400)
@given(st.sampled_from(MEMBERS), EDITS)
def test_a_mutated_array_in_a_sound_archive_is_a_model_or_refused(tmp_path_factory, name, edits):
    data = the_members()[f"{name}.npy"]
    for place, cut, splice in edits:
        at = int(place * len(data))
        data = data[:at] + splice + data[at + cut :]
    try:
        found = read(with_member(name, data), tmp_path_factory.getbasetemp())
    except ModelError:
        return
    assert np.isfinite(found.model.weights).all()
    assert len(found.classes) == len(found.model.bias)
