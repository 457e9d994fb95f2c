"""Small frames without text, kept in tests/golden: fonts differ between versions, these do not.

`python tests/golden_frames.py` draws them again; look at them before you commit them.
"""

from pathlib import Path

import numpy as np
from PIL import Image

from composers import moment_of
from mnistviz.config import PictureConfig
from mnistviz.drawing.raster import rasterise
from mnistviz.drawing.scene import Scene, Text
from mnistviz.drawing.theme import theme_of
from mnistviz.frame.composer import Composer
from mnistviz.frame.fit import layout_for
from mnistviz.frame.frame_words import FrameWords
from mnistviz.frame.scales import Scales
from mnistviz.model.linear import LinearClassifier

FOLDER = Path(__file__).parent / "golden"
SMALL, HIGH, SIDE = (640, 360), (360, 640), 12
LOOKS = {
    "dark": PictureConfig(SMALL),
    "light": PictureConfig(SMALL, "light"),
    "print": PictureConfig(SMALL, "print"),
    "blue-orange": PictureConfig(SMALL, palette="blue-orange"),
    "diverging-dark": PictureConfig(SMALL, weights="diverging"),
    "diverging-light": PictureConfig(SMALL, "light", weights="diverging", title="Title"),
    "high": PictureConfig(HIGH),
    "high-light": PictureConfig(HIGH, "light", title="Title"),
    "square": PictureConfig((480, 640), "light"),
    "high-diverging": PictureConfig(HIGH, "light", "blue-orange", "diverging"),
}


def model_by_hand():
    """Return weights of four classes of 12×12 pixels: turned waves, with every sign and size."""
    down, across = np.mgrid[0:SIDE, 0:SIDE] / SIDE
    waves = [np.sin(6 * (down * np.cos(turn) + across * np.sin(turn)) + turn) for turn in range(4)]
    weights = np.stack([wave.ravel() for wave in waves], axis=1)
    return LinearClassifier(weights.astype(np.float32) / 8, np.array([0.5, -0.5, 1, -1], "f4"))


def image_by_hand():
    """Return the pixels of a ring."""
    down, across = np.mgrid[0:SIDE, 0:SIDE] - (SIDE - 1) / 2
    return np.clip(1.5 - np.abs(np.hypot(down, across) - 3.5), 0, 1).astype(np.float32).ravel()


def scene_of(picture):
    """Return a frame in which class 1 is true, and another predicted."""
    words = FrameWords(tuple("abcd"), "ring", 10, SIDE**2, picture.title, accuracy=0.5)
    layout = layout_for(words, (SIDE, SIDE), picture)
    model, pixels = model_by_hand(), image_by_hand()
    parts = model.weights, model.bias, model.weights, Scales(0.12, -2, 3)
    composer = Composer(*parts, words, layout, theme_of(picture))
    return composer.scene(moment_of(composer, pixels, 1, 3, right=2, count=5, progress=0.5))


def without_text(scene):
    static, changing = (
        tuple(element for element in part if not isinstance(element, Text))
        for part in (scene.static, scene.changing)
    )
    return Scene(scene.size, scene.background, static, changing)


def main():
    for name, picture in LOOKS.items():
        frame = Image.fromarray(rasterise(without_text(scene_of(picture))))
        frame.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
