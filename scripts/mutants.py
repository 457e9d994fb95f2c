"""Changes the source in one place at a time, at random, and sees whether a test notices.

    python scripts/mutants.py --count 150 --seed 1

Each change is made in a copy of the tree, whose tests are run until one fails: first those of the
package that was changed, then all others. What survives is printed as a diff: either no test
promises what it changes, or it means nothing. `--quick` runs the first tests alone.
"""

import argparse
import ast
import difflib
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

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
FIRST = {  # tests that are run first for a package, besides those of its own folder
    "drawing": ["frame"],
    "datasets": ["cli"],
    "output": ["test_output.py", "test_read_and_written.py"],
    "input": ["test_input.py"],
    "arguments": ["test_arguments.py"],
    "config": ["test_arguments.py", "film"],
    "errors": ["cli"],
}
ALWAYS = ["test_api.py"]


def changes(tree: ast.Module) -> Iterator[tuple[ast.AST, str, object, object]]:
    """Yield all single changes: a node, one of its fields, what is there and what could be."""
    texts = {id(it.value) for it in ast.walk(tree) if isinstance(it, ast.Expr)}  # docstrings
    for node in _without_types(tree):
        match node:
            case ast.Compare(ops=[first, *_]) if type(first) in SWAPS:
                yield node, "ops", node.ops, [SWAPS[type(first)](), *node.ops[1:]]
            case ast.BinOp(op=op) | ast.BoolOp(op=op) if type(op) in SWAPS:
                yield node, "op", op, SWAPS[type(op)]()
            case ast.IfExp(test=test) | ast.If(test=test):
                yield node, "test", test, ast.UnaryOp(ast.Not(), test)
            case ast.Constant(value=bool(value)):
                yield node, "value", value, not value
            case ast.Constant(value=int(value) | float(value)):
                yield node, "value", value, value + 1
                yield node, "value", value, -value if value else 2
            case ast.Constant(value=str(value)) if value and id(node) not in texts:
                yield node, "value", value, value[::-1] if len(value) > 1 else value + value
            case ast.Return(value=ast.expr() as value):
                yield node, "value", value, ast.Constant(None)
            case ast.Call(args=[first, second, *rest]):
                yield node, "args", node.args, [second, first, *rest]
            case ast.Tuple(elts=[first, second], ctx=ast.Load()):
                yield node, "elts", node.elts, [second, first]


def _without_types(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield all nodes but those of annotations, which change nothing that runs."""
    yield tree
    for name, value in ast.iter_fields(tree):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and name not in ("annotation", "returns"):
                yield from _without_types(child)


def mutants(dice: random.Random) -> Iterator[tuple[Path, str, str]]:
    """Yield a file, its text, and its text after a random change, without end."""
    files = sorted(path for path in (ROOT / SOURCE).rglob("*.py") if path.name != "__init__.py")
    while True:
        path = dice.choices(files, [it.stat().st_size for it in files])[0]
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        before = ast.unparse(tree)
        if found := list(changes(tree)):
            node, field, _, after = dice.choice(found)
            setattr(node, field, after)
            changed = ast.unparse(ast.fix_missing_locations(tree))
            if changed != before:
                yield path.relative_to(ROOT), before, changed


def caught(copy: Path, targets: list[str]) -> bool:
    """Whether one of some tests fails, or does not end."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "2", "-p", "no:cacheprovider"]
    environment = {**os.environ, "PYTHONPATH": str(copy / "src")}
    done = subprocess.run(
        [*command, *targets], cwd=copy, env=environment, capture_output=True, check=False
    )
    return done.returncode != 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="the tests of the package alone")
    asked = parser.parse_args()
    survived = 0
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place, "copy")
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".venv", "build", ".git"))
        subprocess.run(["git", "init", "--quiet"], cwd=copy, check=True)  # the tests ask it
        subprocess.run(["git", "add", "--all"], cwd=copy, check=True)
        dice = random.Random(asked.seed)
        for number, (path, before, after) in zip(range(asked.count), mutants(dice), strict=False):
            part = path.relative_to(SOURCE).parts[0].removesuffix(".py")
            first = [part, *FIRST.get(part, ()), *ALWAYS]
            targets = [f"tests/{it}" for it in first if (ROOT / "tests" / it).exists()]
            (copy / path).write_text(after, encoding="utf-8")
            found = caught(copy, targets) or (not asked.quick and caught(copy, ["tests"]))
            (copy / path).write_text((ROOT / path).read_text(encoding="utf-8"), encoding="utf-8")
            survived += not found
            print(f"{number + 1}: {path} {'caught' if found else 'SURVIVED'}", flush=True)
            if not found:
                lines = difflib.unified_diff(
                    before.splitlines(), after.splitlines(), n=1, lineterm=""
                )
                print("\n".join(f"    {line}" for line in list(lines)[2:]), flush=True)
    print(f"{asked.count - survived} of {asked.count} caught")
    return 0


if __name__ == "__main__":
    sys.exit(main())
