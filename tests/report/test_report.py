"""The numbers of an evaluation are right, and its report shows them."""

import json
import math
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest
from sklearn import metrics

import mnistviz
from commands import run
from elements import Elements
from explorers import random_set
from frames import pixels_of
from mnistviz.datasets.dataset import Dataset, Split
from mnistviz.drawing.theme import THEMES, signed_grey
from mnistviz.errors import OutputError
from mnistviz.frame.scales import full_weight
from mnistviz.language.language import ENGLISH
from mnistviz.model.evaluation import BINS, Evaluation, Reliability, wilson
from mnistviz.model.linear import LinearClassifier
from mnistviz.report import mistakes, table
from mnistviz.report import write as report
from mnistviz.report.counts import LOWEST, Rows, draw_classes, draw_confusion
from mnistviz.report.style import Area, Board, paper

HOSTILE = "</script><script>alert(1)</script>", "$\\frac{1", "<b>&amp;", "'\"onerror=x"


def logits_and_labels(n, classes, seed):
    random = np.random.default_rng(seed)
    return random.normal(0, 3, (n, classes)).astype(np.float32), random.integers(0, classes, n)


def evaluation_of(names):
    return Evaluation(*logits_and_labels(200, len(names), 0), names, "random")


@pytest.fixture(scope="module")
def of_mnist(digits, trained):
    return mnistviz.evaluate(digits, trained)


