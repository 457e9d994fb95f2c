"""README, CONTRIBUTING, workflows and metadata are true."""

import re
import subprocess
import sys
from importlib import metadata

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.anchors import anchors_plugin

import pages
from mnistviz.cli.app import cli
from pages import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
README = pages.README.read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SOURCE = ROOT / "src" / "mnistviz"


def test_the_workflows_fit_the_schema_of_workflows():
    assert len(WORKFLOWS) >= 3
    subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows",
         *WORKFLOWS],
        check=True,
    )  # fmt: skip


def test_the_help_of_every_command_is_in_docs_and_is_todays():
    script = ROOT / "scripts" / "help_in_docs.py"
    subprocess.run([sys.executable, script, "--check"], check=True)
    reference = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\$ mnistviz ?(.*) --help$", reference, re.MULTILINE)
    assert shown == ["", *cli.list_commands(None)]
    assert re.findall(r"^## ([a-z-]+)$", reference, re.MULTILINE) == shown[1:]


def test_contributing_has_a_line_for_each_module():
    listed, package = set(), ""
    for line in CONTRIBUTING.split("## Every module")[1].split("\n## ")[0].splitlines():
        if heading := re.match(r"### `(?:src/mnistviz)?(\w*)`", line):
            package = heading[1]
        elif row := re.match(r"\| `(\w+(?:/\w+)?)` \|", line):
            listed.add(f"{package}/{row[1]}".removeprefix("/"))
    there = {path.relative_to(SOURCE).with_suffix("").as_posix() for path in SOURCE.rglob("*.py")}
    assert listed == {name for name in there if not name.endswith("/__init__")}
    packages = "|".join(path.parent.name for path in SOURCE.glob("*/__init__.py"))
    named = re.findall(rf"`((?:{packages})/[\w/]+)`", CONTRIBUTING)
    assert there.issuperset(name for name in named if not (SOURCE / name).is_dir())


def test_the_reading_list_is_no_longer_than_it_says():
    section = CONTRIBUTING.split("reading list\n")[1].split("\n## ")[0]
    listed = [SOURCE / f"{name}.py" for name in re.findall(r"`(\w+(?:/\w+)+)`", section)]
    assert f"These {len(listed)} modules" in section
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in listed) <= 2_500


def test_the_moving_picture_is_a_small_gif_of_the_command_below_it():
    picture = ROOT / re.search(r"!\[[^]]+\]\((\S+\.gif)\)", README)[1]
    assert picture.read_bytes().startswith(b"GIF89a")
    assert picture.stat().st_size < 2**20
    (options,) = re.findall(r"render (--count .* --out docs/demo.gif)", README)
    assert options in (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_link_leads_to_a_file_or_a_heading_of_one(name):
    targets = [it.attrGet("href") or it.attrGet("src") for it in pages.inline(ROOT / name)]
    for target in targets:
        if not target or target.startswith("https:"):
            continue
        path, _, anchor = target.partition("#")
        file = ROOT / (path or name)
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


def anchors(page):
    """Return the names by which links may lead to the headings of a page."""
    parser = MarkdownIt("commonmark").use(anchors_plugin, max_level=6)
    return {token.attrGet("id") for token in parser.parse(page.read_text(encoding="utf-8"))}


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="asks git what is in the tree")
def test_the_only_large_files_of_the_tree_are_the_data_and_the_gallery():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    names = listed.stdout.decode().split("\0")[:-1]
    large = [name for name in names if (ROOT / name).stat().st_size > 1 << 20]
    expected = ["data/mnist/t10k-images-idx3-ubyte.gz", "data/mnist/train-images-idx3-ubyte.gz"]
    assert large == [*expected, "docs/gallery.png"]


def test_both_licences_are_in_the_metadata():
    package = metadata.metadata("mnistviz")
    assert package["License-Expression"] == "MIT AND CC-BY-SA-3.0"
    assert {"LICENSE", "data/mnist/LICENSE"} <= set(package.get_all("License-File"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_what_runs_on_github_is_pinned_and_has_a_time_out(path):
    text = path.read_text(encoding="utf-8")
    used = [name for name in re.findall(r"uses: (\S+)", text) if not name.startswith("./")]
    assert [name for name in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", name)] == []
    assert text.count("runs-on:") == text.count("timeout-minutes:") > 0


def test_every_promise_of_reliability_names_tests_that_are_there():
    page = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    named = [
        name for row in re.findall(r"\|([^|]*)\|\n", page) for name in re.findall(r"`(.+?)`", row)
    ]
    assert len(named) > 20
    assert [name for name in named if not (ROOT / "tests" / name).is_file()] == []


def test_the_lowest_versions_are_those_of_the_metadata():
    script = ROOT / "scripts" / "lowest.py"
    printed = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    needed = [line for line in metadata.requires("mnistviz") if "extra ==" not in line]
    assert {line.replace(">=", "==") for line in needed} <= set(printed.stdout.split())


def release(tag):
    script = ROOT / "scripts" / "release_tag.py"
    return subprocess.run([sys.executable, script, tag], capture_output=True, text=True)


def test_a_release_needs_the_tag_of_its_version():
    version = metadata.version("mnistviz")
    assert release(f"v{version}").returncode == 0
    for tag in (version, "v9.9.9", f"v{version}rc1", ""):
        refused = release(tag)
        assert refused.returncode == 1
        assert f"the tag is {tag}, but __version__ is {version}" in refused.stderr


def test_a_release_is_tested_before_it_is_published_and_only_publishing_may_sign():
    workflow = (ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
    before, publish = workflow.split("\n  publish:\n")
    assert publish.startswith("    needs: [test, build]\n")
    assert "id-token: write" in publish
    assert "write" not in re.sub(r"#.*", "", before)
    assert 'release_tag.py "$GITHUB_REF_NAME"' in before
