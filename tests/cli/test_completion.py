"""Real shells complete commands, options and their values."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commands import assert_refused, run

pexpect = pytest.importorskip("pexpect", reason="pexpect drives a terminal, which Windows has not")

# Without the user's settings, and without colours.
SHELLS = {
    "bash": ["--norc", "--noprofile"],
    "zsh": ["--no-rcs"],
    "fish": ["--no-config"],
}
LOADED = {
    "bash": "source <(mnistviz completion bash)",
    "zsh": "autoload -U compinit; compinit -D; source <(mnistviz completion zsh)",
    "fish": "mnistviz completion fish | source",
}
COMPLETED = {
    "mnistviz eval": "mnistviz evaluate ",
    "mnistviz render --seconds": "mnistviz render --seconds-per-image ",
    "mnistviz still --theme pri": "mnistviz still --theme print ",
    "mnistviz still --size vert": "mnistviz still --size vertical ",
    "mnistviz train --data fash": "mnistviz train --data fashion ",
    "mnistviz train --data ./dig": "mnistviz train --data ./digits/",
    "mnistviz render --out fil": "mnistviz render --out film.mp4 ",
}


@pytest.fixture(scope="module", params=SHELLS)
def shell(request, tmp_path_factory):
    """A shell that has read the completion script, in a folder with a data set and a film."""
    if not shutil.which(request.param):
        pytest.skip(f"there is no {request.param}")
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "digits").mkdir()
    (folder / "film.mp4").touch()
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {"PATH": path, "HOME": str(folder), "TERM": "dumb", "LC_ALL": "C.UTF-8"}
    started = pexpect.spawn(
        request.param, SHELLS[request.param], cwd=folder, env=environment, encoding="utf-8"
    )
    started.sendline(LOADED[request.param] + "; echo lo''aded")
    started.expect_exact("loaded", timeout=20)
    yield started
    started.close(force=True)


@pytest.mark.parametrize(("typed", "completed"), COMPLETED.items())
def test_a_shell_completes_what_is_typed(shell, typed, completed):
    shell.send(f"{typed}\t")
    shell.expect_exact(completed, timeout=20)
    shell.sendcontrol("u")  # takes the line back


def test_the_classes_of_a_named_set_are_offered_with_their_names():
    words = "mnistviz render --data fashion --class "
    environment = {"_MNISTVIZ_COMPLETE": "fish_complete", "COMP_WORDS": words, "COMP_CWORD": ""}
    lines = subprocess.check_output(
        [Path(sys.executable).parent / "mnistviz"], env=os.environ | environment, text=True
    ).splitlines()
    assert len(lines) == 10
    assert lines[9].split("\t") == ["plain,9", "Ankle boot"]


def test_an_unknown_shell_is_refused_with_the_known_ones():
    assert_refused(run("completion", "tcsh"), "'bash', 'zsh', 'fish'", status=2)
