"""The content of an explorer's file, and refusals that leave an older one as it is."""

import base64
import json
import re
import zlib
from collections import Counter
from importlib.resources import files
from urllib.parse import urlsplit

import numpy as np
import pytest
from click.testing import CliRunner

import mnistviz
from commands import run
from explorers import DATA, facts_in, random_set, write_explorer
from idx_files import write_dataset
from mnistviz.cli.app import cli
from mnistviz.config import ALL, PageConfig, Selection
from mnistviz.datasets.dataset import Dataset, Split
from mnistviz.datasets.select import select
from mnistviz.errors import OptionError, OutputError
from mnistviz.explorer.page import bundle
from mnistviz.model.kind import softmax
from mnistviz.model.linear import LinearClassifier
from mnistviz.model.train import logits_of


def test_the_command_writes_a_page_and_prints_its_size(tmp_path):
    folder, out = write_dataset(tmp_path / "data"), tmp_path / "page.html"
    done = CliRunner().invoke(
        cli, ["explore", "-q", "--data", str(folder), "--class", "1,2", "--out", str(out)]
    )
    labels = facts_in(out)["labels"]
    test = mnistviz.load(folder).test.labels.tolist()
    assert sorted(labels) == sorted(label for label in test if label in (1, 2))
    assert done.output == f"{out}: {len(labels)} images, {out.stat().st_size / 1e6:.2f} MB\n"


def test_the_page_of_mnist_is_under_a_megabyte_by_default(digits, trained, tmp_path):
    done = mnistviz.explore(digits, trained, tmp_path / "page.html")
    facts = facts_in(done.path)
    predicted = logits_of(trained.model, digits.test.images).argmax(axis=1)
    wrong = set(np.flatnonzero(predicted != digits.test.labels).tolist())
    assert wrong <= set(facts["indices"])
    sample = facts["indices"][:500]
    assert len(wrong & set(sample)) < 60  # a fair sample, and then the other mistakes
    assert len(facts["indices"]) == done.images == 500 + len(wrong - set(sample))
    assert done.path.stat().st_size < 800_000
    assert len(json.dumps(facts["versions"])) < 250_000  # of the sliders


def test_a_page_of_all_images_has_every_one_in_its_place(digits, trained, tmp_path):
    page = PageConfig(sliders=False)  # which take at most 250,000 bytes more
    done = mnistviz.explore(digits, trained, tmp_path / "page.html", Selection(count=ALL), page)
    facts = facts_in(done.path)
    assert sorted(facts["indices"]) == list(range(10_000))
    assert done.images == 10_000
    assert done.path.stat().st_size < 2_750_000
    images = b"".join(zlib.decompress(base64.b64decode(part)) for part in facts["images"])
    assert images == digits.test.images[facts["indices"]].tobytes()
    sure = softmax(logits_of(trained.model, digits.test.images)).max(axis=1)[facts["indices"]]
    ranks = np.frombuffer(base64.b64decode(facts["ranks"]), "<u4")
    assert (np.diff(sure[np.argsort(ranks)]) <= 0).all()


@pytest.mark.parametrize("count", ["all", "7"])
def test_the_command_takes_a_number_of_images_or_all(tmp_path, count):
    folder, out = write_dataset(tmp_path / "data"), tmp_path / "page.html"
    images = len(mnistviz.load(folder).test) if count == "all" else 7
    done = run("explore", "-q", "--data", folder, "--count", count, "--out", out)
    assert f"{images:,} images" in done.stdout
    assert len(facts_in(out)["indices"]) == images


def test_a_count_that_is_none_is_refused(tmp_path):
    done = run("explore", "--count", "many", "--out", tmp_path / "page.html")
    assert "expected a number of images, or all (got 'many')" in done.stderr
    assert done.returncode == 2


def test_a_page_of_large_images_holds_as_many_as_keep_it_under_a_megabyte(tmp_path):
    labels = np.arange(200) % 26
    noise = np.random.default_rng(0).integers(0, 256, (200, 64, 64), np.uint8)
    split = Split(noise, labels)
    data = Dataset("large", tuple(map(str, range(26))), "image", split, split)
    model = LinearClassifier(np.ones((4096, 26)), np.zeros(26))
    done = mnistviz.explore(data, model, tmp_path / "page.html")
    assert 20 < done.images < 200
    assert 950_000 < done.path.stat().st_size < 1_000_000


def test_the_page_holds_the_images_that_a_film_would_show(digits, trained, tmp_path):
    selection = Selection(count=5, only="wrong", order="confidence", classes=("4", "9"))
    page = PageConfig(sliders=False)
    mnistviz.explore(digits, trained, tmp_path / "page.html", selection, page)
    logits = logits_of(trained.model, digits.test.images)
    answers = logits.argmax(axis=1), softmax(logits).max(axis=1)
    facts = facts_in(tmp_path / "page.html")
    assert facts["indices"] == select(digits, selection, *answers).tolist()
    assert facts["scope"] == "surest mistakes 4, 9"


def test_no_text_of_a_data_set_is_markup_and_the_same_set_gives_the_same_bytes(tmp_path):
    names = ("</script><script>alert(1)</script>", "<!--<script>", "\u2028&amp;")
    looks = PageConfig(title="<i>")
    first, page = (
        write_explorer(tmp_path, (4, 4), names, looks).read_text("utf-8") for _ in range(2)
    )
    assert first == page
    assert not re.search("[<>&\u2028]", DATA.search(page)[1])
    assert page.count("<script") == page.count("</script>") == 2
    addresses = re.findall(r"\bhttps?:\S+", DATA.sub("", page))
    # Names of what SVG is made of, which nobody loads.
    assert {urlsplit(address).netloc for address in addresses} == {"www.w3.org"}


@pytest.mark.parametrize(
    ("error", "name", "selection"),
    [
        (OutputError, "page.pdf", Selection()),
        (OptionError, "page.html", Selection(count=13)),
        (OptionError, "page.html", Selection(classes=("4",))),
    ],
)
def test_an_impossible_page_is_refused_and_an_older_one_stays(tmp_path, error, name, selection):
    data, _ = random_set((4, 4), ("a", "b", "c"))
    (tmp_path / name).write_text("old")
    with pytest.raises(error):
        mnistviz.explore(data, None, tmp_path / name, selection)
    assert (tmp_path / name).read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == [name]


ASSETS = files("mnistviz.explorer") / "assets"
SCRIPTS = {it.name: it.read_text("utf-8") for it in ASSETS.iterdir() if it.name.endswith(".js")}
DECLARED = re.compile(r"^(?:export )?(?:function|const|let) (\w+|\[.*?\])", re.MULTILINE)


def test_the_page_has_every_script_and_no_two_share_a_name():
    names = Counter(
        name
        for script in SCRIPTS.values()
        for declared in DECLARED.findall(script)
        for name in re.findall(r"\w+", declared)
    )
    assert [name for name, times in names.items() if times > 1] == []
    script = bundle()
    assert {name for name in names if not re.search(rf"\b{name}\b", script)} == set()
    assert not re.search("^(import|export)", script, re.MULTILINE)


def test_a_script_imports_what_another_exports():
    for script in SCRIPTS.values():
        for names, other in re.findall(r"^import {([^}]*)} from './(.*)';", script, re.MULTILINE):
            exported = " ".join(re.findall("^export (.*)", SCRIPTS[other], re.MULTILINE))
            missing = [it for it in re.findall(r"\w+", names) if it not in exported]
            assert missing == []
