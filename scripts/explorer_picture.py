"""Takes docs/explorer.png, the picture of the explorer's page; needs a Chromium on the PATH.

python scripts/explorer_picture.py MODEL
"""

import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

import mnistviz

OUT = Path(__file__).parents[1] / "docs" / "explorer.png"
VIEW = "#image=9729&class=6&against=5&pixel=16.9"  # a 5 that is taken for a 6


def main() -> None:
    """Open the page at a mistake, and take its picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder) / "explorer.html"
        mnistviz.explore(mnistviz.load(), sys.argv[1], page_file)
        found = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 830}, color_scheme="dark")
        page.goto(f"{page_file.as_uri()}{VIEW}")
        page.wait_for_timeout(500)  # until the colours of buttons stand
        picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(128).save(OUT, optimize=True)


if __name__ == "__main__":
    main()
