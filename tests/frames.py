"""Frames to look into: as they were drawn, and as they come out of a film."""

import subprocess
from pathlib import Path

import numpy as np
from PIL import Image

from mnistviz.formats.ffmpeg import find_ffmpeg

LOSSLESS = ("-c:v", "libx264", "-preset", "ultrafast", "-qp", "0")
RED_SHARE, BLUE_SHARE = 0.2126, 0.0722  # of luma, ITU-R BT.709


def to_ycbcr(rgb):
    """Return BT.709 luma and chroma of RGB levels, limited range, not rounded."""
    red, green, blue = np.moveaxis(np.asarray(rgb, float) / 255, -1, 0)
    luma = RED_SHARE * red + (1 - RED_SHARE - BLUE_SHARE) * green + BLUE_SHARE * blue
    cb, cr = (blue - luma) / (2 - 2 * BLUE_SHARE), (red - luma) / (2 - 2 * RED_SHARE)
    return np.stack([16 + 219 * luma, 128 + 224 * cb, 128 + 224 * cr], axis=-1)


class Drawn:
    """A frame in RGB."""

    def __init__(self, rgb):
        self.rgb = rgb.astype(float)

    def grey(self, top, bottom, left, right):
        """Return the grey levels of a region, 0 to 255, which must be grey within 1 level."""
        region = self.rgb[top:bottom, left:right]
        assert np.ptp(region, axis=2).max() <= 1
        return region.mean(axis=2)

    def is_all(self, colour, top, bottom, left, right):
        """Whether every pixel of a region has a colour, within 1 level."""
        return (np.abs(self.rgb[top:bottom, left:right] - colour) <= 1).all()

    def brightness(self, top, bottom, left, right):
        """Return a region's brightness, to read text in."""
        return self.rgb[top:bottom, left:right].mean(axis=2)


class Decoded:
    """A frame in YUV 4:2:0, each of its chroma samples standing for 2×2 pixels."""

    def __init__(self, data, size):
        width, height = size
        luma, chroma = np.split(np.frombuffer(data, np.uint8), [width * height])
        whole = chroma.reshape(2, height // 2, width // 2).repeat(2, axis=1).repeat(2, axis=2)
        self.luma = luma.reshape(height, width).astype(float)
        self.chroma = whole.astype(float)

    def grey(self, top, bottom, left, right):
        """Return the grey levels of a region, 0 to 255, which must be grey within 1 level."""
        assert np.abs(self.chroma[:, top:bottom, left:right] - 128).max() <= 1
        return self.brightness(top, bottom, left, right)

    def is_all(self, colour, top, bottom, left, right):
        """Whether every pixel of a region has a colour, within 1 level of luma and of chroma."""
        region = np.s_[top:bottom, left:right]
        planes = zip([self.luma, *self.chroma], to_ycbcr(colour), strict=True)
        return all((np.abs(plane[region] - level) <= 1).all() for plane, level in planes)

    def brightness(self, top, bottom, left, right):
        """Return a region's luma as grey levels, 0 to 255, whatever its colour."""
        return (self.luma[top:bottom, left:right] - 16) * 255 / 219


def decode(path: Path, size, first: int = 0, every: int = 1):
    """Return frames of a film: `first`, and from there each so many frames later."""
    chosen = f"select='gte(n,{first})*not(mod(n-{first},{every}))'"
    command = [find_ffmpeg(), "-v", "error", "-i", f"file:{path}", "-vf", chosen]
    command += ["-fps_mode", "passthrough", "-f", "rawvideo", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    bytes_a_frame = size[0] * size[1] * 3 // 2
    starts = range(0, len(raw), bytes_a_frame)
    return [Decoded(raw[start : start + bytes_a_frame], size) for start in starts]


def decode_rgb(path: Path, size, places=slice(None)):
    """Return the frames of a film, or of a GIF, in RGB: all, or those in some places."""
    command = [find_ffmpeg(), "-v", "error", "-i", f"file:{path}", "-fps_mode", "passthrough"]
    if path.suffix != ".gif":
        command += ["-vf", "scale=in_color_matrix=bt709:in_range=tv:out_range=pc"]
    command += ["-pix_fmt", "rgb24", "-f", "rawvideo", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, size[1], size[0], 3)[places].astype(float)


def grey(values, full_scale):
    """Return the exact grey of signed values, not rounded."""
    return 127.5 + 127.5 * np.clip(values / full_scale, -1, 1)


def pixels_of(picture):
    """Return the levels of a picture file, as Pillow reads them."""
    with Image.open(picture) as image:
        return np.asarray(image)
