"""Runs the command line, and checks what it prints and leaves."""

import io
import os
import subprocess
import sys
import warnings
from contextlib import chdir, redirect_stderr, redirect_stdout

import pytest

from mnistviz.cli import app


def command(*arguments):
    return [sys.executable, "-m", "mnistviz", *map(str, arguments)]


def run(*arguments, cwd="."):
    """Run a command in this process, which costs far less than a new one."""
    with (
        pytest.MonkeyPatch.context() as patch,
        warnings.catch_warnings(),
        chdir(cwd),
        redirect_stdout(io.StringIO()) as stdout,
        redirect_stderr(io.StringIO()) as stderr,
    ):
        warnings.simplefilter("default")
        patch.setattr(sys, "argv", ["mnistviz", *map(str, arguments)])
        for name in ("MPLBACKEND", "MATPLOTLIBRC"):
            patch.setenv(name, os.devnull)  # the command sets them
        status = app.run()
    return subprocess.CompletedProcess(arguments, status, stdout.getvalue(), stderr.getvalue())


def run_process(*arguments, **options):
    """Run a command in a process of its own: for what is about processes, or the environment."""
    return subprocess.run(
        command(*arguments), capture_output=True, encoding="utf-8", timeout=120, **options
    )


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def assert_refused(result, *words, status=1):
    """Check that a run failed before any training, and in a line or two that hold all the words."""
    assert result.returncode == status, result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert "Training" not in result.stderr, "found only after the training"
    if status == 1:
        assert result.stderr.startswith("Error: ")
        assert len(result.stderr.splitlines()) <= 2
    for word in words:
        assert str(word) in result.stderr
