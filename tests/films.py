"""Writes films of given pictures, and decodes them exactly."""

import subprocess

import numpy as np

from mnistviz.drawing.yuv import Planes
from mnistviz.formats.ffmpeg import find_ffmpeg
from mnistviz.formats.writer import VideoWriter


def as_yuv(rgb):
    """Return a picture of (height, width, 3) RGB in yuv420p."""
    planes = Planes.of(rgb)
    return np.concatenate([planes.luma.ravel(), planes.chroma.ravel()])


def write(path, film_format, pictures):
    """Write RGB pictures, through ffmpeg."""
    with VideoWriter(path, film_format) as writer:
        for rgb in pictures:
            writer.write(rgb if film_format.pixel_format == "rgb24" else as_yuv(rgb))
    return path


def decode(path, size):
    """Decode to (frames, height, width, 3) RGB by BT.709's own formulas; ffmpeg's are coarser."""
    width, height = size
    command = [find_ffmpeg(), "-v", "error", "-i", f"file:{path}", "-f", "rawvideo", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    planes = np.frombuffer(raw, np.uint8).reshape(-1, height * width * 3 // 2)
    luma, blue, red = np.split(planes, [height * width, height * width * 5 // 4], axis=1)
    y = (luma.reshape(-1, height, width) - 16.0) / 219
    half = (-1, height // 2, width // 2)
    b = y + 1.8556 * (blue.reshape(half).repeat(2, axis=1).repeat(2, axis=2) - 128.0) / 224
    r = y + 1.5748 * (red.reshape(half).repeat(2, axis=1).repeat(2, axis=2) - 128.0) / 224
    g = (y - 0.2126 * r - 0.0722 * b) / 0.7152
    return np.clip(np.stack([r, g, b], axis=-1) * 255, 0, 255).round()
