"""What a caller of the Python interface passes: numbers of NumPy are taken, the wrong refused."""

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

import mnistviz
from mnistviz import (
    Encoding,
    LinearClassifier,
    PictureConfig,
    Selection,
    Timing,
    TrainingConfig,
    Wording,
    Workers,
)
from mnistviz.arguments import whole
from mnistviz.errors import OptionError

SMALL = PictureConfig((640, 360))
WRONG = [
    5,
    1.5,
    None,
    True,
    "text",
    b"bytes",
    [],
    {},
    object(),
    np.zeros((2, 2)),
    LogisticRegression,
]


@pytest.fixture(scope="module")
def little(small_digits):
    data = mnistviz.load(small_digits)
    return data, mnistviz.train(data, config=TrainingConfig(epochs=1)).model


@pytest.mark.parametrize("kind", [np.int64, np.uint8, np.int16, np.array, int])
def test_a_number_of_numpy_is_a_number(little, kind):
    data, model = little
    assert mnistviz.still(data, kind(8), model=model, picture=SMALL).prediction.image == "image 8"
    selection = Selection(kind(3), indices=np.arange(4))
    assert (selection.count, selection.indices) == (3, (0, 1, 2, 3))
    assert type(selection.count) is type(selection.indices[0]) is int
    assert Selection(order_seed=kind(1)).order_seed == 1
    assert Encoding(frame_rate=kind(25)) == Encoding(frame_rate=25)
    assert PictureConfig(np.array([640, 360])) == SMALL
    assert TrainingConfig(epochs=kind(2), l2=np.float32(0.5)) == TrainingConfig(epochs=2, l2=0.5)
    assert Timing(np.float32(1.5), np.float64(0.5)) == Timing(1.5, 0.5)
    assert Workers(kind(2)) == Workers(2)


SETTINGS = {
    (Selection, "count"): (None, 5),
    (Selection, "indices"): (None, []),
    (Selection, "classes"): ([], {}),
    (Selection, "order"): (None,),
    (Timing, "seconds_per_image"): (None, 5, 1.5),
    (Timing, "loop"): (True,),
    (Encoding, "frame_rate"): (5,),
    (Encoding, "quality"): (),
    (Encoding, "captions"): (True,),
    (Encoding, "max_size"): (None, 5),
    (PictureConfig, "size"): (),
    (PictureConfig, "theme"): (),
    (PictureConfig, "title"): ("text",),
    (TrainingConfig, "epochs"): (5,),
    (TrainingConfig, "l2"): (5, 1.5),
    (TrainingConfig, "validation_share"): (0.5,),
    (Workers, "processes"): (None, 5),
    (Workers, "scheduler"): ("text",),
}


@pytest.mark.parametrize(("config", "name"), SETTINGS, ids=lambda it: getattr(it, "__name__", it))
def test_a_setting_of_the_wrong_type_is_refused_by_its_name(config, name):
    for value in WRONG:
        if not any(type(value) is type(right) for right in SETTINGS[config, name]):
            with pytest.raises(OptionError) as error:
                config(**{name: value})
            words = {"indices": "index", "max_size": "largest size", "processes": "workers"}
            said = str(error.value).replace("width and height", "size")
            assert words.get(name, name.replace("_", " ")) in said, value


