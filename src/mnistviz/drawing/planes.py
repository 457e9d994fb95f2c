"""Pixel formats: a picture as planes of samples, in RGB or in YUV."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mnistviz.drawing.theme import Colour
from mnistviz.drawing.yuv import from_rgb

Samples = NDArray[np.uint8]  # (height / share, width / share, channels) of a plane


@dataclass(frozen=True, eq=False)
class PixelFormat:
    """How a picture is laid out in memory.

    Attributes
    ----------
    convert
        From red, green and blue (..., 3), 0 to 255, to some channels; linear, nothing is rounded.
    planes
        Of each plane its share, the screen pixels along the side of a sample, and its channels.
    interleaved
        Whether the channels of a pixel stand side by side, and not in planes of their own.
    """

    convert: Callable[[NDArray[np.generic], slice], NDArray[np.float64]]
    planes: tuple[tuple[int, slice], ...]
    interleaved: bool

    def views(self, buffer: NDArray[np.uint8], size: tuple[int, int]) -> list[Samples]:
        """Return the planes of a picture, as views into its buffer (bytes,)."""
        width, height = size
        views, start = [], 0
        for share, channels in self.planes:
            shape, count = (height // share, width // share), channels.stop - channels.start
            end = start + shape[0] * shape[1] * count
            part, start = buffer[start:end], end
            if self.interleaved:
                views.append(part.reshape(*shape, count))
            else:
                views.append(np.moveaxis(part.reshape(count, *shape), 0, -1))
        return views

    def picture(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return RGB pixels (height, width, 3) as a buffer; a sample is the mean of its pixels."""
        height, width, _ = pixels.shape
        size = sum(
            (channels.stop - channels.start) * height * width // share**2
            for share, channels in self.planes
        )
        buffer = np.empty(size, np.uint8)
        for (share, channels), view in zip(
            self.planes, self.views(buffer, (width, height)), strict=True
        ):
            # The conversion is linear, so the mean may come first: of fewer numbers.
            means = pixels if share == 1 else _block_sums(pixels, share) / share**2
            view[:] = np.rint(self.convert(means, channels))
        return buffer

    def samples(self, colours: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
        """Return the samples (n, channels) of colours (n, 3) in each plane."""
        return [
            np.rint(self.convert(colours, channels)).astype(np.uint8) for _, channels in self.planes
        ]

    def blend(
        self, coverage: NDArray[np.uint8], ink: Colour, background: Colour
    ) -> tuple[Samples, ...]:
        """Return background and ink, mixed by how much of each pixel (h, w) the ink covers."""
        ramps = _ramps(self, ink, background)
        shares = [share for share, _ in self.planes]
        return tuple(
            ramp.take(_block_sums(coverage, share), axis=0)
            for ramp, share in zip(ramps, shares, strict=True)
        )


def _block_sums(values: NDArray[np.uint8], share: int) -> NDArray[np.uint16]:
    """Return the sum of each block of `share` × `share` of the first two axes."""
    places = [(row, column) for row in range(share) for column in range(share)]
    sums = values[::share, ::share].astype(np.uint16)
    for row, column in places[1:]:
        sums += values[row::share, column::share]
    return sums


@lru_cache(128)
def _ramps(pixel_format: PixelFormat, ink: Colour, background: Colour) -> list[NDArray[np.uint8]]:
    """Return the samples of each plane by the sum of the coverage of their pixels."""
    ramps = []
    for share, channels in pixel_format.planes:
        behind, front = pixel_format.convert(np.array([background, ink]), channels)
        part = np.linspace(0, 1, share**2 * 255 + 1)[:, None]
        values = behind + part * (front - behind)
        ramps.append(np.rint(values).astype(np.uint8))
    return ramps


def _as_it_is(colours: NDArray[np.generic], channels: slice) -> NDArray[np.float64]:
    return colours[..., channels].astype(np.float64)


PIXEL_FORMATS = {
    "yuv420p": PixelFormat(from_rgb, ((1, slice(0, 1)), (2, slice(1, 3))), False),
    "rgb24": PixelFormat(_as_it_is, ((1, slice(0, 3)),), True),
}
"""The formats, as ffmpeg names them."""
