"""The explorer's scripts have tests of their own, which node runs without a page."""

from pathlib import Path

from scripts_in_node import run_node

TESTS = sorted(str(path) for path in Path(__file__).parent.glob("node/*.test.js"))


def test_the_tests_of_the_scripts_pass():
    assert TESTS
    done = run_node("--test", *TESTS)
    assert done.returncode == 0, done.stdout + done.stderr
