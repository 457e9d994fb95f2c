"""Other people's weights: from scikit-learn's classifiers, and in files of each known form."""

import io
import pickle
import re
import warnings

import joblib
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import save
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression, RidgeClassifier
from sklearn.preprocessing import StandardScaler

from idx_files import write_dataset
from mnistviz import from_sklearn
from mnistviz.errors import ModelError, OptionError
from mnistviz.model.foreign import LinearWeights
from mnistviz.model.linear import LinearClassifier
from mnistviz.model.read import read_model
from refusing import MODEL_COMMANDS, assert_refused, run

TEN = tuple("0123456789")


@pytest.fixture(scope="module")
def small():
    """Return scikit-learn's digits: pixels in [0, 1], and labels."""
    levels, labels = load_digits(return_X_y=True)
    return levels / 16, labels


def fitted(pixels, labels):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it has not converged
        return LogisticRegression(max_iter=20).fit(pixels, labels)


@pytest.fixture(scope="module")
def estimator(small):
    return fitted(*small)


def npz(**arrays):
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def model_of(data, tmp_path, classes=TEN, image_size=(8, 8), **inputs):
    path = tmp_path / "weights"
    path.write_bytes(data)
    return read_model(path, **inputs).fitted(classes, image_size)


def assert_same_answers(model, estimator, pixels, seen=None):
    """Compare with an estimator that takes the same images as `seen`."""
    probabilities = model.probabilities(pixels.astype(np.float32))
    expected = estimator.predict_proba(pixels if seen is None else seen)
    np.testing.assert_allclose(probabilities, expected, atol=1e-5)
    np.testing.assert_array_equal(probabilities.argmax(axis=1), expected.argmax(axis=1))


def assert_contributions_add_up(model, estimator, pixels, seen):
    """Compare with the decision function, up to a constant over the classes."""
    for image, scores in zip(pixels[:20], estimator.decision_function(seen[:20]), strict=True):
        sums = model.contributions(image.astype(np.float32)).sum(axis=1) + model.bias
        np.testing.assert_allclose(sums, scores - scores.mean(), atol=1e-4)


@pytest.mark.parametrize(
    "arrays",
    [
        lambda w, b: npz(weights=w.T, bias=b),
        lambda w, b: npz(weights=np.ascontiguousarray(w), bias=b[None]),
        lambda w, b: npz(coef_=w.astype("f4"), intercept_=b, labels=TEN, kind="softmax"),
        lambda w, b: npz(coef_=w.astype(">f8"), intercept_=b.astype(">f4"), kind="softmax"),
        lambda w, b: npz(kernel=w.T, bias=b),
        lambda w, b: npz(**{"dense/kernel:0": w.T, "dense/bias:0": b}),
        lambda w, b: save({"weight": w.copy("C"), "bias": b}),
        lambda w, b: save({"fc.weight": w.astype("f4", "C"), "fc.bias": b.astype("f4")}),
        lambda w, b: save({"weights": np.ascontiguousarray(w.T), "bias": b}),
    ],
)
def test_weights_in_a_file_give_the_predictions_of_the_estimator_that_made_them(
    arrays, small, estimator, tmp_path
):
    model = model_of(arrays(estimator.coef_, estimator.intercept_), tmp_path)
    assert_same_answers(model, estimator, small[0])
    assert_contributions_add_up(model, estimator, small[0], small[0])
    np.testing.assert_allclose(model.weights.mean(axis=1), 0, atol=1e-6)
    assert_same_answers(from_sklearn(estimator), estimator, small[0])


def test_two_classes_have_one_row_in_scikit_learn_and_two_columns_here(small, tmp_path):
    pixels, labels = (array[small[1] < 2] for array in small)
    estimator = fitted(pixels, labels)
    assert estimator.coef_.shape == (1, 64)
    of_file = model_of(
        npz(coef_=estimator.coef_, intercept_=estimator.intercept_),
        tmp_path,
        ("0", "1"),
        kind="softmax",
    )
    for model in (of_file, from_sklearn(estimator)):
        assert_same_answers(model, estimator, pixels)


def test_a_linear_classifier_without_probabilities_gives_its_predictions(small):
    ridge = RidgeClassifier().fit(*small)
    model = from_sklearn(ridge)
    np.testing.assert_array_equal(model.predict(small[0].astype("f4")), ridge.predict(small[0]))


@pytest.mark.parametrize(
    ("estimator", "problem"),
    [
        (LogisticRegression(), "fitted classifier, got a LogisticRegression that is not fitted"),
        (StandardScaler(), "with a decision_function, got a StandardScaler"),
        ("LogisticRegression", "with a decision_function, got a str"),
    ],
)
def test_an_estimator_that_is_no_such_model_is_refused(estimator, problem):
    with pytest.raises(ModelError, match=problem):
        from_sklearn(estimator)


