"""The colours of video: YUV 4:2:0, BT.709, limited range.

Luma is full-resolution, 16 (black) to 235 (white); the two chroma planes have a sample for every
2×2 pixels, 16 to 240 about 128 (grey). Source: ITU-R BT.709-6, items 3.2, 3.3 and 4.6.
"""

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


def from_rgb(colours: NDArray[np.generic], channels: slice = slice(None)) -> NDArray[np.float64]:
    """Convert red, green and blue (..., 3), 0 to 255, to some of Y, Cb, Cr; nothing is rounded."""
    ycbcr: NDArray[np.float64] = np.matmul(colours, FROM_RGB[channels].T) + OFFSET[channels]
    return ycbcr
