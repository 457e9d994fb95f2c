"""Changes the source in one place at a time, at random, and sees whether a test notices.

    python scripts/mutants.py --count 150 --seed 1

Each change is made in a copy of the tree, where the files of tests that run the changed statement
are run until a test fails, those first that run most of that part of the source in a second. What
survives is printed as a diff: either no test promises what it changes, or it means nothing. Which
file of tests runs which lines is measured first, with coverage.py, in the time of two or three
runs of the suite; `--map` keeps that in a file, for the next time.
"""

import argparse
import ast
import difflib
import itertools
import json
import os
import queue
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from coverage import CoverageData

ROOT = Path(__file__).parents[1]
SOURCE = Path("src/mnistviz")
SWAPS: dict[type, type] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
SETTINGS = """[run]
source_pkgs = mnistviz
parallel = true
patch = subprocess, fork, _exit
"""
PYTEST = ["-m", "pytest", "-q", "-p", "no:cacheprovider"]
LONGEST = 120  # seconds of a test: a change may keep it from ending


class Mutant(NamedTuple):
    """A change: the file, its text before and after, and the lines of the changed statement."""

    path: Path
    before: str
    after: str
    lines: range


class Tests(NamedTuple):
    """A file of tests, the seconds that it takes, and what it runs of each file of the source."""

    file: str
    seconds: float
    run: dict[str, list[int]]


def changes(tree: ast.Module) -> Iterator[tuple[ast.AST, str, object]]:
    """Yield all single changes: a node, one of its fields, and what that could be."""
    texts = {id(it.value) for it in ast.walk(tree) if isinstance(it, ast.Expr)}  # docstrings
    for node in _without_types(tree):
        match node:
            case ast.Compare(ops=[first, *rest]) if type(first) in SWAPS:
                yield node, "ops", [SWAPS[type(first)](), *rest]
            case ast.BinOp(op=op) | ast.BoolOp(op=op) if type(op) in SWAPS:
                yield node, "op", SWAPS[type(op)]()
            case ast.IfExp(test=test) | ast.If(test=test):
                yield node, "test", ast.UnaryOp(ast.Not(), test)
            case ast.Constant(value=bool(value)):
                yield node, "value", not value
            case ast.Constant(value=int(value) | float(value)):
                yield node, "value", value + 1
                yield node, "value", -value if value else 2
            case ast.Constant(value=str(value)) if value and id(node) not in texts:
                yield node, "value", value[::-1] if len(value) > 1 else value + value
            case ast.Return(value=ast.expr()):
                yield node, "value", ast.Constant(None)
            case ast.Call(args=[first, second, *rest]):
                yield node, "args", [second, first, *rest]
            case ast.Tuple(elts=[first, second], ctx=ast.Load()):
                yield node, "elts", [second, first]


