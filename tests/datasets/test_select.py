"""Which test images a film shows, and in which order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mnistviz
from commands import assert_refused, run
from composers import composer_of, layout_of, moments_of
from frames import decode
from mnistviz import PictureConfig, Selection, Timing
from mnistviz.datasets.dataset import Dataset, Split
from mnistviz.datasets.select import candidates, labels_of, select
from mnistviz.drawing.scene import Text
from mnistviz.errors import DataError, OptionError
from mnistviz.frame.frame_words import scope_of
from mnistviz.language.language import ENGLISH
from mnistviz.model.kind import softmax
from mnistviz.model.train import logits_of

SMALL = PictureConfig((640, 360))


def set_of(n=60, classes=("cat", "dog", "4"), seed=0):
    random = np.random.default_rng(seed)
    split = Split(
        random.integers(0, 256, (n, 8, 8), dtype=np.uint8), random.integers(0, len(classes), n)
    )
    answers = random.integers(0, len(classes), n), random.random(n)
    return Dataset("random", classes, "image", split, split), answers


DATA, ANSWERS = set_of()
PREDICTED, CONFIDENCE = ANSWERS
HITS = DATA.test.labels == PREDICTED


def selection(order_seed, **given):
    """Return a selection, with the seed if its order is shuffled."""
    shuffled = given["order"] or given["indices"] is None
    return Selection(
        **given,
        order_seed=order_seed if shuffled and given["order"] not in ("file", "confidence") else 0,
    )


selections = st.builds(
    selection,
    indices=st.none() | st.lists(st.integers(0, 59), min_size=1, max_size=40).map(tuple),
    classes=st.sets(st.sampled_from(["cat", "dog", "4", "0", "1"])).map(tuple),
    only=st.sampled_from([None, "wrong", "right"]),
    order=st.sampled_from([None, "shuffled", "file", "class", "confidence"]),
    order_seed=st.integers(0, 3),
)


@given(selections)
def test_a_film_shows_all_that_passes_every_filter_once_in_its_order(selection):
    keep = np.ones(60, bool)
    if selection.indices is not None:
        keep = np.isin(np.arange(60), selection.indices)
    if selection.classes:
        keep &= np.isin(DATA.test.labels, labels_of(DATA.classes, selection.classes))
    if selection.only:
        keep &= HITS if selection.only == "right" else ~HITS
    if not keep.any():
        with pytest.raises(OptionError, match="no image to show"):
            select(DATA, selection, *ANSWERS, 60)
        return
    chosen = select(DATA, selection, *ANSWERS, 60).tolist()
    assert sorted(chosen) == np.nonzero(keep)[0].tolist()
    key = {
        "file": lambda index: index,
        "class": lambda index: (DATA.test.labels[index], index),
        "confidence": lambda index: -CONFIDENCE[index],
    }.get(selection.order)
    if key:
        assert chosen == sorted(chosen, key=key)
    elif selection.order is None and selection.indices is not None:
        assert chosen == [index for index in selection.indices if keep[index]]


def test_a_shuffled_order_is_that_of_its_seed_and_a_longer_film_begins_like_a_shorter():
    orders = [
        select(DATA, Selection(count, order_seed=seed), *ANSWERS).tolist()
        for count, seed in ((50, 0), (50, 0), (50, 1), (20, 0))
    ]
    assert orders[0] == orders[1] != orders[2]
    assert orders[0][:20] == orders[3]


def test_by_class_are_the_images_of_a_shuffled_film_and_not_the_first_class_alone():
    shuffled = select(DATA, Selection(12, order="shuffled"), *ANSWERS).tolist()
    by_class = select(DATA, Selection(12, order="class"), *ANSWERS).tolist()
    assert by_class == sorted(shuffled, key=lambda index: (DATA.test.labels[index], index))
    assert len(set(DATA.test.labels[by_class])) == 3


def test_a_filter_leaves_out_and_does_not_mix_anew():
    everything = select(DATA, Selection(), *ANSWERS, 60)
    some = select(DATA, Selection(classes=("dog",)), *ANSWERS, 60)
    assert some.tolist() == [index for index in everything if DATA.test.labels[index] == 1]


def test_without_a_count_a_film_shows_25_images_or_as_many_as_there_are(digits, trained):
    logits = logits_of(trained.model, digits.test.images)
    answers = logits.argmax(axis=1), softmax(logits).max(axis=1)
    assert len(select(digits, Selection(), *answers)) == 25
    assert len(select(digits, Selection(indices=tuple(range(100))), *answers)) == 100
    assert len(candidates(DATA, Selection(classes=("4",)))) <= 25


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"count": 61}, "at most 60"),
        ({"indices": (3, 60)}, r"from 0 to 59 .*got 60"),
        ({"classes": ("cta",)}, "did you mean 'cat'"),
        ({"classes": ("7",)}, "cat, dog, 4"),
        ({"classes": ("dog",), "count": 60}, r"there are 60 images, class dog leaves \d+$"),
        (
            {"indices": (int(np.argmax(HITS)),), "only": "wrong", "classes": ("0", "1", "2")},
            "there is no image .*60 images, index leaves 1, class cat or dog or 4 leaves 1, "
            "only wrong leaves 0",
        ),
    ],
)
def test_what_cannot_be_shown_is_an_error_that_says_why(choice, message):
    with pytest.raises(OptionError, match=message):
        select(DATA, Selection(**choice), *ANSWERS)


@pytest.mark.parametrize(
    "choice",
    [{"indices": ()}, {"indices": 8}, {"indices": (-1,)}, {"indices": (1.5,)}, {"only": "odd"},
     {"order": "odd"}, {"classes": "cat"}, {"classes": (4,)}],
)  # fmt: skip
def test_a_choice_of_another_kind_is_refused(choice):
    with pytest.raises(OptionError):
        Selection(**choice)


def test_a_name_goes_before_a_number_and_commas_part_what_is_no_name():
    names = ("a,b", "4", "c", "d", "e")
    assert labels_of(names, ("a,b", "4")) == [0, 1]
    assert labels_of(names, ("3, c",)) == [2, 3]


@pytest.mark.parametrize(
    ("selection", "scope"),
    [
        (Selection(count=2), ""),
        (Selection(only="wrong", order="confidence"), " (surest mistakes)"),
        (Selection(only="right", classes=("9", "4")), " (hits 4, 9)"),
        (Selection(classes=("1", "2", "3")), " (3 classes)"),
        (Selection(indices=(8, 9), order="class"), " (chosen)"),
    ],
)
def test_the_tally_says_which_images_it_counts(digits, trained, selection, scope):
    composer = composer_of(digits, trained.model, SMALL, scope_of(ENGLISH, digits, selection))
    moment = moments_of(digits, trained.model, [8, 0]).image(0)
    texts = [it.text for it in composer.scene(moment).changing if isinstance(it, Text)]
    assert f"0 of 1 right{scope}" in texts


def test_the_film_of_the_surest_mistakes_begins_with_the_worst(digits, trained, tmp_path):
    selection, timing = Selection(3, only="wrong", order="confidence"), Timing(0.1, transition=0)
    done = mnistviz.render(digits, trained, tmp_path / "v.mp4", selection, timing, picture=SMALL)
    assert (done.images, done.right) == (3, 0)
    worst = mnistviz.evaluate(digits, trained).mistakes[0]
    layout = layout_of(digits, SMALL, "surest mistakes")
    (x, y), k = layout.lanes[0].cells[0], layout.k
    frame = decode(tmp_path / "v.mp4", SMALL.size)[0].brightness(y, y + 28 * k, x, x + 28 * k)
    drawn = frame.reshape(28, k, 28, k).mean(axis=(1, 3))
    image = digits.test.images[worst].astype(float)
    assert np.corrcoef(drawn.ravel(), image.ravel())[0, 1] > 0.98


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--index", "8,x"], "8,42,100-120"),
        (["--index", "5-3"], "8,42,100-120"),
        (["--index", "0-999999999"], "8,42,100-120"),
        (["--only", "rong"], "rong"),
        (["--images", ".", "--only", "wrong"], "leave out"),
    ],
)
def test_the_command_refuses_a_choice_that_it_cannot_make(tmp_path, model_path, options, message):
    result = run("render", "--model", model_path, "--out", tmp_path / "v.mp4", *options)
    assert_refused(result, message, status=2)
    assert list(tmp_path.iterdir()) == []


def test_images_of_the_same_confidence_come_as_in_the_file(digits):
    confidence = np.full(len(digits.test), 0.5)
    confidence[7] = 0.9
    shown = select(digits, Selection(4, order="confidence"), digits.test.labels, confidence)
    assert shown.tolist() == [7, 0, 1, 2]


@pytest.mark.parametrize(
    ("images", "labels", "got"),
    [
        (np.zeros((1, 8, 8), int), np.zeros(1, int), "images: .* got int64 in 3"),
        (np.zeros((8, 8), np.uint8), np.zeros(1, int), "images: .* got uint8 in 2"),
        (np.zeros((1, 8, 8), np.uint8), [0], r"labels: .*int64 in 1 dimension.* got list"),
    ],
)
def test_a_split_of_other_arrays_says_what_it_got_and_what_makes_one_of_any(images, labels, got):
    with pytest.raises(DataError, match=f"{got}; mnistviz.dataset makes a set of any"):
        Split(images, labels)
