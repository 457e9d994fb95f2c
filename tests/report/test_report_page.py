"""The HTML report in a browser: it links to an explorer, is dark or light, and fits a phone."""

import numpy as np
import pytest
from axe_core_python.sync_playwright import Axe

import mnistviz
from commands import run
from elements import Elements
from explorers import DESK, PHONE, random_set, text, until
from frames import pixels_of
from mnistviz.drawing.theme import THEMES
from mnistviz.errors import OptionError
from mnistviz.formats.views import checked_page
from mnistviz.language.language import ENGLISH
from mnistviz.model.evaluation import Evaluation
from mnistviz.report import table


@pytest.fixture(scope="module")
def thread(digits, trained, tmp_path_factory):
    """A folder of an explorer, and in a folder of its own a report that links to it."""
    folder = tmp_path_factory.mktemp("thread")
    (folder / "in it").mkdir()
    explorer, report = folder / "my explorer.html", folder / "in it" / "report.html"
    mnistviz.explore(digits, trained, explorer)
    evaluation = mnistviz.evaluate(digits, trained, report, explorer=explorer)
    return evaluation, report


def links(page):
    return page.locator("a").evaluate_all("all => all.map((it) => it.getAttribute('href'))")


def test_classes_counts_and_mistakes_link_to_their_views_in_the_explorer(visit, thread):
    evaluation, report = thread
    page = visit(report)
    ends = {link.partition("#") for link in links(page)}
    assert {page for page, _, _ in ends} == {"../my%20explorer.html"}
    views = {end for _, _, end in ends}
    counts = np.argwhere(evaluation.confusion)
    assert views == {
        *(f"of={label}" for label in range(10)),
        *(f"of={true}&as={predicted}" for true, predicted in counts),
        *(
            f"image={index}&class={evaluation.predicted[index]}&against={evaluation.labels[index]}"
            for index in evaluation.mistakes
        ),
    }


def test_a_mistake_of_the_report_opens_in_the_explorer(visit, thread):
    evaluation, report = thread
    page, index = visit(report), evaluation.mistakes[0]
    page.locator("figure a:not(.places a)").first.click()
    page.wait_for_selector("html[data-ready]", state="attached")
    assert text(page, "#position") == f"image {index:,} of 10,000"
    true, predicted = evaluation.labels[index], evaluation.predicted[index]
    assert text(page, "#closer-title") == f"Why {predicted}, not {true}?"


def test_a_count_of_the_confusion_matrix_opens_those_images_in_the_explorer(visit, thread):
    evaluation, report = thread
    page = visit(report)
    box = page.locator(".places").bounding_box()
    cell = page.locator(".places a[href$='#of=4&as=9']")
    row, column = (page.locator(f".places a[href$='#of={it}&as={it}']") for it in (4, 9))
    assert cell.bounding_box()["y"] == pytest.approx(row.bounding_box()["y"], abs=0.5)
    assert cell.bounding_box()["x"] == pytest.approx(column.bounding_box()["x"], abs=0.5)
    assert cell.bounding_box()["x"] > box["x"] + box["width"] / 2
    cell.click()
    page.wait_for_selector("html[data-ready]", state="attached")
    count = evaluation.confusion[4, 9]
    assert text(page, "#place") == f"1 of {count} digits of class 4 predicted as 9"


def test_a_report_without_an_explorer_has_no_links_and_a_link_to_the_web_stays_as_it_is(tmp_path):
    data, model = random_set((8, 8), 3)
    out, address = tmp_path / "r.html", "https://example.org/a%20b/?x=<b>&y"
    mnistviz.evaluate(data, model, out)
    assert not Elements(out.read_text("utf-8")).values("href")
    mnistviz.evaluate(data, model, out, explorer=address)
    expected = "https://example.org/a%20b/?x=%3Cb%3E&y#"
    assert {it.partition("#")[0] + "#" for it in Elements(out.read_text("utf-8")).values("href")} \
        == {expected}  # fmt: skip


