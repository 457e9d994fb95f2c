"""Every number of the report is read back from what matplotlib was given to draw."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.collections import PathCollection
from matplotlib.patches import Rectangle

import mnistviz
from commands import run
from mnistviz.frame.scales import Scales
from mnistviz.language.language import ENGLISH
from mnistviz.report import html, mistakes, style, table
from mnistviz.report import write as report
from mnistviz.report.counts import draw_classes, draw_confusion, draw_headline
from mnistviz.report.reliability import draw_reliability
from mnistviz.report.style import ABOVE, Area, Board, paper


@pytest.fixture(scope="module")
def evaluation(digits, trained):
    return mnistviz.evaluate(digits, trained)


def drawn(draw, *arguments, width=6.0):
    board = Board(paper(report.WIDTH, report.HEIGHT), Area(1, 1, width, 6))
    draw(board, *arguments)
    return board


def column(board, x):
    """Return the texts at one x, from top to bottom."""
    found = [it for it in board.axes.texts if abs(it.get_position()[0] - x) < 1e-6]
    return [it.get_text() for it in sorted(found, key=lambda it: it.get_position()[1])]


def test_precision_and_recall_of_each_class_are_in_their_columns_and_at_their_marks(evaluation):
    board = drawn(draw_classes, evaluation)
    for end, title, values in (
        (0.66, "○ precision", evaluation.precision),
        (0.0, "◆ recall", evaluation.recall),
    ):
        first, *shares = column(board, board.width - end)
        assert (first, shares) == (title, [f"{100 * value:.1f}" for value in values])
    assert not np.allclose(evaluation.precision, evaluation.recall, atol=1e-3)
    (axes,) = [it for it in board.figure.axes if it.collections]
    marks = [it for it in axes.collections if isinstance(it, PathCollection)]
    faces = [tuple(it.get_facecolor()[0][:3].round(3)) for it in marks]
    for mark, values in zip(marks, (evaluation.precision, evaluation.recall), strict=True):
        np.testing.assert_allclose(mark.get_offsets()[:, 0], values)
        np.testing.assert_allclose(mark.get_offsets()[:, 1], range(10))
    assert faces == [tuple(np.round(ink, 3)) for ink in (style.PAPER, style.INK)]  # ○ and ◆
    low, high = axes.get_xlim()
    assert {f"{100 * low:.0f} %", f"{100 * high:.0f} %"} <= {
        it.get_text() for it in board.axes.texts
    }


def test_the_confusion_counts_what_is_taken_for_what(evaluation):
    board = drawn(draw_confusion, evaluation)
    expected = sorted(f"{count:,}" for count in evaluation.confusion.ravel() if count)
    texts = [it.get_text() for it in board.axes.texts]
    numbers = [text for text in texts if text.replace(",", "").isdigit()]
    names = 2 * [str(number) for number in range(10)]
    for name in names:
        numbers.remove(name)
    assert sorted(numbers) == expected
    count = f"{evaluation.confusion[4, 9]:,}"  # true 4, taken for 9: in the row of 4, column of 9
    places = {it.get_text(): it.get_position() for it in board.axes.texts if it.get_text() == count}
    assert count in places


def test_names_above_columns_are_turned_only_where_they_are_too_wide(evaluation):
    for names, turned in (
        (evaluation.classes, 0),
        (tuple(f"ankle boot {n}" for n in range(10)), 90),
    ):
        board = drawn(draw_confusion, replace(evaluation, classes=names))
        above = [it for it in board.axes.texts if it.get_position()[1] < ABOVE + 0.6]
        turns = {it.get_rotation() for it in above if it.get_text()[:5] in {n[:5] for n in names}}
        assert turns == {turned}


def test_the_headline_says_how_good_the_model_is(evaluation):
    texts = [it.get_text() for it in drawn(draw_headline, evaluation, width=12).axes.texts]
    assert texts == [
        ENGLISH.percent(evaluation.accuracy),
        "MNIST",
        f"{table.right(ENGLISH, evaluation)}  ·  {table.interval_of(ENGLISH, evaluation)}",
        "softmax regression",
        f"{evaluation.cross_entropy:.3f} nats",
        "cross-entropy",
        ENGLISH.percent(evaluation.reliability.error),
        "calibration error",
    ]


def test_the_reliability_diagram_has_the_accuracy_and_the_size_of_each_bin(evaluation):
    board = drawn(draw_reliability, evaluation)
    accuracies, sizes = (
        [it for it in axes.patches if isinstance(it, Rectangle)] for axes in board.figure.axes[1:3]
    )
    bins = evaluation.reliability
    assert len(accuracies) == len(sizes) == len(bins.images) == 15
    np.testing.assert_allclose([it.get_height() for it in accuracies], bins.accuracy)
    np.testing.assert_allclose([it.get_height() for it in sizes], bins.images)
    for number, (upper, lower) in enumerate(zip(accuracies, sizes, strict=True)):
        np.testing.assert_allclose((upper.get_x(), lower.get_x()), number / 15, atol=1e-9)
        assert 0.8 / 15 < upper.get_width() == lower.get_width() < 1 / 15  # a gap is between bars


def test_the_greys_of_weights_run_from_against_to_for_beside_the_heading():
    board = drawn(lambda board: (board.heading("A title", "and more"), board.legend()))
    texts = {it.get_text(): it for it in board.axes.texts}
    sizes = {text: it.get_fontsize() for text, it in texts.items()}
    assert sizes == {"A title": 13, "and more": 10, "for": 9, "against": 9}
    (ramp,) = board.axes.images
    left, right, foot, top = ramp.get_extent()
    assert texts["against"].get_position()[0] < left < right < board.width
    assert top < texts["for"].get_position()[1] < foot + 0.05  # the texts stand on its foot
    greys = ramp.get_array()[0].astype(int)
    assert (greys[0], greys[-1]) == (0, 255)
    assert (np.diff(greys) > 0).all()


def test_the_bars_of_mistakes_have_the_length_and_side_of_their_scores(digits, trained, evaluation):
    board = Board(paper(report.WIDTH, report.HEIGHT), report.ROOM)
    panel = mistakes.Mistakes(board, trained.model, digits.test, evaluation)
    panel.draw()
    scales = Scales.of(trained.model.weights, evaluation.logits)
    unit = max(panel.cell[0], mistakes.LEAST) / (scales.high - scales.low)
    bars = [it for it in board.axes.patches if isinstance(it, Rectangle) and it.get_fill()]
    expected = []
    for index in evaluation.mistakes[: mistakes.LARGE]:
        for label, ink in (
            (evaluation.predicted[index], style.WRONG),
            (evaluation.labels[index], style.RIGHT),
        ):
            score = float(evaluation.logits[index, label])
            expected.append((min(scales.high, max(scales.low, score)) * unit, ink))
    found = [(it.get_width(), it.get_facecolor()[:3]) for it in bars]
    np.testing.assert_allclose([width for width, _ in found], [width for width, _ in expected])
    np.testing.assert_allclose([ink for _, ink in found], [ink for _, ink in expected])


def test_the_images_of_further_mistakes_span_the_report_evenly(digits, trained, evaluation):
    board = Board(paper(report.WIDTH, report.HEIGHT), report.ROOM)
    mistakes.Mistakes(board, trained.model, digits.test, evaluation).draw()
    further = [it.get_extent() for it in board.axes.images[-mistakes.SMALL :]]
    lefts = [left for left, *_ in further]
    assert len({top for *_, top in further}) == 1
    np.testing.assert_allclose(np.diff(lefts), (lefts[-1] - lefts[0]) / (mistakes.SMALL - 1))
    assert lefts[0] == 0
    assert 0 <= board.width - further[-1][1] < 0.4  # of which a name may need some


def test_a_mistake_says_what_it_is_and_what_it_is_taken_for(digits, trained, evaluation):
    board = Board(paper(report.WIDTH, report.HEIGHT), report.ROOM)
    mistakes.Mistakes(board, trained.model, digits.test, evaluation).draw()
    texts = [it.get_text() for it in board.axes.texts]
    first = evaluation.mistakes[0]
    place = texts.index(f"digit {first}")
    following = texts[place : place + 12]
    assert f"✗ {evaluation.predicted[first]}" in following
    assert f"✓ {evaluation.labels[first]}" in following
    assert f"{ENGLISH.probability(evaluation.confidence[first])} sure" in following
    assert following.index(f"✗ {evaluation.predicted[first]}") < following.index(
        f"✓ {evaluation.labels[first]}"
    )


def test_the_page_lets_nothing_load_or_run(evaluation):
    page = html.page(ENGLISH, [], evaluation)
    assert "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\"" in page


def test_the_table_has_every_class_and_the_five_most_confident_mistakes(model_path, evaluation):
    lines = run("evaluate", "--model", model_path, "--quiet").stdout.splitlines()
    listed = [line for line in lines if line.startswith("  digit ")]
    assert listed == [
        f"  digit {index}: true {evaluation.labels[index]}, "
        f"predicted {evaluation.predicted[index]}, "
        f"{ENGLISH.probability(evaluation.confidence[index])} sure"
        for index in evaluation.mistakes[:5]
    ]
    for number, name in enumerate(evaluation.classes):
        (row,) = [line for line in lines if line.startswith(f"{name}    ")]
        assert row.split() == [
            name,
            f"{(evaluation.labels == number).sum():,}",
            *ENGLISH.percent(evaluation.precision[number]).split(),
            *ENGLISH.percent(evaluation.recall[number]).split(),
        ]


def test_the_table_in_the_terminal_has_every_number_under_its_heading(evaluation):
    shares = ENGLISH.percent
    first, second, _, head, *rows = table.lines(evaluation)
    low, high = (f"{100 * share:.1f}" for share in evaluation.interval)
    assert first == (
        f"MNIST: {evaluation.right:,} of 10,000 test digits right, {shares(evaluation.accuracy)} "
        f"(95 % interval {low} to {high} %)"
    )
    assert second == (
        f"softmax regression: cross-entropy {evaluation.cross_entropy:.3f} nats, "
        f"expected calibration error {shares(evaluation.reliability.error)}"
    )
    assert head.split() == ["class", "images", "precision", "recall"]
    for number, row in enumerate(rows[:10]):
        name, count, *numbers = row.replace(" %", "%").split()
        assert (name, count) == (str(number), f"{(evaluation.labels == number).sum():,}")
        expected = evaluation.precision[number], evaluation.recall[number]
        assert numbers == [f"{100 * share:.1f}%" for share in expected]
        assert len(row) == len(head)
    blank, title, *mistakes_of = rows[10:]
    assert (blank, len(mistakes_of)) == ("", table.MISTAKES)
    assert title == f"most confident of {10_000 - evaluation.right} mistakes:"
    for line, index in zip(mistakes_of, evaluation.mistakes, strict=False):
        true, wrong = evaluation.labels[index], evaluation.predicted[index]
        share = ENGLISH.probability(float(evaluation.confidence[index]))
        assert line == f"  digit {index}: true {true}, predicted {wrong}, {share} sure"