@pytest.mark.parametrize("form", ["numbers", "files"])
def test_scale_and_shift_of_the_input_are_folded_into_the_weights(small, tmp_path, form):
    pixels, labels = small
    scaler = StandardScaler().fit(pixels)
    scaling = {
        "numbers": (2.55, -0.4),
        "files": (1 / scaler.scale_, -scaler.mean_ / scaler.scale_),  # one number a pixel
    }[form]
    seen = pixels * scaling[0] + scaling[1]
    estimator = fitted(seen, labels)
    given = scaling
    if form == "files":
        given = tmp_path / "scale.npy", str(tmp_path / "shift.npy")
        for path, array in zip(given, scaling, strict=True):
            np.save(path, array)
    data = npz(coef_=estimator.coef_, intercept_=estimator.intercept_, kind="softmax")
    of_file = model_of(data, tmp_path, input_scale=given[0], input_shift=given[1])
    for model in (of_file, from_sklearn(estimator, *scaling)):
        assert_same_answers(model, estimator, pixels, seen)
        assert_contributions_add_up(model, estimator, pixels, seen)


@given(
    st.integers(2, 6), st.integers(1, 6), st.integers(2, 7), st.booleans(), st.sampled_from("248")
)
def test_shapes_decide_which_way_weights_lie(
    tmp_path_factory, height, width, classes, turned, size
):
    random = np.random.default_rng(height * width + classes)
    weights = random.normal(size=(height * width, classes)).astype(f"f{size}")
    bias = random.normal(size=classes).astype(f"f{size}")
    data = npz(weights=weights.T if turned else weights, bias=bias)
    folder = tmp_path_factory.mktemp("weights", numbered=True)
    names = tuple(map(str, range(classes)))
    if height * width == classes:
        with pytest.raises(ModelError, match=r"square.*call it 'weight'"):
            model_of(data, folder, names, (height, width))
        return
    model = model_of(data, folder, names, (height, width))
    expected = LinearClassifier(weights, bias).centred()
    np.testing.assert_allclose(model.weights, expected.weights, atol=1e-6)
    np.testing.assert_allclose(model.bias, expected.bias, atol=1e-6)


def test_the_name_decides_which_way_a_square_matrix_lies(tmp_path):
    square = np.arange(16.0).reshape(4, 4) ** 2
    model = model_of(npz(weight=square, bias=np.zeros(4)), tmp_path, tuple("abcd"), (2, 2))
    expected = LinearClassifier(square.T, np.zeros(4)).centred()
    np.testing.assert_array_equal(model.weights, expected.weights)


@pytest.mark.parametrize(
    "data",
    [
        save({"weight": np.eye(10, 64)}),
        npz(weights=np.eye(64, 10), names=np.array(TEN), steps=np.array(3)),
        npz(coef_=np.eye(10, 64), intercept_=0.0),  # scikit-learn's fit_intercept=False
    ],
)
def test_without_a_bias_it_is_zero(data, tmp_path):
    assert not model_of(data, tmp_path).bias.any()


@pytest.mark.parametrize("pack", [lambda arrays: npz(**arrays), save])
def test_whole_numbers_are_weights_and_biases_too(pack, tmp_path):
    weights = np.arange(640, dtype="i2").reshape(10, 64) ** 2
    bias = np.arange(10, dtype="i8") ** 2
    model = model_of(pack({"weight": weights, "bias": bias}), tmp_path)
    np.testing.assert_allclose(model.bias, bias - bias.mean())
    np.testing.assert_allclose(model.weights, (weights - weights.mean(axis=0)).T, rtol=1e-6)


W, B = np.zeros((10, 64)), np.zeros(10)
TRAP = pickle.dumps({"a": 1})


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (npz(arr_0=W), r"'kernel' and 'bias', got \['arr_0'\]"),
        (save({"0.weight": W, "0.bias": B, "2.weight": W}), "one linear layer, got 2"),
        (npz(weights=W, coef_=W), r"got 2: \['coef_', 'weights'\]"),
        (npz(weights=W[:, 1:], bias=B), r"\(64, 10\) or \(10, 64\).*got \(10, 63\)"),
        (npz(weights=W[None], bias=B), r"got \(1, 10, 64\)"),
        (npz(weights=W, bias=B[1:]), r"as many biases.*10, got an array of shape \(9,\)"),
        (npz(weights=W, bias=B.astype(complex)), "'bias' of whole numbers, float16"),
        (npz(coef_=W, bias=B), "'coef_' has no 'intercept_', but 'bias' may be the bias"),
        (save({"a.weight": W, "b.bias": B}), r"call it 'a\.bias', or leave it out"),
        (npz(weights=W * np.nan, bias=B), "NaN"),
        (npz(weights=W + 1e300, bias=B), "end of float32"),
        (npz(weights=W.astype(object), bias=B), "expected 'weights' of whole numbers, float16"),
        (save({"weight": W})[:-9], r"safetensors \(\d+ bytes\) is damaged"),
        (b"\xff" * 7 + b"\x00{}", "damaged"),
    ],
)
def test_what_is_no_linear_classifier_for_these_data_is_refused(data, problem, tmp_path):
    with pytest.raises(ModelError, match=problem):
        model_of(data, tmp_path)