@pytest.fixture(scope="module")
def pages(digits, trained, of_mnist, tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.png"
    mnistviz.evaluate(digits, trained, path)
    picture = pixels_of(path)
    assert picture.shape == (3240, 1920, 3)
    return np.split(picture.astype(int), 3)


@settings(max_examples=50)
@given(st.integers(1, 80), st.integers(2, 6), st.integers(0, 2**32 - 1))
def test_confusion_precision_recall_and_cross_entropy_are_those_of_scikit_learn(n, classes, seed):
    logits, labels = logits_and_labels(n, classes, seed)
    found = Evaluation(logits, labels, tuple(map(str, range(classes))))
    predicted, every = logits.argmax(axis=1), list(range(classes))
    assert found.accuracy == metrics.accuracy_score(labels, predicted)
    expected = metrics.confusion_matrix(labels, predicted, labels=every)
    assert (found.confusion == expected).all()
    for name in ("precision", "recall"):
        score = getattr(metrics, f"{name}_score")
        shares = score(labels, predicted, labels=every, average=None, zero_division=math.nan)
        np.testing.assert_allclose(getattr(found, name), shares)
    powers = np.exp(logits.astype(float))
    loss = metrics.log_loss(labels, powers / powers.sum(axis=1, keepdims=True), labels=every)
    assert found.cross_entropy == pytest.approx(loss)


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_the_interval_is_wilsons(n, share):
    hits = round(share * n)
    expected = binomtest(hits, n).proportion_ci(method="wilson")
    assert wilson(hits / n, n) == pytest.approx((expected.low, expected.high), abs=1e-6)


@given(st.lists(st.tuples(st.floats(1e-6, 1), st.booleans()), min_size=1))
def test_the_calibration_error_is_the_mean_gap_of_the_bins(cases):
    confidence, hits = map(np.array, zip(*cases, strict=True))
    bins = np.clip(np.ceil(confidence * BINS), 1, BINS)
    gaps = [abs((hits - confidence)[bins == each].sum()) for each in range(1, BINS + 1)]
    found = Reliability.of(confidence, hits)
    assert found.error == pytest.approx(sum(gaps) / len(cases), abs=1e-9)
    assert found.images.sum() == len(cases)
    for place, (images, sure, right) in enumerate(found.rows, 1):
        inside = bins == place
        assert images == inside.sum()
        if images:
            assert sure == pytest.approx(confidence[inside].mean())
            assert right == pytest.approx(hits[inside].mean())


def test_mistakes_come_the_most_confident_first(of_mnist, digits, trained):
    shares = trained.model.probabilities(digits.test.images.reshape(-1, 784) / np.float32(255))
    sure = shares.max(axis=1)[of_mnist.mistakes]
    assert len(sure) == of_mnist.images - of_mnist.right
    assert (np.diff(sure) <= 1e-6).all()
    assert not of_mnist.hits[of_mnist.mistakes].any()
    np.testing.assert_allclose(of_mnist.confidence, shares.max(axis=1), rtol=1e-4)


def test_json_holds_the_numbers_and_null_where_there_is_none():
    found = Evaluation(np.eye(3, dtype=np.float32)[[0, 1]], np.array([0, 1]), ("a", "b", "c"))
    read = json.loads(json.dumps(found.as_json(), allow_nan=False))
    assert read["accuracy"] == 1
    assert read["classes"][2] == {"name": "c", "images": 0, "precision": None, "recall": None}
    assert read["confusion"] == [[1, 0, 0], [0, 1, 0], [0, 0, 0]]
    assert read["mistakes"] == []
    assert sum(bin_["images"] for bin_ in read["reliability"]) == 2


def test_the_table_lists_all_classes_and_escapes_control_characters():
    names = ("a\x1b[31m", "much longer", "c")
    lines = table.lines(evaluation_of(names))
    assert "\x1b" not in "".join(lines)
    assert [line.split("  ")[0] for line in lines[4:7]] == ["a�[31m", "much longer", "c"]
    assert len({len(line) for line in lines[3:7]}) == 1


def sampled(page, left, top, side):
    """Return the 28×28 grey levels of a picture, from the middle of each of its squares."""
    middles = (np.arange(28) + 0.5) / 28 * side
    rows, columns = (np.round((at + middles) * report.DOTS).astype(int) for at in (top, left))
    return page[np.ix_(rows, columns)][..., 0]


def test_a_slide_keeps_its_margins_free(pages):
    left, top, width, height = report.ROOM
    for page in pages:
        rows, columns = (places / report.DOTS for places in np.nonzero((page != 255).any(axis=2)))
        assert top - 0.05 <= rows.min() <= rows.max() <= top + height + 0.05
        assert left - 0.05 <= columns.min() <= columns.max() <= left + width + 0.05


def weight_greys(model, label):
    return signed_grey(model.weights[:, label], full_weight(model.weights)).reshape(28, 28)


def test_the_weights_on_paper_are_the_greys_of_the_weights(pages, trained):
    box, side = report.ROOM, 2.2271
    for column in (0, 4):
        drawn = sampled(pages[2], box.left + column * (box.width - side) / 4, box.top + 0.75, side)
        assert np.abs(drawn - weight_greys(trained.model, column)).max() <= 1


def test_the_first_mistake_is_drawn_with_the_predicted_class_in_orange(
    pages, digits, trained, of_mnist
):
    board = Board(paper(report.WIDTH, report.HEIGHT), report.ROOM)
    side, _ = mistakes.Mistakes(board, trained.model, digits.test, of_mnist).cell
    left = board.box.left + mistakes.SIGN
    top = board.box.top + 0.75 + mistakes.NAMES
    index, inner = of_mnist.mistakes[0], np.s_[1:-1, 1:-1]  # a frame covers the outermost squares
    image = digits.test.images[index].astype(int)
    assert np.abs(sampled(pages[1], left, top, side) - image)[inner].max() <= 1
    weights = weight_greys(trained.model, of_mnist.predicted[index])
    below = sampled(pages[1], left, top + side + mistakes.GAP, side)
    assert np.abs(below - weights)[inner].max() <= 1
    middle, accents = round((top + side / 2) * report.DOTS), THEMES["light"].accents
    for x, colour in ((left, accents.wrong), (left + side + mistakes.GAP, accents.true)):
        assert tuple(pages[1][middle, round(x * report.DOTS)]) == colour


def test_the_scores_of_mistakes_are_those_that_decided(digits, trained, of_mnist):
    moved = replace(of_mnist, logits=of_mnist.logits + 100)
    board = Board(paper(report.WIDTH, report.HEIGHT), report.ROOM)
    mistakes.Mistakes(board, trained.model, digits.test, moved).draw()
    first = moved.mistakes[0]
    texts = {text.get_text() for text in board.axes.texts}
    for label in (moved.predicted[first], moved.labels[first]):
        assert ENGLISH.signed(moved.logits[first, label]) in texts


def test_the_confusion_is_green_on_its_diagonal_alone(pages):
    red, green, blue = np.moveaxis(pages[0], 2, 0)
    greenish = (green - red > 60) & (green > blue)
    rows, columns = np.nonzero(greenish)
    centres = (rows - rows.min()) / np.ptp(rows) - (columns - columns.min()) / np.ptp(columns)
    assert np.abs(centres).max() < 0.12


@pytest.mark.parametrize(
    ("suffix", "classes", "size"),
    [(".pdf", 3, (8, 8)), (".html", 2, (20, 30)), (".png", 2, (8, 8))],
)
def test_a_report_is_the_same_bytes_each_time_and_a_pdf_three_slides(
    tmp_path, suffix, classes, size
):
    data, model = random_set(size, classes)
    paths = [tmp_path / f"{name}{suffix}" for name in "ab"]
    for path in paths:
        mnistviz.evaluate(data, model, path)
    first, second = (path.read_bytes() for path in paths)
    assert first == second
    assert suffix != ".pdf" or first.count(b"/MediaBox [ 0 0 960 540 ]") == 3
    assert sorted(tmp_path.iterdir()) == paths


def test_html_of_26_classes_needs_no_network_and_its_names_are_text(tmp_path):
    data, model = random_set((8, 8), (*HOSTILE, *"abcdefghijklmnopqrstuv"))
    mnistviz.evaluate(data, model, tmp_path / "r.html")
    page = Elements((tmp_path / "r.html").read_text(encoding="utf-8"))
    assert not page.tags & {"script", "b"}
    assert not [name for _, given in page.all for name in given if name.startswith("on")]
    assert set(HOSTILE) <= set(page.texts)
    heads = [name for name in page.texts if name in data.classes]
    assert len(heads) >= 3 * len(data.classes)  # of rows, and of rows and columns
    sources = page.values("src", "href")
    assert len(sources) > 26 + 3  # of each class, and of the panels
    content = (tmp_path / "r.html").read_text(encoding="utf-8")
    for tag in ("td", "th", "tr", "table", "figure", "thead", "tbody"):
        opened = len(re.findall(rf"<{tag}[ >]", content))
        assert opened == content.count(f"</{tag}>"), tag
    assert all(re.match(r"data:image/(svg\+xml|png);base64,", source) for source in sources)


@pytest.mark.parametrize(
    "names", [("a", "b"), tuple("abcdefghijklmnopqrstuvwxyz"), (*HOSTILE, *"abcdef")]
)
def test_the_rows_of_any_classes_end_on_the_slide(names):
    rows = Rows.of(Board(paper(report.WIDTH, report.HEIGHT), report.ROOM), names)
    end = report.ROOM.top + 1.3 + rows.top + rows.height * len(names)
    assert end <= report.ROOM.top + report.ROOM.height + 1e-9


def test_very_many_classes_have_those_of_the_lowest_recall_listed_and_a_matrix_without_names():
    names = tuple(f"c{place}" for place in range(100))
    logits = 9 * np.eye(100, dtype=np.float32).repeat(2, axis=0)
    logits[[20, 21, 60], 0] = 10  # both images of c10 and one of c30 are taken for c0
    evaluation = Evaluation(logits, np.arange(100).repeat(2), names, "a set", "image")
    board = Board(paper(5, 6), Area(0, 0, 5, 6))
    draw_classes(board, evaluation)
    texts = [it.get_text() for it in board.axes.texts]
    listed = [text for text in texts if text in names]
    assert listed[:2] == ["c10", "c30"]
    assert len(listed) == LOWEST
    matrix = Board(paper(5, 6), Area(0, 0, 5, 6))
    draw_confusion(matrix, evaluation)
    assert not {it.get_text() for it in matrix.axes.texts} & set(names)
    (image,) = matrix.axes.images
    tiles = np.asarray(image.get_array())[1::3, 1::3]
    assert tiles.shape == (100, 100, 3)
    inked = {tuple(at) for at in np.argwhere((tiles != tiles[0, 1]).any(axis=2)).tolist()}
    assert inked == {(at, at) for at in range(100) if at != 10} | {(10, 0), (30, 0)}


def test_a_perfect_model_has_a_report_and_a_wrong_one_no_share_of_anything(tmp_path):
    images = np.zeros((2, 1, 2), np.uint8)
    images[[0, 1], 0, [0, 1]] = 255
    split = Split(images, np.array([0, 1]))
    data = Dataset("two", ("a", "b"), "image", split, split)
    perfect = LinearClassifier(np.eye(2), np.zeros(2))
    assert mnistviz.evaluate(data, perfect, tmp_path / "r.png").right == 2
    assert pixels_of(tmp_path / "r.png").shape == (2160, 1920, 3)  # no page of mistakes
    wrong = mnistviz.evaluate(data, LinearClassifier(1 - np.eye(2), np.zeros(2)))
    assert (wrong.recall == 0).all()
    assert (wrong.precision == 0).all()


def test_a_report_of_another_kind_is_refused_before_the_training(tmp_path, digits):
    with pytest.raises(OutputError, match=r"ends in \.pdf or \.png or \.html"):
        mnistviz.evaluate(digits, None, tmp_path / "r.docx")


def test_the_command_prints_a_table_and_writes_the_report(tmp_path, model_path):
    result = run("evaluate", "--model", model_path, "--out", tmp_path / "report.html")
    assert result.returncode == 0, result.stderr
    first, *_, last = result.stdout.splitlines()
    assert first.startswith("MNIST: 9,")
    assert "95 % interval" in first
    assert last == f"{tmp_path / 'report.html'}: the report"


def test_the_command_prints_json_for_machines(model_path, of_mnist):
    result = run("evaluate", "--model", model_path, "--json", "--quiet")
    assert json.loads(result.stdout) == of_mnist.as_json()
