"""Kinds of models: what a film, a still, a report and a page say of one without probabilities."""

import json
import re
import warnings
from dataclasses import replace

import numpy as np
import pytest

from idx_files import write_dataset
from mnistviz import PageConfig, PictureConfig, Selection, evaluate, explore, load, render, still
from mnistviz.config import MODEL_KINDS, Encoding, Timing
from mnistviz.drawing.scene import Text
from mnistviz.errors import ModelWarning
from mnistviz.model.kind import KINDS, log_softmax, softmax
from mnistviz.model.linear import LinearClassifier

SIZES = [(1280, 720), (360, 640), (720, 720)]
SHORT = Timing(seconds_per_image=0.2, transition=0)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kinds")
    write_dataset(folder)
    return load(folder)


def model_of(dataset, kind):
    random = np.random.default_rng(3)
    shape = dataset.test.images[0].size, len(dataset.classes)
    return LinearClassifier(random.normal(size=shape), random.normal(size=shape[1]), KINDS[kind])


def texts_of(scene):
    return [it.text for it in (*scene.static, *scene.changing) if isinstance(it, Text)]


def test_each_option_is_a_kind():
    assert tuple(KINDS) == MODEL_KINDS


@pytest.mark.parametrize("kind", MODEL_KINDS)
@pytest.mark.parametrize("size", SIZES)
def test_a_picture_names_the_kind_and_has_probabilities_if_the_model_has(small, kind, size):
    drawn = still(small, 0, model=model_of(small, kind), picture=PictureConfig(size))
    texts = texts_of(drawn.scene)
    shares = [text for text in texts if text.endswith("%") and not re.search("[a-z]", text)]
    has = bool(KINDS[kind].link)
    assert len(shares) == (11 if has else 0)  # one a class, and one in the header
    assert (KINDS[kind].link in texts) == has or size == (360, 640)
    assert (drawn.prediction.probability is not None) == has
    named = [text for text in texts if text.startswith(KINDS[kind].name)]
    assert named or size != (1280, 720)


def test_probabilities_of_one_against_the_rest_are_shares_of_logistic_functions():
    scores = np.random.default_rng(0).normal(0, 4, (50, 3))
    sigmoids = 1 / (1 + np.exp(-scores))
    expected = sigmoids / sigmoids.sum(axis=1, keepdims=True)
    found = KINDS["logistic"].probabilities(scores)
    np.testing.assert_allclose(found, expected, rtol=1e-12)
    np.testing.assert_allclose(
        KINDS["logistic"].log_probabilities(scores), np.log(expected), rtol=1e-9
    )
    far = np.array([[-900.0, -901.0, -990.0]])  # where each function rounds to 0
    np.testing.assert_allclose(KINDS["logistic"].probabilities(far), softmax(far), atol=1e-12)
    assert np.isfinite(KINDS["logistic"].log_probabilities(far)).all()
    np.testing.assert_array_equal(KINDS["lda"].log_probabilities(scores), log_softmax(scores))


def test_scores_of_one_against_the_rest_are_not_centred(small):
    for kind in MODEL_KINDS:
        model = model_of(small, kind)
        centred = abs(model.centred().weights.mean(axis=1)).max() < 1e-6
        assert centred == (KINDS[kind].link == "softmax")


@pytest.mark.slow
def test_captions_and_description_promise_no_probability_that_there_is_none(small, tmp_path):
    for kind in ("svm", "logistic"):
        film = render(
            small,
            model_of(small, kind),
            tmp_path / f"{kind}.mp4",
            Selection(count=2),
            SHORT,
            Encoding(captions=True, frame_rate=10, quality="draft"),
            PictureConfig((640, 360)),
        )
        said = film.captions.read_text()
        assert ("sure" in said) == (kind == "logistic")
        tags = film.path.read_bytes()
        assert f"through a {KINDS[kind].name}: pixel".encode() in tags


def test_without_probabilities_the_surest_come_first_by_their_lead(small):
    model = model_of(small, "svm")
    scores = model.logits(small.test.images.reshape(len(small.test), -1).astype("f4") / 255)
    ranked = np.sort(scores, axis=1)
    np.testing.assert_allclose(
        model.kind.confidence(scores), ranked[:, -1] - ranked[:, -2], rtol=1e-5
    )


