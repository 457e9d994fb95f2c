"""The colours of video: YUV 4:2:0, BT.709, limited range.

Luma is full-resolution, 16 (black) to 235 (white); the two chroma planes have a sample for every
2×2 pixels, 16 to 240 about 128 (grey). Source: ITU-R BT.709-6, items 3.2, 3.3 and 4.6.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RED, BLUE = 0.2126, 0.0722  # shares of luma
GREEN = 1 - RED - BLUE

# Rows give Y, Cb and Cr of red, green and blue levels.
FROM_RGB = np.array(
    [
        [219 * RED, 219 * GREEN, 219 * BLUE],
        [-112 * RED / (1 - BLUE), -112 * GREEN / (1 - BLUE), 112],
        [112, -112 * GREEN / (1 - RED), -112 * BLUE / (1 - RED)],
    ]
) / np.array(255)
OFFSET = np.array([16, 128, 128])


def from_rgb(colours: NDArray[np.generic]) -> NDArray[np.float64]:
    """Convert red, green and blue (..., 3), 0 to 255, to Y, Cb and Cr; nothing is rounded."""
    ycbcr: NDArray[np.float64] = colours @ FROM_RGB.T + OFFSET
    return ycbcr


@dataclass(frozen=True, eq=False)
class Planes:
    """A picture, or a rectangle of one, in YUV 4:2:0.

    Attributes
    ----------
    luma
        uint8 (height, width), both even.
    chroma
        uint8 (2, height / 2, width / 2): Cb and Cr.
    """

    luma: NDArray[np.uint8]
    chroma: NDArray[np.uint8]

    @classmethod
    def of(cls, rgb: NDArray[np.generic]) -> "Planes":
        """Convert a picture (height, width, 3) of levels 0 to 255; chroma is the mean of 2×2."""
        height, width, _ = rgb.shape
        ycbcr = from_rgb(rgb)
        blocks = ycbcr[..., 1:].reshape(height // 2, 2, width // 2, 2, 2)
        chroma = np.moveaxis(blocks.mean(axis=(1, 3)), -1, 0)
        return cls(np.rint(ycbcr[..., 0]).astype(np.uint8), np.rint(chroma).astype(np.uint8))

    @classmethod
    def within(cls, buffer: NDArray[np.uint8], size: tuple[int, int]) -> "Planes":
        """Return views into a buffer (height × width × 3 / 2,) that is laid out as yuv420p."""
        width, height = size
        luma, chroma = np.split(buffer, [width * height])
        return cls(luma.reshape(height, width), chroma.reshape(2, height // 2, width // 2))
