"""The versions of a model for a page's sliders: the model trained again, as int8, within bounds."""

from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import mnistviz
from commands import run
from explorers import facts_in, random_set, unpacked
from mnistviz.config import PageConfig
from mnistviz.datasets.dataset import as_pixels
from mnistviz.errors import ModelError, ModelWarning, OptionError
from mnistviz.explorer.versions import pack_versions, quantised
from mnistviz.model.fit import fit
from mnistviz.model.saved import TrainedModel
from mnistviz.model.training_config import TrainingConfig
from mnistviz.model.versions import (
    MOST_STEPS,
    SMOOTHNESS,
    smoothness_beside,
    steps_shown,
    training_of,
    versions_of,
)
from mnistviz.progress import silent

SLACK = 1e-4  # of a scale: weights are near 127 scales, and rounded to float32


@pytest.fixture(scope="module")
def small(small_digits):
    return mnistviz.load(small_digits)


@pytest.fixture(scope="module")
def small_model(small):
    return mnistviz.train(small)


@pytest.fixture(scope="module")
def versions(digits):
    return versions_of(digits, TrainingConfig(), None, silent)


@pytest.fixture(scope="module")
def packed(digits, versions):
    return pack_versions(versions, digits, 0.9, effect=False)


@given(arrays(np.float32, (2, 5), elements=st.floats(-1e6, 1e6, width=32)))
def test_no_weight_is_off_by_more_than_half_a_scale(weights):
    levels, scales = quantised(weights)
    assert levels.dtype == np.int8
    assert (np.abs(levels.astype(int)) <= 127).all()
    exact = scales[:, None].astype(np.float64)
    assert (np.abs(weights - exact * levels) <= exact / 2 * (1 + 1e-12)).all()
    assert not levels[weights == 0].any()


def test_scores_of_all_test_images_are_off_by_no_more_than_the_weights_allow(
    digits, versions, packed
):
    models = [*versions.by_step.values(), *versions.by_smoothness.values()]
    weights, scales, biases = unpacked(packed)
    pixels = as_pixels(digits.test.images).astype(np.float64)
    ink = pixels.sum(axis=1)
    assert packed["steps"][:6] == [0, 1, 2, 3, 5, 7]
    assert len(models) == len(weights) == len(packed["steps"]) - 1 + 4
    for model, own, scale, bias in zip(models, weights, scales, biases, strict=True):
        assert (np.abs(model.weights.T - own) <= scale[:, None] * (0.5 + SLACK)).all()
        assert (bias == model.bias).all()
        exact, drawn = (pixels @ each.astype(np.float64).T for each in (model.weights.T, own))
        assert (np.abs(exact - drawn) <= ink[:, None] * scale * (0.5 + SLACK)).all()


def test_accuracies_are_those_of_the_exact_weights(digits, versions, packed):
    pixels, labels = as_pixels(digits.test.images), digits.test.labels
    for name, models in (("step", versions.by_step), ("smoothness", versions.by_smoothness)):
        places = packed["steps" if name == "step" else name]
        shares = dict(zip(places, packed[f"{name}Accuracies"], strict=True))
        assert shares.pop(versions.steps if name == "step" else versions.smoothness) == 0.9
        right = {at: (model.predict(pixels) == labels).mean() for at, model in models.items()}
        assert shares == pytest.approx(right, abs=2e-4)  # the order of sums decides a tie
    assert 0.82 < packed["stepAccuracies"][packed["steps"].index(7)] < 0.84


def test_the_model_that_is_trained_again_is_the_own_to_the_bit(small, small_model):
    versions = versions_of(small, training_of(small_model), small_model.model, silent)
    assert versions.model.weights.tobytes() == small_model.model.weights.tobytes()
    assert not versions.by_step[0].weights.any()
    half = replace(TrainingConfig(), epochs=1)
    assert (versions_of(small, half, None, silent).model.weights != versions.model.weights).any()
    assert versions_of(small, half, small_model.model, silent) is None


def test_a_model_of_a_validation_share_is_trained_again_without_it(small, tmp_path):
    config = TrainingConfig(epochs=1, validation_share=0.2, smoothness=2e-4)
    model = mnistviz.train(small, config=config)
    mnistviz.explore(small, model, tmp_path / "page.html", page=PageConfig(sliders=True))
    facts = facts_in(tmp_path / "page.html")
    assert facts["versions"]["smoothness"] == [0, 3e-6, 3e-5, 2e-4, 1e-2]
    own = (model.model.predict(as_pixels(small.test.images)) == small.test.labels).mean()
    assert facts["versions"]["stepAccuracies"][-1] == own