@pytest.mark.parametrize("suffix", [".html", ".png", ".pdf"])
def test_a_report_of_scores_has_neither_cross_entropy_nor_calibration(small, suffix, tmp_path):
    found = evaluate(small, model_of(small, "ridge"), tmp_path / f"r{suffix}")
    numbers = json.loads(json.dumps(found.as_json(), allow_nan=False))
    assert numbers["model"] == "ridge classifier"
    assert numbers["cross_entropy"] is numbers["expected_calibration_error"] is None
    assert numbers["reliability"] == []
    assert all(mistake["confidence"] is None for mistake in numbers["mistakes"])
    if suffix == ".html":
        page = (tmp_path / "r.html").read_text()
        assert "ridge classifier: scores, no probabilities" in page
        assert "ahead by" in page
        assert "cross-entropy" not in page


def test_the_page_gets_the_kind(small, tmp_path):
    explore(small, model_of(small, "logistic"), tmp_path / "e.html")
    facts = json.loads(
        re.search(r'id="data"[^>]*>(.*?)</script>', (tmp_path / "e.html").read_text(), re.S)[1]
    )
    assert facts["link"] == "logistic"
    assert facts["words"]["footer"].startswith("one-vs-rest logistic regression")
    assert facts["words"]["rows"][-1] == ["", "logistic"]


def test_effects_are_weights_times_the_deviation_of_the_pixels_and_products_stay(small):
    model = model_of(small, "softmax").centred()
    plain, effect = (
        still(small, 0, model=model, picture=PictureConfig((1280, 720), weights=weights))
        for weights in ("gray", "effect")
    )
    texts = texts_of(effect.scene)
    assert {"effect", "product"} <= set(texts)
    assert not {"weights", "×", "="} & set(texts)
    assert any("effect = weight × the pixel's typical ink" in text for text in texts)
    assert texts_of(plain.scene).count("weights") == 1
    deviations = small.train.images.reshape(len(small.train), -1).std(axis=0)
    expected = model.weights * (deviations / deviations.max())[:, None]
    full = np.percentile(np.abs(expected), 99.5)
    size = small.test.image_size
    cells = [it for it in effect.scene.static if getattr(it, "levels", None) is not None]
    drawn = [it.levels for it in cells if it.levels.shape == size][: len(small.classes)]
    for label, levels in enumerate(drawn):
        share = np.clip(expected[:, label] / full, -1, 1).reshape(size)
        grey = 128 + 127.5 * np.sign(share) * np.abs(share) ** 0.75
        np.testing.assert_allclose(levels, grey, atol=1.01)
    # What is drawn of a product is the product, on the scale of the effects.
    pixels = small.test.images[0].reshape(-1).astype("f4") / 255
    moving = [it for it in effect.scene.changing if getattr(it, "levels", None) is not None]
    products = [it.levels for it in moving][-len(small.classes) :]
    share = np.clip(model.weights[:, 0] * pixels / full, -1, 1).reshape(size)
    grey = 128 + 127.5 * np.sign(share) * np.abs(share) ** 0.75
    np.testing.assert_allclose(products[0], grey, atol=1.01)


def test_weights_beside_which_products_look_flat_are_warned_of_by_name(small, tmp_path):
    pixels = small.test.images[0].size
    weights = np.random.default_rng(0).normal(size=(pixels, 10))
    weights[:3] *= 1e5  # of pixels where nobody writes
    images = small.train.images.copy()
    images.reshape(len(images), -1)[:, :3] = 0
    data = replace(small, train=replace(small.train, images=images))
    np.savez(tmp_path / "m.npz", weights=weights, bias=np.zeros(10))
    for looks, warned in (("gray", 1), ("effect", 0)):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            still(
                data, 0, model=tmp_path / "m.npz", picture=PictureConfig((640, 360), weights=looks)
            )
        said = [it for it in caught if "see --weights effect" in str(it.message)]
        assert len(said) == warned
        assert all(it.category is ModelWarning for it in said)


def test_an_explorer_draws_effects_as_the_picture_does(small, tmp_path):
    page = PageConfig(weights="effect")
    explore(small, model_of(small, "softmax"), tmp_path / "e.html", page=page)
    text = (tmp_path / "e.html").read_text()
    facts = json.loads(re.search(r'id="data"[^>]*>(.*?)</script>', text, re.S)[1])
    assert facts["drawn"]
    assert facts["words"]["rows"][1] == ["", "effect"]
