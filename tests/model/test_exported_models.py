"""Models that Keras and scikit-learn's ONNX converter wrote, and damaged, deep and hostile ones.

``keras/`` has a model of Keras 3.15 and what it predicts of 20 images of seed 2; ``onnx/`` has
estimators of scikit-learn's digits by skl2onnx 1.20, and what they predict of the first 200.
"""

import contextlib
import io
import json
import zipfile
from pathlib import Path

import h5py
import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper
from sklearn.datasets import load_digits

from mnistviz.errors import ModelError
from mnistviz.model.read import read_model

HERE = Path(__file__).parent
KERAS, ONNX = HERE / "keras", HERE / "onnx"
TEN = tuple("0123456789")
PREDICTED = dict(line.split() for line in (ONNX / "predicted.txt").read_text().splitlines())


def written(path, data):
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["softmax.keras", "softmax.h5"])
def test_a_model_of_keras_gives_its_probabilities_with_its_rescaling_folded_in(name):
    model = read_model(KERAS / name, input_scale=255).fitted(TEN, (4, 6))
    levels = np.random.default_rng(2).integers(0, 256, (20, 4, 6))
    expected = np.loadtxt(KERAS / "expected.csv", delimiter=",")
    found = model.probabilities((levels / 255).reshape(20, -1).astype("f4"))
    np.testing.assert_allclose(found, expected, atol=2e-6)


