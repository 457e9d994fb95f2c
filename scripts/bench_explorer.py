"""Measure how long the explorer's page works for one event of the pen, on a slowed-down machine.

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

FLAGS = ["--no-sandbox", "--disable-gpu"]
LISTEN = """() => {
    window.measures = {'pen-event': [], 'pen-frame': []};
    new PerformanceObserver((list) => {
        for (const {name, duration} of list.getEntries()) measures[name]?.push(duration);
    }).observe({type: 'measure'});
}"""


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
        for name, link in (("blank paper", "#draw="), ("a test image", "")):
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.goto(f"{out.as_uri()}{link}")
            report(name, *measure(page, asked.slowdown, asked.events))


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
