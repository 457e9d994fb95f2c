"""Reports are in one language, which may be one that mnistviz has no words of, and fit in any."""

import base64
import re
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from matplotlib.backends.backend_pdf import RendererPdf

import mnistviz
from boxes import overlap
from commands import run
from elements import Elements
from explorers import random_set
from made_up import SAME, english_in, wording
from mnistviz.drawing.matplotlib_renderer import own_settings
from mnistviz.errors import OptionError
from mnistviz.language.catalogue import languages
from mnistviz.language.language import ENGLISH, language_of
from mnistviz.model.evaluation import Evaluation
from mnistviz.model.kind import KINDS
from mnistviz.report import write as report
from typefaces import installed

LONGER = 0.4  # than English: Finnish words in a table


@pytest.fixture(scope="module")
def words(tmp_path_factory):
    return wording(tmp_path_factory.mktemp("words"), LONGER)


def drawn_in(page):
    """Return the texts that matplotlib drew into the figures of a page."""
    sources = [source for source in page.values("src") if source.startswith("data:image/svg")]
    svgs = [base64.b64decode(source.partition(",")[2]).decode() for source in sources]
    return [text for svg in svgs for text in re.findall(r"<!-- (.*?) -->", svg)]


def said_in(path):
    """Return all that a reader of a page reads or is told: texts, descriptions, figures."""
    page = Elements(path.read_text(encoding="utf-8"))
    style = next(text for text in page.texts if ":root" in text)
    texts = [text for text in page.texts if text != style]
    return [*texts, *page.values("alt", "title", "aria-label"), *drawn_in(page)]


@pytest.mark.parametrize("kind", ["softmax", "svm"])
def test_no_english_is_left_in_a_report_in_a_made_up_language(tmp_path, words, kind):
    data, model = random_set((8, 8), 3)
    model = mnistviz.LinearClassifier(model.weights, model.bias, KINDS[kind])
    mnistviz.evaluate(data, model, tmp_path / "r.html", words)
    said = said_in(tmp_path / "r.html")
    assert len(said) > 60
    left = {word for text in said for word in english_in(text.replace("random", ""))}
    assert not left


def test_no_english_is_left_in_a_report_of_several_models(tmp_path, words):
    data, model = random_set((8, 8), 3)
    other = mnistviz.LinearClassifier(model.weights[:, ::-1].copy(), model.bias)
    out = tmp_path / "r.html"
    mnistviz.compare(data, [model, other], out, names=("1", "2"), wording=words)
    left = {word for text in said_in(out) for word in english_in(text.replace("random", ""))}
    assert left <= {"and"}  # of a list, as CLDR has it where it does not know the language


def evaluation_of(kind="softmax"):
    random = np.random.default_rng(0)
    labels = random.integers(0, 10, 5000)
    logits = random.normal(0, 1, (5000, 10)).astype(np.float32)
    logits[np.arange(5000), labels] += 4
    return Evaluation(logits, labels, tuple("0123456789"), "MNIST", "digit", KINDS[kind])


def boxes_of(figure):
    """Return the texts of a figure and where they are, in points from the bottom left corner."""
    figure.set_dpi(72)
    renderer = RendererPdf(None, 72, figure.get_figheight(), figure.get_figwidth())
    texts = [text for axes in figure.axes for text in axes.texts if text.get_text()]
    return [(it.get_text(), tuple(it.get_window_extent(renderer).extents)) for it in texts]


@pytest.mark.parametrize("kind", ["softmax", "svm"])
@pytest.mark.parametrize("longer", [None, 0, LONGER, 0.8])
def test_no_text_of_a_slide_meets_another_or_leaves_it_however_long_the_words_are(
    tmp_path, digits, trained, kind, longer
):
    language = ENGLISH if longer is None else language_of(wording(tmp_path, longer))
    evaluation = evaluation_of(kind)
    slides = report.slides_of(language, trained.model, digits.test, evaluation)
    with own_settings():
        figures = [*report.drawn(report.Report(language, evaluation, slides))]
    for figure in figures:
        found = boxes_of(figure)
        width, height = figure.bbox.size
        for place, (text, box) in enumerate(found):
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height
            assert inside, text
            for other, its in found[:place]:
                assert not overlap(box, its), (text, other)


def texts_of_slides(language, model, split):
    evaluation = evaluation_of()
    slides = report.slides_of(language, model, split, evaluation)
    with own_settings():
        figures = [*report.drawn(report.Report(language, evaluation, slides))]
    return [boxes_of(figure) for figure in figures]


@pytest.fixture(scope="module")
def english_slides(digits, trained):
    found = texts_of_slides(ENGLISH, trained.model, digits.test)
    return {text for texts in found for text, _ in texts}


@pytest.mark.parametrize("tag", languages())
def test_no_text_of_a_slide_meets_another_in_any_language_and_none_is_english(
    digits, trained, english_slides, tag
):
    plain = language_of(mnistviz.Wording(tag))
    language = replace(plain, fonts=installed(tag, right_to_left=plain.is_right_to_left))
    found = texts_of_slides(language, trained.model, digits.test)
    said = [english_slides, {text for texts in found for text, _ in texts}]
    for texts in found:
        for (_, box), (_, its) in combinations(texts, 2):
            assert not overlap(box, its)
    alike = (re.sub(r"{.*}", "", it).strip() for it in SAME.get(tag, ["softmax"]))
    terms = "|".join(map(re.escape, alike))
    left = {re.sub(terms, "", text) for text in said[0] & said[1]}
    assert not {text for text in left if re.search("[A-Za-z]{2}", text)} - {"MNIST"}


def test_a_page_names_its_language_and_is_mirrored_where_that_is_written_from_the_right(tmp_path):
    data, model = random_set((8, 8), 3)
    tags = {}
    for tag in ("en", "he", "de"):
        mnistviz.evaluate(data, model, tmp_path / "r.html", mnistviz.Wording(tag))
        content = (tmp_path / "r.html").read_text(encoding="utf-8")
        tags[tag] = Elements(content)["html"], "text-align: left; }\nth[scope=row]" in content
    assert tags["en"] == ({"lang": "en"}, False)
    assert tags["de"] == ({"lang": "de"}, False)
    assert tags["he"] == ({"lang": "he", "dir": "rtl"}, True)


def test_a_language_without_anything_to_read_is_refused(tmp_path):
    data, model = random_set((8, 8), 3)
    words = wording(tmp_path)
    with pytest.raises(OptionError, match="are for a report: name its file"):
        mnistviz.evaluate(data, model, wording=words)
    with pytest.raises(OptionError, match="are for a file: name one to write"):
        mnistviz.compare(data, [model, model], wording=words)


@pytest.mark.parametrize("command", ["evaluate", "compare"])
def test_the_language_of_the_environment_is_no_error_where_nothing_is_to_be_read(
    model_path, monkeypatch, command
):
    models = ("--model", model_path) if command == "evaluate" else (model_path, model_path)
    asked = run(command, *models, "--language", "de")
    assert asked.returncode == 2
    assert "language, words and font are for a" in asked.stderr
    plain = run(command, *models)
    monkeypatch.setenv("MNISTVIZ_LANGUAGE", "de")
    again = run(command, *models)
    assert (again.returncode, again.stdout) == (0, plain.stdout)
