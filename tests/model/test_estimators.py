"""scikit-learn's classifiers, and pipelines of them: what is imported, and what is warned of."""

import runpy
import warnings

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import LogisticRegression, Perceptron, RidgeClassifier, SGDClassifier
from sklearn.model_selection import GridSearchCV
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import (
    MinMaxScaler,
    Normalizer,
    PolynomialFeatures,
    StandardScaler,
)
from sklearn.svm import SVC, LinearSVC

from mnistviz import from_sklearn
from mnistviz.config import MODEL_KINDS
from mnistviz.datasets.dataset import Dataset, Split
from mnistviz.errors import ModelError, OptionError
from mnistviz.model.kind import KINDS
from mnistviz.model.read import read_model
from mnistviz.model.train import ModelFile, model_for, read_if_file
from mnistviz.progress import silent
from pages import ROOT

LEVELS, LABELS = load_digits(return_X_y=True)
PIXELS = LEVELS / 16
STUDY = runpy.run_path(str(ROOT / "scripts" / "study_imports.py"))


def data(classes=tuple("0123456789"), kept=range(10)):
    """Return scikit-learn's digits of some classes as a data set: the same to train and to test."""
    wanted = np.isin(LABELS, kept)
    images = np.rint(255 * PIXELS[wanted]).astype("u1").reshape(-1, 8, 8)
    split = Split(images, np.searchsorted(kept, LABELS[wanted]))
    return Dataset("digits", classes, "digit", split, split)


def fitted(estimator, pixels=PIXELS, labels=LABELS):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it has not converged
        return estimator.fit(pixels, labels)


