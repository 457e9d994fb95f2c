"""A real headless Chromium for the tests, driven by Playwright."""

import os
import shutil
from contextlib import contextmanager

import pytest

# The first is Chromium without windows, which opens pages sooner.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
PATIENCE = 60  # seconds: on a busy machine a browser waits long for its turn
REQUIRED = "MNISTVIZ_REQUIRE_BROWSER"  # a variable: where it is 1, a test without a browser fails
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    # No requests but those of the page.
    *("--disable-background-networking", "--disable-component-update"),
    "--font-render-hinting=none",  # as where it has windows
    "--process-per-site",  # a process for all pages, not one for each
)


@contextmanager
def chromium():
    """Yield a browser; where there is none, skip the test, or fail it if one is required."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        do_without(f"no browser on the PATH: none of {', '.join(NAMES)}")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        do_without(f"no Playwright to drive a browser: {error}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


def do_without(reason):
    """Skip a test for want of what is not installed, or fail it if all of that is required."""
    if os.environ.get(REQUIRED) == "1":
        pytest.fail(f"{reason}, and {REQUIRED} is set", pytrace=False)
    pytest.skip(reason)
