"""The commands and code in README and docs do what these say."""

import re
import shlex
import subprocess
import sys

import pytest
from click.testing import CliRunner

import prepared
import servers
from mnistviz.cli.app import cli
from pages import PAGES, README, ROOT, blocks, commands, inline_code, name_of

pytestmark = pytest.mark.slow

# What is not run here, by its beginning, and why.
NOT_RUN = {
    "python3 -m venv .venv && ": "needs the package index; .ci/run runs both lines of README",
    "py -m venv": "is for Windows, and needs the package index",
    "python3 -m venv .venv": "makes an environment for the next lines of the tutorial",
    ". .venv/bin/activate": "as the line before it",
    "pipx install .": "needs the package index",
    "uv tool install .": "needs the package index",
    "pip install .": "needs the package index; .ci/run installs the package so",
    "pip install 'mnistviz[dask]'": "needs the package index",
    "pip install 'mnistviz[parquet]'": "needs the package index",
    "mnistviz render --count 10000 --scheduler": "needs a cluster: tests/formats/test_segments.py",
    "mnistviz completion zsh": "is for zsh: tests/cli/test_completion.py",
    "mnistviz completion fish | source": "is for fish: tests/cli/test_completion.py",
    "mnistviz render --out - |": "needs ffplay or x264",
    "source <(": "is for bash and zsh: tests/cli/test_completion.py",
    "python scripts/bench": "measures for minutes",
    ".venv/bin/python scripts/same_output.py": "installs the package twice",
    "from safetensors.torch import": "needs PyTorch, larger than all else together",
}
OPTIONS_OF_OTHERS = {"--help", "--rounds", "--test"}  # of a script that measures, and of node
# What a reader would have before a program of a page begins.
BEFORE = {
    "docs/own-weights.md": "import numpy\n"
    "class layer: get_weights = lambda: (numpy.zeros((784, 10)), numpy.zeros(10))\n"
}


def is_run(text):
    return not any(text.startswith(beginning) for beginning in NOT_RUN)


@pytest.fixture(scope="module")
def reader(digits, model_path, tmp_path_factory):
    """Give what runs a command as a reader of the pages would, each once."""
    folder = tmp_path_factory.mktemp("reader")
    files = tmp_path_factory.mktemp("files")
    prepared.prepare(folder, digits, model_path)
    done = set()
    with servers.Mirror(prepared.few_digits(files, digits), servers.serves) as mirror:
        variables = prepared.environment(folder, mirror.url, files)

        def run(*command):
            if command not in done:
                result = subprocess.run(command, cwd=folder, env=variables, capture_output=True)
                assert result.returncode == 0, f"{command[-1]}\n{result.stderr.decode()[-2000:]}"
            done.add(command)
            return folder

        with prepared.installed(folder, variables):
            yield run


@pytest.mark.skipif(sys.platform != "linux", reason="needs bash")
@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_runs_and_all_python_as_one_program_of(page, reader):
    folder = reader("true")
    for command in filter(is_run, commands(page)):
        reader("bash", "-o", "pipefail", "-c", command)
    programs = [it.text for it in blocks(page) if it.language == "python" and is_run(it.text)]
    if programs:
        before = "import smaller\n" + BEFORE.get(name_of(page), "")
        reader(sys.executable, "-c", before + "\n".join(programs))
    for block in blocks(page):
        if block.language == "toml":
            (folder / "shown.toml").write_text(block.text, encoding="utf-8")
            reader("bash", "-c", "mnistviz render --config shown.toml --print-config")
        if block.language == "html":
            named = re.findall(r'(?:src|poster|href)="([^"#]+)', block.text)
            assert [name for name in named if not (folder / name).exists()] == [], block


def test_no_block_of_code_hides_a_command():
    for page in PAGES:
        for block in blocks(page):
            lines = re.findall(r"^.*\bmnistviz [a-z].*$", block.text, re.MULTILINE)
            hidden = {line.strip() for line in lines if "'" not in line} - set(block.commands)
            assert not hidden or block.helps or block.language == "python", f"{block}: {hidden}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_and_option_in_a_sentence_is_one_of_the_program_in(page):
    known = {
        name
        for it in cli.commands.values()
        for option in it.params
        for name in (*option.opts, *option.secondary_opts)
    }
    for code in inline_code(page):
        if code.startswith("mnistviz "):
            result = CliRunner().invoke(cli, [*shlex.split(code)[1:], "--help"])
            assert result.exit_code == 0, f"{code}: {result.output}"
        options = set(re.findall(r"(?<![\w-])--[a-z][a-z0-9-]*", code)) - OPTIONS_OF_OTHERS
        assert options <= known, f"{code}: {options - known}"


def test_nothing_is_exempt_that_no_page_shows():
    shown = [text for page in PAGES for text in commands(page) + [b.text for b in blocks(page)]]
    for beginning in NOT_RUN:
        assert any(text.startswith(beginning) for text in shown), beginning


def test_the_gate_runs_the_lines_of_readme_that_need_the_package_index():
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "grep '^    python3 -m venv .venv && ' README.md" in gate
    assert sum(it.startswith("python3 -m venv .venv && ") for it in commands(README)) == 2