def changed_config(change):
    """Return the .keras with another configuration."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(KERAS / "softmax.keras") as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "config.json":
                config = json.loads(content)
                change(config)
                content = json.dumps(config).encode()
            new.writestr(name, content)
    return buffer.getvalue()


def layers_of(config):
    return config["config"]["layers"]


@pytest.mark.parametrize(
    ("activation", "loss", "kind"),
    [
        ("softmax", "mse", "softmax"),
        ("linear", "sparse_categorical_crossentropy", "softmax"),
        ("linear", "categorical_hinge", "linear"),
        ("sigmoid", "binary_crossentropy", "linear"),
    ],
)
def test_activation_and_loss_say_the_kind(activation, loss, kind, tmp_path):
    def change(config):
        layers_of(config)[-1]["config"]["activation"] = activation
        config["compile_config"]["loss"] = loss

    model = read_model(written(tmp_path / "m.keras", changed_config(change)))
    assert model.kind.key == kind


@pytest.mark.parametrize(
    ("layer", "problem"),
    [
        ({"class_name": "Conv2D", "config": {}}, "got a layer 'Conv2D': no linear classifier"),
        ({"class_name": "Lambda", "config": {"function": "os.system"}}, "a layer 'Lambda'"),
        ({"class_name": "Dense", "config": {}}, "a layer 'Dense'"),
        ({"class_name": "Rescaling", "config": {"scale": []}}, "damaged|expected"),
    ],
)
def test_another_layer_is_refused_by_its_name(layer, problem, tmp_path):
    data = changed_config(lambda config: layers_of(config).append(layer))
    with pytest.raises(ModelError, match=problem):
        read_model(written(tmp_path / "m.keras", data))


def test_of_another_file_nothing_is_read(tmp_path):
    secret = tmp_path / "secret.h5"
    with h5py.File(secret, "w") as file:
        file["0"] = np.ones((24, 10))
    raw = written(tmp_path / "raw", np.ones((24, 10)).tobytes())

    def link(file):
        file["layers/dense/vars/0"] = h5py.ExternalLink(str(secret), "/0")

    def soft(file):
        file["layers/dense/vars/0"] = h5py.SoftLink("/elsewhere")

    def external(file):
        external = [(str(raw), 0, raw.stat().st_size)]
        file.create_dataset("layers/dense/vars/0", (24, 10), "f8", external=external)

    def virtual(file):
        layout = h5py.VirtualLayout((24, 10), "f8")
        layout[:] = h5py.VirtualSource(str(secret), "0", (24, 10))
        file.create_virtual_dataset("layers/dense/vars/0", layout)

    for number, make in enumerate((link, soft, external, virtual)):
        path = tmp_path / f"{number}.h5"
        with h5py.File(path, "w") as file:
            make(file)
        with pytest.raises(ModelError, match=r"no links in a model|in the file, got another"):
            read_model(path)


def test_a_group_within_itself_or_a_huge_one_is_refused(tmp_path):
    with h5py.File(tmp_path / "loop.h5", "w") as file:
        group = file.create_group("layers")
        group["layers"] = group
    with h5py.File(tmp_path / "huge.h5", "w") as file:
        file.create_dataset("layers/dense/vars/0", (2**20, 2**10), "f8", chunks=(1024, 1024))
    for name, problem in (("loop.h5", "deeper"), ("huge.h5", "numbers in at most two")):
        with pytest.raises(ModelError, match=problem):
            read_model(tmp_path / name)


@pytest.mark.parametrize("name", sorted(PREDICTED))
def test_an_onnx_file_gives_the_predictions_of_the_estimator_that_it_was_made_of(name):
    pixels = load_digits().data
    weights = read_model(ONNX / f"{name}.onnx")
    classes = weights.classes or TEN
    model = weights.fitted(classes, (8, 8))
    found = "".join(classes[label] for label in model.predict((pixels[:200] / 16).astype("f4")))
    assert found == PREDICTED[name]
    assert (model.kind.link == "softmax") == (name in ("pipeline", "two-classes", "names"))


def test_a_normalizer_before_the_scores_is_refused_by_name():
    with pytest.raises(ModelError, match="an operation 'Normalizer' before them"):
        read_model(ONNX / "normalizer.onnx")


def exported(*nodes, constants=(), size=(1, 4, 6)):
    """Return a graph as PyTorch exports one: of images (batch, 1, height, width)."""
    pixels = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", *size])
    scores = helper.make_tensor_value_info("y", TensorProto.FLOAT, ["batch", 10])
    graph = helper.make_graph(
        [helper.make_node(kind, given, [made], **more) for kind, given, made, more in nodes],
        "net",
        [pixels],
        [scores],
        [numpy_helper.from_array(array, name) for name, array in constants],
    )
    return helper.make_model(graph).SerializeToString()


WEIGHT = np.random.default_rng(0).normal(size=(10, 24)).astype("f4")
BIAS = np.arange(10, dtype="f4")
NORMALISED = [
    ("Sub", ["x", "mean"], "moved", {}),
    ("Div", ["moved", "deviation"], "scaled", {}),
    ("Flatten", ["scaled"], "flat", {}),
]
CONSTANTS = [
    ("mean", np.array([[[[0.13]]]], "f4")),
    ("deviation", np.array(0.31, "f4")),
    ("w", WEIGHT),
    ("wt", WEIGHT.T.copy()),
    ("b", BIAS),
]


@pytest.mark.parametrize(
    "layer",
    [
        [("Gemm", ["flat", "w", "b"], "y", {"transB": 1})],
        [("MatMul", ["flat", "wt"], "s", {}), ("Add", ["s", "b"], "y", {})],
        [("MatMul", ["flat", "wt"], "s", {}), ("Add", ["b", "s"], "y", {})],
        [
            ("Transpose", ["w"], "turned", {"perm": [1, 0]}),
            ("Gemm", ["flat", "turned", "b"], "s", {}),
            ("Softmax", ["s"], "y", {}),
        ],
        [("Gemm", ["flat", "w"], "s", {"transB": 1}), ("Add", ["s", "b"], "y", {})],
        [
            ("MatMul", ["flat", "wt"], "s", {}),
            ("Neg", ["s"], "n", {}),
            ("Sub", ["b", "n"], "c", {}),
            ("Cast", ["c"], "t", {"to": TensorProto.DOUBLE}),
            ("LogSoftmax", ["t"], "y", {}),
        ],
    ],
)
def test_a_layer_as_pytorch_exports_it_is_read_with_its_normalisation(layer, tmp_path):
    data = exported(*NORMALISED, *layer, constants=CONSTANTS)
    model = read_model(written(tmp_path / "m.onnx", data)).fitted(TEN, (4, 6))
    pixels = np.random.default_rng(1).random((30, 24)).astype("f4")
    scores = ((pixels - 0.13) / 0.31) @ WEIGHT.T + BIAS
    np.testing.assert_allclose(
        model.logits(pixels), scores - scores.mean(axis=1, keepdims=True), atol=1e-4
    )
    assert model.kind.key == "softmax"


@pytest.mark.parametrize(
    ("nodes", "problem"),
    [
        (
            [
                ("Flatten", ["x"], "flat", {}),
                ("MatMul", ["flat", "wt"], "s", {}),
                ("Relu", ["s"], "r", {}),
                ("MatMul", ["r", "square"], "y", {}),
            ],
            "an operation 'Relu' after them",
        ),
        (
            [
                ("Flatten", ["x"], "flat", {}),
                ("Gemm", ["flat", "w", "b"], "s", {"transB": 1}),
                ("Mul", ["s", "s"], "t", {}),
                ("Gemm", ["t", "square"], "y", {}),
            ],
            "an operation 'Mul' after them",
        ),
        (
            [
                ("Flatten", ["x"], "flat", {}),
                ("Gemm", ["flat", "w", "b"], "s", {"transB": 1}),
                ("Softmax", ["s"], "t", {}),
                ("Gemm", ["t", "square"], "y", {}),
            ],
            "one layer of weights, got another",
        ),
        *(
            (
                [
                    ("Flatten", ["x"], "flat", {}),
                    ("Gemm", ["flat", "w"], "s", {"transB": 1}),
                    (kind, given, "t", more),
                    ("Softmax", ["t"], "y", {}),
                ],
                f"an operation '{kind}' after",
            )
            for kind, given, more in (
                ("Gather", ["s", "order"], {"axis": 1}),
                ("Clip", ["s"], {}),
                ("Relu", ["s"], {}),
                ("Normalizer", ["s"], {}),
            )
        ),
        ([("Cast", ["x"], "c", {"to": TensorProto.UINT8})], "an operation 'Cast' before"),
        ([("Mul", ["x", "x"], "y", {})], "an operation 'Mul' before"),
        ([("Div", ["mean", "x"], "y", {})], "an operation 'Div' before"),
        ([("Conv", ["x", "mean"], "y", {})], "an operation 'Conv' before"),
        ([("Relu", ["x"], "y", {})], "an operation 'Relu' before"),
        ([("Flatten", ["x"], "y", {})], "expected a Gemm, MatMul or LinearClassifier"),
        ([("Flatten", ["x"], "f", {}), ("MatMul", ["f", "b"], "y", {})], "damaged|expected"),
    ],
)
def test_a_graph_that_is_no_linear_classifier_is_refused(nodes, problem, tmp_path):
    order = ("order", np.arange(9, -1, -1))
    constants = [*CONSTANTS, ("square", np.eye(10, dtype="f4")), order]
    path = written(tmp_path / "m.onnx", exported(*nodes, constants=constants))
    with pytest.raises(ModelError, match=problem):
        read_model(path).fitted(TEN, (4, 6))


def test_constants_in_another_file_and_images_of_any_size_are_refused(tmp_path):
    layer = ("Gemm", ["f", "w", "b"], "y", {"transB": 1})
    data = exported(("Flatten", ["x"], "f", {}), layer, constants=CONSTANTS)
    model = onnx.load_model_from_string(data)
    (weights,) = (it for it in model.graph.initializer if it.name == "w")
    weights.data_location = TensorProto.EXTERNAL
    weights.external_data.add(key="location", value="/etc/passwd")
    with pytest.raises(ModelError, match="'w' in the file, got it in another one"):
        read_model(written(tmp_path / "m.onnx", model.SerializeToString()))
    data = exported(("Flatten", ["x"], "f", {}), layer, constants=CONSTANTS, size=(1, "height", 6))
    with pytest.raises(ModelError, match="images of a fixed size"):
        read_model(written(tmp_path / "m.onnx", data))


def test_a_size_that_no_file_has_is_damage(tmp_path):
    content = bytearray((HERE / "keras" / "softmax.h5").read_bytes())
    content[49] ^= 1
    with pytest.raises(ModelError, match="the Keras model is damaged"):
        read_model(written(tmp_path / "m.h5", bytes(content)))


@pytest.mark.slow
@given(st.data())
def test_a_damaged_export_is_a_model_or_refused(tmp_path_factory, data):
    name = data.draw(st.sampled_from(["keras/softmax.keras", "keras/softmax.h5", "onnx/sgd.onnx"]))
    content = bytearray((HERE / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    cut = data.draw(st.integers(0, len(content)))
    path = tmp_path_factory.mktemp("export", numbered=True) / Path(name).name
    path.write_bytes(content[: cut or None])
    with contextlib.suppress(ModelError):
        read_model(path).fitted(TEN, (4, 6) if "keras" in name else (8, 8))
