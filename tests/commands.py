"""Runs the command line in a process of its own, and checks what it prints and leaves."""

import subprocess
import sys


def command(*arguments):
    return [sys.executable, "-m", "mnistviz", *map(str, arguments)]


def run(*arguments, **options):
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