@pytest.mark.parametrize("explorer", ["nowhere.html", "javascript:alert(1)", "ftp://example.org/a",
                                      "javascript://example.org/%0aalert(1)", "https://", "https://a/b#c",
                                      "https://a/\u202eb", "http:///x"])  # fmt: skip
def test_an_explorer_that_cannot_be_linked_to_is_refused(tmp_path, explorer):
    with pytest.raises(OptionError, match="explorer"):
        checked_page(explorer, tmp_path / "r.html")


def test_only_a_report_that_is_a_page_of_one_model_takes_an_explorer(tmp_path, model_path):
    for suffix, models in ((".pdf", 1), (".html", 2)):
        given = ["--model", model_path] * models
        done = run("evaluate", *given, "--out", tmp_path / f"r{suffix}",
                   "--explorer", "https://example.org/")  # fmt: skip
        assert done.returncode == 2
        assert "explorer" in done.stderr
        assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("viewport", [DESK, PHONE])
@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_the_report_is_dark_or_light_as_the_reader_asks_and_fits_the_screen(
    visit, thread, tmp_path, viewport, scheme
):
    page = visit(thread[1], viewport=viewport, color_scheme=scheme)
    background = THEMES[scheme].background
    page.screenshot(path=tmp_path / "page.png", full_page=True)
    picture = pixels_of(tmp_path / "page.png").reshape(-1, 3)
    for other in ("dark", "light"):
        share = (picture == THEMES[other].background).all(axis=1).mean()
        assert (share > 0.35) == (other == scheme), (other, share)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == \
        "rgb({}, {}, {})".format(*background)  # fmt: skip
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    wide = page.locator("figure").evaluate_all(
        "all => all.filter((it) => it.scrollWidth > it.clientWidth).length"
    )
    assert wide == 0  # nothing is cropped


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_axe_finds_no_violation_in_a_report(visit, tmp_path, scheme):
    data, model = random_set((8, 8), 3)
    mnistviz.evaluate(data, model, tmp_path / "r.html", explorer="https://example.org/e.html")
    page = visit(tmp_path / "r.html", color_scheme=scheme)
    page.locator("summary").click()
    found = Axe().run(page)["violations"]
    assert not [(rule["id"], node["html"][-200:]) for rule in found for node in rule["nodes"]]


def test_the_heading_above_the_pictures_of_a_comparison_has_a_line_of_its_own(visit, tmp_path):
    data, model = random_set((8, 8), 3)
    mnistviz.compare(data, [model, model], tmp_path / "r.html", names=("a", "b"))
    page = visit(tmp_path / "r.html")
    heading = page.locator("h2", has_text="disagree").bounding_box()
    others = [it.bounding_box() for it in page.locator("h2 ~ *").all()]
    assert heading["y"] + heading["height"] <= min(box["y"] for box in others)


def test_it_prints_in_light_colours(visit, thread):
    page = visit(thread[1], color_scheme="dark")
    page.emulate_media(media="print", color_scheme="light")
    until(page, "getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)'")


@pytest.mark.parametrize(
    ("right", "said"),
    [(10_000, "100.0 %"), (9_999, ">99.9 %"), (9_994, "99.9 %"), (0, "0.0 %"), (1, "<0.1 %")],
)
def test_only_what_is_wholly_right_is_100_percent_right(right, said):
    labels = np.zeros(10_000, np.int64)
    logits = np.zeros((10_000, 2), np.float32)
    logits[:right, 0], logits[right:, 1] = 1, 1
    evaluation = Evaluation(logits, labels, ("a", "b"), "a set")
    assert f", {said} (95 % interval" in table.lines(evaluation)[0]
    (row, _) = table.class_rows(ENGLISH, evaluation)
    assert row[3] == said


def test_hundredths_are_shares_without_their_sign():
    shares = [0, 1e-5, 0.0004, 0.5, 0.99949, 0.9996, 1]
    assert [ENGLISH.hundredths(share) for share in shares] == [
        "0.0", "<0.1", "<0.1", "50.0", "99.9", ">99.9", "100.0"]  # fmt: skip
    assert all(f"{ENGLISH.hundredths(it)} %" == ENGLISH.share(it) for it in shares)