@pytest.mark.parametrize("write", [save, lambda arrays: npz(**arrays)], ids=["save", "npz"])
def test_a_file_of_a_hundred_arrays_is_read_and_one_of_more_is_refused(write, tmp_path):
    others = {f"step{number}": B for number in range(98)}
    arrays = {"weight": W, "bias": B, **others}
    assert model_of(write(arrays), tmp_path).weights.shape == W.T.shape
    with pytest.raises(ModelError, match=r"at most 100 .*, got about 101"):
        model_of(write(arrays | {"one": B}), tmp_path)


@pytest.mark.parametrize(
    ("name", "data", "maker"),
    [
        ("net.pt", b"anything", "torch.load({!r}, weights_only=True)"),
        ("clf.pkl", b"anything", "joblib.load({!r})"),
        ("weights.npz", TRAP, "joblib.load({!r})"),
    ],
)
def test_a_pickle_is_refused_with_the_two_lines_that_convert_it(name, data, maker, tmp_path):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ModelError, match=re.escape(maker.format(str(path)))) as caught:
        read_model(path)
    assert len(str(caught.value).splitlines()) == 3
    for line in str(caught.value).splitlines()[1:]:
        compile(line.strip(), "conversion", "exec")


def test_the_lines_that_convert_a_pickle_give_the_model_that_was_in_it(
    small, estimator, tmp_path, monkeypatch
):
    path = tmp_path / "of pixels' sums.pkl"
    joblib.dump(estimator, path)
    with pytest.raises(ModelError) as caught:
        read_model(path)
    monkeypatch.chdir(tmp_path)
    exec("\n".join(line.strip() for line in str(caught.value).splitlines()[1:]), {})
    model = read_model("weights.npz").fitted(TEN, (8, 8))
    assert_same_answers(model, estimator, small[0])


def test_a_scale_is_not_for_a_model_of_ours(model_path):
    with pytest.raises(OptionError, match="pixels from 0 to 1"):
        read_model(model_path, input_scale=255.0)


@pytest.mark.parametrize("value", [float("nan"), np.array([1, np.inf]), 0.0])
def test_a_scale_that_makes_no_model_is_refused(value, tmp_path):
    with pytest.raises(OptionError, match="input scale: expected finite numbers"):
        read_model(tmp_path / "none", input_scale=value)


def test_a_scale_of_another_size_is_refused_with_both():
    found = LinearWeights("weight", np.ones((3, 64)), None, input_scale=np.ones(3))
    with pytest.raises(ModelError, match=r"scale of 1 number or of 64, one a pixel, got shape"):
        found.fitted(("a", "b", "c"), (8, 8))


@pytest.mark.parametrize("value", [np.array(["1", "2"]), np.array([1 + 1j]), np.array([None])])
def test_a_file_of_scales_that_holds_no_real_numbers_is_refused(value, tmp_path):
    np.save(tmp_path / "scale.npy", value)
    with pytest.raises(ModelError, match=r"scale\.npy: expected whole numbers, float16"):
        read_model(tmp_path / "none", input_scale=tmp_path / "scale.npy")


@pytest.mark.slow
def test_the_commands_take_them_and_refuse_what_does_not_fit(tmp_path):
    write_dataset(tmp_path / "data")
    (tmp_path / "out").mkdir()
    still = MODEL_COMMANDS[0]
    (tmp_path / "m.npz").write_bytes(npz(weights=np.ones((24, 10)), bias=B))
    status, _, stderr, _ = run((*still, "--input-scale", 255, "--size", "640x360"), tmp_path)
    assert status == 0, stderr
    (tmp_path / "m.npz").write_bytes(npz(weights=W, bias=B))
    assert_refused(tmp_path, still, ["m.npz", "(24, 10)", "(10, 64)"])
    status, _, stderr, _ = run((*still[:5], "--input-scale", 2, *still[7:]), tmp_path)
    assert (status, "need the --model" in stderr) == (2, True), stderr


def test_what_is_drawn_of_an_estimator_is_centred(small):
    estimator = fitted(*small)
    estimator.coef_ += 1
    estimator.intercept_ += 5
    model = from_sklearn(estimator)
    np.testing.assert_allclose(model.weights.mean(axis=1), 0, atol=1e-6)
    np.testing.assert_allclose(model.bias.mean(), 0, atol=1e-6)
