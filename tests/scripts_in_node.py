"""Runs the explorer's scripts in node, which needs no page for what they only compute."""

import json
import shutil
import subprocess

from browser import do_without
from explorers import DATA
from mnistviz.explorer.page import bundle


def run_node(*arguments, program=""):
    """Run node; skip the test where there is none, or fail it if it is required."""
    node = shutil.which("node") or do_without("no node on the PATH")
    return subprocess.run(
        [node, *arguments], input=program, capture_output=True, encoding="utf-8", check=False
    )


def computed(page, module, function, argument=None):
    """Return what a function in JavaScript returns that may use a module of a page.

    It gets the argument, and the data of the page; all other elements are empty.
    """
    data = json.dumps(DATA.search(page.read_text("utf-8"))[1])
    done = run_node(
        *("--input-type=module", "-"),
        program=f"""
            const document = {{ dir: '', getElementById: () => ({{ textContent: {data} }}) }};
            {bundle(module)}
            console.log(JSON.stringify(await ({function})({json.dumps(argument)})));""",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
