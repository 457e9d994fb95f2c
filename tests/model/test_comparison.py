"""Models compared: McNemar's test, the table, and how they are named."""

import json
import math

import numpy as np
import pytest
from click.testing import CliRunner
from scipy.stats import binomtest

import mnistviz
from mnistviz.cli.app import cli
from mnistviz.errors import OptionError
from mnistviz.model.comparison import Comparison, McNemar, names_of, roughness
from mnistviz.model.evaluation import Evaluation
from mnistviz.model.linear import LinearClassifier


@pytest.fixture(scope="module")
def files(small_digits, tmp_path_factory):
    """Three models of the small digits: more and more smooth."""
    folder, data = tmp_path_factory.mktemp("models"), mnistviz.load(str(small_digits))
    for name, smoothness in (("rough", 0), ("usual", 1e-4), ("smooth", 0.1)):
        config = mnistviz.TrainingConfig(smoothness=smoothness, epochs=3)
        mnistviz.train(data, folder / f"{name}.npz", config)
    return [folder / f"{name}.npz" for name in ("rough", "usual", "smooth")]


# statsmodels 0.14, tests of `mcnemar`: tables of [[both right, one], [other, none right]], exact.
@pytest.mark.parametrize(
    ("first_only", "second_only", "p"),
    [
        (121, 59, 0.000004),
        (70, 59, 0.378688),
        (80, 59, 0.089452),
        (30, 60, 0.00206),
        (10, 30, 0.002221),
        (10, 10, 1),
    ],
)
def test_mcnemars_test_gives_the_p_values_of_statsmodels(first_only, second_only, p):
    assert McNemar("a", "b", first_only, second_only).p == pytest.approx(p, abs=1e-6)


@pytest.mark.parametrize("first_only", [0, 1, 2, 7, 120, 5000])
@pytest.mark.parametrize("second_only", [0, 1, 8, 119, 4900])
def test_mcnemars_test_is_the_binomial_test_of_a_half(first_only, second_only):
    both = first_only + second_only
    expected = binomtest(first_only, both).pvalue if both else 1
    p = McNemar("a", "b", first_only, second_only).p
    assert p == pytest.approx(expected, rel=1e-9, abs=1e-300)
    assert McNemar("b", "a", second_only, first_only).p == p


def test_only_what_one_of_two_models_gets_right_counts_in_their_test():
    labels = np.array([0, 0, 0, 1, 1, 1])
    answers = [0, 0, 1, 1, 0, 1], [0, 1, 1, 1, 1, 0]
    evaluations = tuple(Evaluation(np.eye(2)[list(each)], labels, ("x", "y")) for each in answers)
    comparison = Comparison(("a", "b"), evaluations, (1.0, math.nan))
    (test,) = comparison.tests
    assert (test.first_only, test.second_only) == (2, 1)
    assert comparison.disagreements.tolist() == [False, True, False, False, True, True]
    assert json.loads(json.dumps(comparison.as_json()))["models"][1]["roughness"] is None


def test_noise_is_rough_and_one_grey_is_not():
    noise = np.random.default_rng(0).normal(size=(28 * 28, 10)).astype(np.float32)
    grey = np.ones((28 * 28, 1), np.float32) * np.arange(10, dtype=np.float32)
    zero = np.zeros(10, np.float32)
    assert roughness(LinearClassifier(noise, zero), (28, 28)) == pytest.approx(3.86, abs=0.1)
    assert roughness(LinearClassifier(grey, zero), (28, 28)) == 0
    assert math.isnan(roughness(LinearClassifier(0 * grey, zero), (28, 28)))


def test_models_are_called_as_their_files_and_no_two_alike():
    model = LinearClassifier(np.zeros((4, 2)), np.zeros(2))
    assert names_of(["x/a.npz", "b.npz"]) == ("a", "b")
    assert names_of(["x/a.npz", "y/a.npz"]) == ("x/a.npz", "y/a.npz")
    assert names_of(["a.npz", "a.npz"]) == ("a.npz 1", "a.npz 2")
    assert names_of([model, "b.npz", None]) == ("model 1", "b", "model 3")
    assert names_of([model, model], ["before", "after"]) == ("before", "after")


@pytest.mark.parametrize("names", [("a",), ("a", "a"), ("a", "b\n"), ("a", "")])
def test_other_names_are_refused(names):
    with pytest.raises(OptionError, match="name"):
        names_of(["a.npz", "b.npz"], names)


def evaluated(*arguments):
    result = CliRunner().invoke(cli, ["evaluate", "-q", *map(str, arguments)])
    if isinstance(result.exception, mnistviz.MnistvizError):
        raise result.exception
    return result


def with_models(files):
    return [word for path in files for word in ("--model", path)]


def test_evaluate_prints_a_row_for_each_model_and_a_sentence_for_each_pair(files, small_digits):
    lines = evaluated(*with_models(files), "--data", small_digits).output.splitlines()
    numbers = json.loads(evaluated(*with_models(files), "--data", small_digits, "--json").output)
    for line, model, path in zip(lines[3:6], numbers["models"], files, strict=True):
        alone = json.loads(evaluated("--model", path, "--data", small_digits, "--json").output)
        assert model == {"name": path.stem, **alone, "roughness": model["roughness"]}
        assert line.split() == [
            path.stem,
            *("softmax", "regression"),
            str(alone["right"]),
            f"{100 * alone['accuracy']:.1f}",
            "%",
            f"{alone['cross_entropy']:.3f}",
            f"{100 * alone['expected_calibration_error']:.1f}",
            "%",
            f"{model['roughness']:.3f}",
        ]
    rough = [model["roughness"] for model in numbers["models"]]
    assert rough == sorted(rough, reverse=True)
    assert lines[0].endswith(f"disagree on {len(numbers['disagreements'])} of 500 test images")
    pairs = [test["models"] for test in numbers["mcnemar"]]
    assert pairs == [["rough", "usual"], ["rough", "smooth"], ["usual", "smooth"]]
    for sentence, test in zip(lines[7:], numbers["mcnemar"], strict=True):
        (one, other), (first, second) = test["models"], test["only_right"]
        assert sentence.startswith(f"{one} is right on {first} ")
        assert f"{other} on {second} that {one} gets wrong" in sentence
        assert ("no evidence" in sentence) == (test["p"] >= 0.05)


def test_four_models_and_a_scale_for_several_are_refused(files, small_digits):
    with pytest.raises(OptionError, match=r"2 or 3 models \(got 4\)"):
        evaluated(*with_models([*files, files[0]]))
    result = evaluated(*with_models(files), "--input-scale", "2")
    assert result.exit_code == 2
    assert "one --model" in result.output