def imported(model, dataset=None):
    """Return the model for the data, and what was warned of."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        model = model_for(dataset or data(), model, silent)
    return model, [str(it.message) for it in caught]


@pytest.mark.slow
def test_an_import_gives_the_estimators_predictions_and_a_wrong_one_warns(monkeypatch):
    for other in set(STUDY["ESTIMATORS"]) - {"RidgeClassifier"}:  # the script has all
        monkeypatch.delitem(STUDY["ESTIMATORS"], other)
    with warnings.catch_warnings():
        found = list(STUDY["cases"](1000))
    assert len(found) == len(STUDY["FORMS"])
    refused = [case for case in found if case.refused]
    assert [case.form for case in refused] == ["Normalizer of 0 to 1"]
    assert "divides each image by its own length" in refused[0].refused
    for case in found:
        assert not case.differing, case
        assert not case.misled, case
        assert case.warned or case.accuracy - case.wrong < 0.03, case
    advised = {case.form: case.warned for case in found}
    assert advised["StandardScaler of 0 to 255"] == "--input-scale 255"
    assert advised["column by column"] == "--pixel-order columns"
    assert advised["pixels from −1 to 1"] == "--input-scale 2 --input-shift=-1"


@pytest.mark.parametrize(
    ("estimator", "kind"),
    [
        (LogisticRegression(max_iter=20), "softmax"),
        (OneVsRestClassifier(LogisticRegression(max_iter=20)), "logistic"),
        (SGDClassifier(loss="log_loss", max_iter=5), "logistic"),
        (SGDClassifier(max_iter=5), "svm"),
        (SGDClassifier(loss="modified_huber", max_iter=5), "linear"),
        (LinearSVC(max_iter=20), "svm"),
        (RidgeClassifier(), "ridge"),
        (Perceptron(max_iter=5), "perceptron"),
        (LinearDiscriminantAnalysis(solver="lsqr", shrinkage=0.1), "lda"),
        (make_pipeline(StandardScaler(), PCA(20), LogisticRegression(max_iter=20)), "softmax"),
        (GridSearchCV(RidgeClassifier(), {"alpha": [1, 9]}, cv=2), "ridge"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_the_kind_is_told_and_probabilities_are_there_where_the_estimator_has_them(estimator, kind):
    fitted(estimator)
    model = from_sklearn(estimator)
    assert model.kind == KINDS[kind]
    pixels, scores = PIXELS.astype("f4"), estimator.decision_function(PIXELS)
    np.testing.assert_array_equal(model.predict(pixels), estimator.predict(PIXELS))
    if kind in ("softmax", "lda"):  # whose scores mean something by their differences alone
        scores -= scores.mean(axis=1, keepdims=True)
    np.testing.assert_allclose(model.logits(pixels), scores, atol=1e-4 * np.abs(scores).max())
    shares = model.probabilities(pixels)
    if KINDS[kind].link:
        np.testing.assert_allclose(shares, estimator.predict_proba(PIXELS), atol=1e-4)
    else:
        assert shares is None


@pytest.mark.parametrize(
    "estimator", [LogisticRegression(), LinearSVC(), RidgeClassifier(), SGDClassifier(max_iter=50)]
)
def test_of_two_classes_the_predictions_are_the_estimators(estimator):
    two = LABELS < 2
    fitted(estimator, PIXELS[two], LABELS[two])
    model = from_sklearn(estimator)
    assert model.weights.shape == (64, 2)
    pixels = PIXELS[two].astype("f4")
    np.testing.assert_array_equal(model.predict(pixels), estimator.predict(PIXELS[two]))


@pytest.mark.parametrize(
    ("labels", "classes"),
    [
        (LABELS.astype(str), tuple("0123456789")),  # as fetch_openml has them
        (LABELS.astype(float), tuple("0123456789")),
        (LABELS.astype(str), tuple("abcdefghij")),  # numbers of the classes
        (
            np.array(list("jihgfedcba"))[LABELS],
            tuple("jihgfedcba"),
        ),  # names, sorted by scikit-learn
    ],
)
def test_classes_are_found_by_their_names_or_else_their_numbers(labels, classes):
    model, warned = imported(from_sklearn(fitted(RidgeClassifier(), PIXELS, labels)), data(classes))
    expected = fitted(RidgeClassifier()).predict(PIXELS)
    assert (model.predict(PIXELS.astype("f4")) == expected).mean() > 0.999
    assert not warned


def test_classes_that_are_not_those_of_the_data_are_refused_with_both():
    model = from_sklearn(fitted(RidgeClassifier(), PIXELS, LABELS + 1))
    with pytest.raises(ModelError, match=r"RidgeClassifier: expected the classes '0', '1'.*'10'"):
        model_for(data(), model, silent)


@pytest.mark.parametrize(
    ("estimator", "problem"),
    [
        (make_pipeline(Normalizer(), RidgeClassifier()), "'normalizer', Normalizer, divides each"),
        (make_pipeline(MinMaxScaler(clip=True), RidgeClassifier()), r"cuts off.*clip=True"),
        (make_pipeline(PCA(9), PolynomialFeatures(), RidgeClassifier()), "'polynomialfeatures'"),
        (SVC(kernel="linear"), "scores of SVC are no sums over pixels"),
        (
            SVC(kernel="linear", decision_function_shape="ovo"),
            "SVC has 45 scores for 10 classes: it decides by pairs.*take a LinearSVC",
        ),
        (SVC(kernel="rbf"), "scores of SVC are no sums over pixels"),
    ],
)
def test_what_is_no_sum_over_pixels_is_refused_and_the_step_named(estimator, problem):
    with pytest.raises(ModelError, match=problem):
        from_sklearn(fitted(estimator, PIXELS / 2))


def test_what_an_estimator_raises_is_told():
    class Odd(RidgeClassifier):
        def decision_function(self, images):
            raise KeyError("no column 'pixel1'")

    with pytest.raises(ModelError, match=r"does not take 64 pixels as an array: .*no column"):
        from_sklearn(fitted(Odd()))


def saved(path, **more):
    """Write the weights of a classifier, and return their file and those of the estimator."""
    estimator = fitted(RidgeClassifier())
    arrays = {"coef_": estimator.coef_, "intercept_": estimator.intercept_} | more
    np.savez(path, **arrays)
    return estimator


@pytest.mark.parametrize("kind", MODEL_KINDS)
@pytest.mark.parametrize("in_file", [True, False])
def test_a_file_or_an_option_says_the_kind(kind, in_file, tmp_path):
    saved(tmp_path / "m.npz", **({"kind": kind} if in_file else {}))
    model = read_model(tmp_path / "m.npz", kind=None if in_file else kind)
    assert model.fitted(tuple("0123456789"), (8, 8)).kind == KINDS[kind]


def test_of_a_file_that_says_no_kind_scikit_learns_names_promise_no_probabilities(tmp_path):
    saved(tmp_path / "m.npz")
    assert read_model(tmp_path / "m.npz").kind == KINDS["linear"]
    np.savez(tmp_path / "n.npz", weight=np.eye(10, 64))
    assert read_model(tmp_path / "n.npz").kind == KINDS["softmax"]


def test_another_reading_of_a_few_images_is_chance_and_of_many_is_warned_of():
    mirrored = from_sklearn(
        fitted(RidgeClassifier(), PIXELS.reshape(-1, 8, 8).transpose(0, 2, 1).reshape(-1, 64))
    )
    whole = data()
    some = Split(whole.test.images[:8], whole.test.labels[:8])
    few = Dataset("digits", whole.classes, "digit", whole.train, some)
    assert "--pixel-order columns" in imported(mirrored, whole)[1][0]
    assert not imported(mirrored, few)[1]  # more of 8 images may be right by chance


@pytest.mark.parametrize("by", ["classes", "classes_", "class_order"])
def test_classes_in_another_order_are_put_in_that_of_the_data(by, tmp_path):
    order = np.random.default_rng(1).permutation(10)
    names = order.astype(str)
    estimator = saved(tmp_path / "m.npz", **({} if by == "class_order" else {by: names}))
    arrays = dict(np.load(tmp_path / "m.npz"))
    for name in ("coef_", "intercept_"):
        arrays[name] = arrays[name][order]
    np.savez(tmp_path / "m.npz", **arrays)
    given = {"class_order": tuple(names)} if by == "class_order" else {}
    model, warned = imported(read_if_file(ModelFile(tmp_path / "m.npz", **given)))
    expected = estimator.predict(PIXELS)
    assert (model.predict(PIXELS.astype("f4")) == expected).mean() > 0.999
    assert not warned


@pytest.mark.parametrize(
    "order",
    [
        (3, 1, 4, 0, 5, 9, 2, 6, 8, 7),
        tuple(range(9, -1, -1)),
        (1, 2, 3, 4, 5, 6, 7, 8, 9, 0),
        (8, 5, 4, 9, 1, 7, 6, 3, 2, 0),  # alphabetical, of their English names
    ],
)
@pytest.mark.parametrize("given", [None, tuple("9876543210")])
def test_classes_in_another_order_are_warned_of_whatever_was_said(tmp_path, order, given):
    saved(tmp_path / "m.npz")
    arrays = dict(np.load(tmp_path / "m.npz"))
    arrays = {name: array[list(order)] for name, array in arrays.items()}
    np.savez(tmp_path / "m.npz", **arrays)
    names = tuple(map(str, order))
    _, warned = imported(read_if_file(ModelFile(tmp_path / "m.npz", class_order=given)))
    if names == given:
        assert not warned
        return
    assert len(warned) == 1
    assert "if its classes are in another order" in warned[0]
    assert f"give --class-order {','.join(names)};" in warned[0]


def test_wrong_scale_and_order_together_are_warned_of_with_the_options_for_both(tmp_path):
    turned = PIXELS.reshape(-1, 8, 8).transpose(0, 2, 1).reshape(-1, 64) * 255
    model = from_sklearn(fitted(make_pipeline(StandardScaler(), RidgeClassifier()), turned))
    _, warned = imported(model)
    assert "give --pixel-order columns --input-scale 255;" in warned[0]
    right = from_sklearn(
        fitted(make_pipeline(StandardScaler(), RidgeClassifier()), turned), 255, 0, "columns"
    )
    model, warned = imported(right)
    assert not warned
    assert (model.predict(PIXELS.astype("f4")) == LABELS).mean() > 0.9


@pytest.mark.parametrize(
    ("arrays", "problem"),
    [
        ({"kind": "forest"}, "expected as 'kind' one of softmax, .*got 'forest'"),
        ({"kind": b"ridge"}, "expected as 'kind' one of softmax, .*got 'no text'"),
        ({"classes_": np.array(["a"] * 10, object)}, r"save classes_\.astype\(str\)"),
        ({"classes": np.arange(9)}, r"expected the classes '0', '1'.*got '0'"),
        ({"classes": np.zeros(10, int)}, "expected the classes"),
    ],
)
def test_what_a_file_says_of_itself_is_checked(arrays, problem, tmp_path):
    saved(tmp_path / "m.npz", **arrays)
    with pytest.raises(ModelError, match=problem):
        read_model(tmp_path / "m.npz").fitted(tuple("0123456789"), (8, 8))


def test_an_unknown_kind_or_order_is_an_error_before_the_file_is_read(tmp_path):
    with pytest.raises(OptionError, match="kind must be one of softmax"):
        read_model(tmp_path / "none", kind="forest")
    with pytest.raises(OptionError, match="pixel order must be one of rows, columns"):
        read_model(tmp_path / "none", pixel_order="spiral")
    with pytest.raises(OptionError, match="pixel order must be one of"):
        from_sklearn(fitted(RidgeClassifier()), pixel_order="spiral")


def test_an_import_that_is_right_is_not_warned_of():
    for estimator in (RidgeClassifier(), LogisticRegression(max_iter=20), Perceptron(max_iter=5)):
        _, warned = imported(from_sklearn(fitted(estimator)))
        assert not warned