FUNCTIONS = {
    "load": {"source": ("text",), "mirror": (None,), "progress": (LogisticRegression,)},
    "read_model": {"path": ("text",)},
    "train": {"data": ("text",), "out": (None, "text"), "config": (), "log": (None, "text")},
    "evaluate": {"data": ("text",), "model": (None, "text"), "out": (None, "text")},
    "compare": {
        "models": (),
        "out": (None, "text"),
        "timing": (),
        "names": ([],),
        "workers": (),
    },
    "explore": {"data": ("text",), "out": ("text",), "selection": (), "page": ()},
    "still": {
        "index": (5, "text"),
        "out": (None, "text"),
        "bare": (True,),
        "width": (5, 1.5, True),
    },
    "render": {
        "model": (None, "text"),
        "out": ("text",),
        "timing": (),
        "images": (None, "text"),
        "intro": ([],),
        "workers": (),
    },
    "render_training": {
        "data": ("text",),
        "config": (),
        "encoding": (),
        "hashed": (True,),
        "timing": (),
    },
    "from_sklearn": {"estimator": ()},
}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_an_argument_of_the_wrong_type_is_an_error_of_ours(little, function, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    data, model = little
    usual = {"data": data, "model": model, "index": 1, "source": "mnist", "path": Path("m.npz")}
    usual |= {"models": [model, model]}
    takes = mnistviz.train if function == "train" else getattr(mnistviz, function)
    names = takes.__wrapped__.__code__.co_varnames
    for name, right in FUNCTIONS[function].items():
        for value in WRONG:
            if not any(type(value) is type(each) for each in right):
                arguments = {key: it for key, it in usual.items() if key in names} | {name: value}
                with pytest.raises(mnistviz.MnistvizError):
                    takes(**arguments)
    with pytest.raises(OptionError, match=f"^{function}: .*'"):
        takes(nonsense=1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("function", "name", "value", "expected"),
    [
        ("still", "index", None, r"a whole number or a path or text \(got None\)"),
        ("still", "bare", "x", r"True or False \(got 'x'\)"),
        ("still", "width", "x", r"a number \(got 'x'\)"),
        ("render", "images", 5, r"a path or text or None \(got 5\)"),
        ("render", "images", "", r"a path \(got an empty text\)"),
        ("still", "index", "", r"a path \(got an empty text\)"),
        ("explore", "out", "", r"a path \(got an empty text\)"),
        ("render", "intro", [1], r"a tuple of texts \(got \[1\]\)"),
        ("render", "timing", 5, r"a Timing \(got 5\)"),
        ("render", "progress", 5, r"a function \(got 5\)"),
    ],
)
def test_an_argument_of_the_wrong_type_is_told_what_is_expected(
    little, function, name, value, expected
):
    usual = {"data": little[0]} | ({"index": 1} if function == "still" else {})
    with pytest.raises(OptionError, match=f"^{name} must be {expected}$"):
        getattr(mnistviz, function)(**usual | {name: value})


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("index", lambda *_: Selection(indices=np.array(3))),
        ("classes", lambda *_: Selection(classes=np.array(3))),
        ("count", lambda *_: Selection(10**5000)),
        ("size", lambda *_: PictureConfig(np.array(640))),
        ("seconds per image", lambda *_: Timing(np.True_)),
        ("words", lambda *_: Wording(words=5)),
        ("kind", lambda _, model: LinearClassifier(model.weights, model.bias, "svm")),
        ("image size", lambda *_: mnistviz.load(image_size=np.array(28))),
        ("input scale", lambda *_: mnistviz.read_model("m.npz", input_scale=object())),
        ("input shift", lambda *_: mnistviz.read_model("m.npz", input_shift=[10**400])),
        ("none.npy: no such file$", lambda *_: mnistviz.read_model("m", input_scale="none.npy")),
        ("train images", lambda *_: mnistviz.dataset(0.5, [1])),
        ("train labels", lambda data, _: mnistviz.dataset(data.train.images, 5)),
        ("figure", lambda data, model: mnistviz.still(data, 1, model=model, width=1e308)),
        ("out", lambda data, model: mnistviz.still(data, 1, model=model).save(None)),
    ],
)
def test_a_value_in_the_wrong_form_is_an_error_that_names_the_argument(little, name, wrong):
    with pytest.raises(mnistviz.MnistvizError, match=name):
        wrong(*little)


@given(st.one_of(st.integers(), st.floats(), st.text(), st.booleans(), st.none(), st.binary()))
def test_what_is_no_whole_number_in_range_is_refused(value):
    right = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 9
    if right:
        assert whole("it", value, 1, 9) == value
    else:
        with pytest.raises(OptionError, match=r"^it must be "):
            whole("it", value, 1, 9)


def test_a_number_too_long_to_be_printed_is_refused_too():
    with pytest.raises(OptionError, match="it must be a whole number below 1e308"):
        whole("it", 10**5000, 1, 9)
    with pytest.raises(OptionError, match="got a int"):
        Selection(classes=10**5000)
    with pytest.raises(OptionError, match="below 1e308"):
        Timing(10**400)


@pytest.mark.parametrize(
    ("value", "said"), [("two", "'two'"), (np.eye(2), "a ndarray"), ([1], "[1]")]
)
def test_a_value_is_shown_where_it_takes_one_line_and_named_by_its_type_where_not(value, said):
    with pytest.raises(OptionError, match=re.escape(f"(got {said})")):
        whole("it", value, 1, 9)
