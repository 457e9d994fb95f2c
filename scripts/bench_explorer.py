"""Measure how long the explorer's page works for one event of the pen, on a slowed-down machine.

And the longest task of what else a reader does, in a page of all test images: no task may keep the
page from answering.

    python scripts/bench_explorer.py [--slowdown 4] [--events 400]

Playwright drives a Chromium that is on the PATH; `pip install -e '.[test]'` brings Playwright. The
page measures itself, as `pen-event` (taking the event) and `pen-frame` (bringing it through the
network and into the canvases); the browser's own count of its main thread's tasks stands beside it.
"""

import argparse
import math
import shutil
import tempfile
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, sync_playwright

import mnistviz
from mnistviz.config import ALL, Selection

FLAGS = ["--no-sandbox", "--disable-gpu"]
LISTEN = """() => {
    window.measures = {'pen-event': [], 'pen-frame': []};
    new PerformanceObserver((list) => {
        for (const {name, duration} of list.getEntries()) measures[name]?.push(duration);
    }).observe({type: 'measure'});
}"""
LONGEST = """
window.longest = 0; // only tasks from 50 ms on are told
new PerformanceObserver((list) => {
    for (const {duration} of list.getEntries()) longest = Math.max(longest, duration);
}).observe({type: 'longtask', buffered: true});
"""
ACTS = {
    "filter": lambda page: page.locator("#only").select_option("wrong"),
    "no filter": lambda page: page.locator("#only").select_option(""),
    "order": lambda page: page.locator("#order").select_option("sure"),
    "next image": lambda page: page.locator("#next").click(),
    "all at a glance": lambda page: page.locator("#contact-title").click(),
    "to the last thumbnail": lambda page: page.locator("#contact [tabindex='0']").press("End"),
    "change its mind": lambda page: page.locator("#flip").click(),
    "watch the sum": lambda page: page.locator("#sum-start").click(),
    "how it learned": lambda page: page.locator("#course summary").click(),
    "a step": lambda page: page.locator("#steps").press("Home"),
    "watch it learn": lambda page: page.locator("#learn").click(),
    "a slide as SVG": lambda page: page.evaluate("slideText().length"),
}


def main() -> None:
    """Draw on blank paper and on a test image, and print milliseconds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--slowdown", type=float, default=4, help="of the processor")
    parser.add_argument("--events", type=int, default=400, help="of the pen")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        out = Path(folder) / "explorer.html"
        mnistviz.explore(mnistviz.load(), out=out)
        found = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        # Without a link, the first stroke begins a drawing on paper.
        for name, link in (("blank paper", "#draw="), ("a test image", "#only=")):
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.goto(f"{out.as_uri()}{link}")
            report(name, *measure(page, asked.slowdown, asked.events))
        every = Path(folder) / "all.html"
        mnistviz.explore(mnistviz.load(), out=every, selection=Selection(count=ALL))
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        report_longest(page, every.as_uri(), asked.slowdown)


def report_longest(page: Page, address: str, slowdown: float) -> None:
    """Load a page, act, and print the longest task of each."""
    page.add_init_script(LONGEST)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    page.goto(address)
    page.locator("html[data-ready]").wait_for(state="attached")
    print(f"loaded after {page.evaluate('performance.now()'):.0f} ms; longest tasks in ms:")
    for name, act in {"load": lambda page: None, **ACTS}.items():
        act(page)
        page.wait_for_timeout(2000)
        longest = page.evaluate("[longest, longest = 0][0]")
        print(f"  {name:22} {f'{longest:.0f}' if longest else 'under 50'}")


def measure(page: Page, slowdown: float, events: int) -> tuple[dict[str, list[float]], float]:
    """Return milliseconds of each measure, and of all tasks for one event."""
    page.evaluate(LISTEN)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    before = task_seconds(devtools)
    scribble(page, events)
    tasks = 1000 * (task_seconds(devtools) - before) / events
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    page.wait_for_timeout(300)
    return page.evaluate("measures"), tasks


def task_seconds(devtools) -> float:
    metrics = devtools.send("Performance.getMetrics")["metrics"]
    return next(each["value"] for each in metrics if each["name"] == "TaskDuration")


def scribble(page: Page, events: int) -> None:
    """Draw a curve that fills the pad, an event of the mouse after the other."""
    box = page.locator("#pad").bounding_box()
    for event in range(events):
        turn = event / 12
        x = box["x"] + box["width"] * (0.5 + 0.35 * math.cos(turn))
        y = box["y"] + box["height"] * (0.5 + 0.35 * math.sin(1.37 * turn))
        page.mouse.move(x, y)
        if not event:
            page.mouse.down()
    page.mouse.up()


def report(name: str, measures: dict[str, list[float]], tasks: float) -> None:
    print(f"{name}:")
    for measure, times in measures.items():
        middle, most = np.percentile(times, (50, 99))
        print(
            f"  {measure:9} median {middle:5.2f} ms, 99th percentile {most:5.2f} ms, {len(times)}"
        )
    print(f"  all tasks of the main thread {tasks:5.2f} ms an event")


if __name__ == "__main__":
    main()