def test_progress_is_reported_of_all_trainings(small, tmp_path):
    reported = []
    mnistviz.explore(small, None, tmp_path / "page.html", progress=reported.append)
    assert [(it.task, it.done, it.total) for it in reported] == [
        ("training", epoch + 1, 40) for epoch in range(40)
    ]


@pytest.mark.parametrize("model", ["foreign", "silent"])
def test_other_peoples_weights_have_no_sliders_and_are_refused_them(tmp_path, model):
    data, foreign = random_set((8, 8), 3)
    saved = TrainedModel(foreign, data.classes, (8, 8), {"epochs": 8})
    known, out = {"foreign": foreign, "silent": saved}[model], tmp_path / "page.html"
    mnistviz.explore(data, known, out)
    assert facts_in(out)["versions"] is None
    with pytest.raises(OptionError, match="does not say how it was trained"):
        mnistviz.explore(data, known, out, page=PageConfig(sliders=True))


def test_a_model_of_other_data_has_no_sliders_and_that_is_said(small, small_model, tmp_path):
    other, out = replace(small, train=small.test), tmp_path / "page.html"
    with pytest.warns(ModelWarning, match="no sliders of time and smoothness"):
        mnistviz.explore(other, small_model, out)
    assert facts_in(out)["versions"] is None
    mnistviz.explore(other, small_model, out, page=PageConfig(sliders=False))  # without a warning
    with pytest.raises(OptionError, match="has other weights"):
        mnistviz.explore(other, small_model, out, page=PageConfig(sliders=True))


def test_large_models_have_fewer_steps_or_no_sliders(tmp_path):
    data, _ = random_set((64, 64), 12)
    mnistviz.explore(data, None, tmp_path / "page.html")
    assert len(facts_in(tmp_path / "page.html")["versions"]["steps"]) < 8
    data, _ = random_set((96, 96), 12)
    mnistviz.explore(data, None, tmp_path / "page.html")
    assert facts_in(tmp_path / "page.html")["versions"] is None
    with pytest.raises(OptionError, match="no room"):
        mnistviz.explore(data, None, tmp_path / "page.html", page=PageConfig(sliders=True))


def test_smoothness_at_which_a_training_diverges_is_left_out(small):
    config = TrainingConfig(epochs=1, learning_rate=15, smoothness=0)
    expected = []
    for smoothness in SMOOTHNESS[1:]:
        with suppress(ModelError):
            fit(small.train, 10, replace(config, smoothness=smoothness))
            expected.append(smoothness)
    assert [*versions_of(small, config, None, silent).by_smoothness] == expected


@given(st.integers(1, 10**6), st.integers(3, MOST_STEPS))
def test_steps_go_from_the_first_to_the_last_ever_further_apart(steps, most):
    shown = steps_shown(steps, most)
    assert shown[0] == 0
    assert shown[-1] == steps
    assert len(shown) <= most
    apart = np.diff(shown)
    assert (apart > 0).all()
    assert (np.diff(apart) >= -1).all()  # but for rounding


@given(st.floats(0, 1e3))
def test_there_are_five_values_of_smoothness_and_the_own_is_one(own):
    values = smoothness_beside(own)
    assert own in values
    assert list(values) == sorted(set(values))
    assert len(values) == len(SMOOTHNESS)


def test_sliders_change_nothing_else_in_a_page(small, small_model, tmp_path):
    mnistviz.explore(small, small_model, tmp_path / "a.html", page=PageConfig(sliders=False))
    mnistviz.explore(small, small_model, tmp_path / "b.html")
    bare, whole = (facts_in(tmp_path / name) for name in ("a.html", "b.html"))
    assert bare.pop("versions") is None
    assert whole.pop("versions")
    assert bare == whole


def test_the_command_leaves_sliders_out_or_insists_on_them(small_digits, tmp_path):
    out = tmp_path / "page.html"
    given = ("explore", "-q", "--data", small_digits, "--out", out)
    assert run(*given, "--no-sliders").returncode == 0
    assert facts_in(out)["versions"] is None
    np.savez(tmp_path / "w.npz", weights=np.ones((64, 10)), bias=np.zeros(10))
    done = run(*given, "--sliders", "--model", tmp_path / "w.npz")
    assert "a page of this model can have no sliders" in done.stderr
    assert done.returncode == 2
    with pytest.raises(OptionError, match="sliders must be True or False"):
        PageConfig(sliders="yes")