def _without_types(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield all nodes but those of annotations, which change nothing that runs."""
    yield tree
    for name, value in ast.iter_fields(tree):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and name not in ("annotation", "returns"):
                yield from _without_types(child)


def mutants(dice: random.Random) -> Iterator[Mutant]:
    """Yield random changes without end."""
    files = sorted(path for path in (ROOT / SOURCE).rglob("*.py") if path.name != "__init__.py")
    while True:
        path = dice.choices(files, [it.stat().st_size for it in files])[0]
        tree = ast.parse(path.read_text(encoding="utf-8"))
        before = ast.unparse(tree)
        if found := list(changes(tree)):
            node, field, after = dice.choice(found)
            lines = lines_of(node, tree)
            setattr(node, field, after)
            changed = ast.unparse(ast.fix_missing_locations(tree))
            if changed != before:
                yield Mutant(path.relative_to(ROOT), before, changed, lines)


def lines_of(node: ast.AST, tree: ast.Module) -> range:
    """Return the lines of the innermost statement around a node, without those of its body."""
    around = [it for it in ast.walk(tree) if isinstance(it, ast.stmt) and node in ast.walk(it)]
    first, last = max((it.lineno, -it.end_lineno) for it in around)
    inner = next(it for it in around if (it.lineno, -it.end_lineno) == (first, last))
    body = getattr(inner, "body", None)
    return range(first, max(first, body[0].lineno - 1 if body else -last) + 1)


def measure() -> list[Tests]:
    """Run all files of tests, and find what each of them runs."""
    files = sorted(str(it.relative_to(ROOT)) for it in (ROOT / "tests").rglob("test_*.py"))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(measured, files))


def measured(file: str) -> Tests:
    """Run a file of tests, with all processes that it starts, and find what it runs."""
    with tempfile.TemporaryDirectory() as place:
        settings, lines = Path(place, "settings"), Path(place, "lines")
        settings.write_text(SETTINGS, encoding="utf-8")
        options = [f"--rcfile={settings}", f"--data-file={lines}"]
        coverage = [sys.executable, "-m", "coverage"]
        start = time.perf_counter()
        for command in (["run", *options, *PYTEST, file], ["combine", "--quiet", *options, place]):
            done = subprocess.run([*coverage, *command], cwd=ROOT, capture_output=True, check=False)
            if done.returncode:
                print(f"{file}: {(done.stdout + done.stderr).decode()[-2000:]}")
        seconds = time.perf_counter() - start
        print(f"{file}: {seconds:.0f} s", flush=True)
        data = CoverageData(str(lines))
        data.read()
        own = [it for it in data.measured_files() if Path(it).is_relative_to(ROOT)]
        run = {Path(it).relative_to(ROOT).as_posix(): sorted(data.lines(it) or ()) for it in own}
    return Tests(file, seconds, run)


def chosen(mutant: Mutant, tests: list[Tests]) -> list[str]:
    """Return the files of tests that run what is changed; those first that soon run much of it."""
    own = mutant.path.as_posix()
    runs = [it for it in tests if it.run.get(own)]
    imported = set.intersection(*(set(it.run[own]) for it in runs)) if runs else set()
    users = [it for it in runs if set(it.run[own]) > imported]  # the others import it at most
    found = [it for it in users or runs if not set(mutant.lines).isdisjoint(it.run[own])]
    found.sort(key=lambda it: it.seconds / len(it.run[own]))
    return [it.file for it in found]


def copied(place: str) -> Path:
    """Return a copy of the tree, as the tests expect it."""
    copy = Path(tempfile.mkdtemp(dir=place), "copy")
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".venv", "build", ".git"))
    subprocess.run(["git", "init", "--quiet"], cwd=copy, check=True)  # the tests ask it
    subprocess.run(["git", "add", "--all"], cwd=copy, check=True)
    return copy


def is_caught(mutant: Mutant, tests: list[Tests], copy: Path) -> bool:
    """Whether a test fails with a change, or does not end."""
    if not (files := chosen(mutant, tests)):
        return False
    (copy / mutant.path).write_text(mutant.after, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, *PYTEST, "-x", f"--timeout={LONGEST}", *files],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy / "src")},
        capture_output=True,
        check=False,
    )
    shutil.copy(ROOT / mutant.path, copy / mutant.path)
    return done.returncode != 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--map", type=Path, help="read it, or write it if it is not there")
    asked = parser.parse_args()
    if asked.map and asked.map.exists():
        tests = [Tests(*it) for it in json.loads(asked.map.read_text(encoding="utf-8"))]
    else:
        tests = measure()
        if asked.map:
            asked.map.write_text(json.dumps(tests), encoding="utf-8")
    survived = 0
    with tempfile.TemporaryDirectory() as place, ThreadPoolExecutor(os.cpu_count()) as pool:
        copies: queue.Queue[Path] = queue.Queue()
        for _ in range(os.cpu_count() or 1):
            copies.put(copied(place))

        def tried(mutant: Mutant) -> tuple[Mutant, bool]:
            copy = copies.get()
            try:
                return mutant, is_caught(mutant, tests, copy)
            finally:
                copies.put(copy)

        some = list(itertools.islice(mutants(random.Random(asked.seed)), asked.count))
        for number, (mutant, found) in enumerate(pool.map(tried, some), 1):
            survived += not found
            print(f"{number}: {mutant.path} {'caught' if found else 'SURVIVED'}", flush=True)
            if not found:
                texts = mutant.before.splitlines(), mutant.after.splitlines()
                lines = list(difflib.unified_diff(*texts, n=1, lineterm=""))
                print("\n".join(f"    {line}" for line in lines[2:]), flush=True)
    print(f"{asked.count - survived} of {asked.count} caught")
    return 0


if __name__ == "__main__":
    sys.exit(main())
