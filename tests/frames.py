"""Films of given pictures, written and decoded, and frames to compare with what they should be."""

import shutil
import subprocess
import tempfile
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image

from mnistviz.drawing.painter import Painter
from mnistviz.drawing.planes import PIXEL_FORMATS
from mnistviz.formats.encoded import NO_TRACKS, Part
from mnistviz.formats.ffmpeg import find_ffmpeg
from mnistviz.formats.mp4 import Mp4
from mnistviz.formats.timeline import Timeline

LOSSLESS = ("-c:v", "libx264", "-preset", "ultrafast", "-qp", "0")
RED_SHARE, BLUE_SHARE = 0.2126, 0.0722  # of luma, ITU-R BT.709


def to_ycbcr(rgb):
    """Return BT.709 luma and chroma of RGB levels, limited range, not rounded."""
    red, green, blue = np.moveaxis(np.asarray(rgb, float) / 255, -1, 0)
    luma = RED_SHARE * red + (1 - RED_SHARE - BLUE_SHARE) * green + BLUE_SHARE * blue
    cb, cr = (blue - luma) / (2 - 2 * BLUE_SHARE), (red - luma) / (2 - 2 * RED_SHARE)
    return np.stack([16 + 219 * luma, 128 + 224 * cb, 128 + 224 * cr], axis=-1)


def as_yuv(rgb):
    """Return a picture of (height, width, 3) RGB in yuv420p."""
    return PIXEL_FORMATS["yuv420p"].picture(rgb)


class Drawn:
    """A frame in RGB."""

    def __init__(self, rgb):
        self.rgb = rgb.astype(float)

    def grey(self, top, bottom, left, right):
        """Return the grey levels of a region, 0 to 255, which must be grey within 1 level."""
        assert np.ptp(self.rgb[top:bottom, left:right], axis=2).max() <= 1
        return self.brightness(top, bottom, left, right)

    def error(self, colours, top, bottom, left, right):
        """Return the largest difference of a region from a colour, or from one for each pixel."""
        return np.abs(self.rgb[top:bottom, left:right] - colours).max(initial=0)

    def is_all(self, colour, *region):
        """Whether every pixel of a region has a colour, within 1 level."""
        return self.error(colour, *region) <= 1

    def brightness(self, top, bottom, left, right):
        """Return the grey levels of a region, whatever its colours, to read text in."""
        return self.rgb[top:bottom, left:right].mean(axis=2)


class Decoded:
    """A frame in YUV 4:2:0, each of its chroma samples repeated for its 2×2 pixels."""

    def __init__(self, data, size):
        width, height = size
        luma, chroma = np.split(np.frombuffer(data, np.uint8), [width * height])
        whole = chroma.reshape(2, height // 2, width // 2).repeat(2, axis=1).repeat(2, axis=2)
        self.luma = luma.reshape(height, width).astype(float)
        self.chroma = whole.astype(float)

    def grey(self, top, bottom, left, right):
        """As of Drawn."""
        assert np.abs(self.chroma[:, top:bottom, left:right] - 128).max() <= 1
        return self.brightness(top, bottom, left, right)

    def error(self, colours, top, bottom, left, right):
        """As of Drawn, in levels of luma and chroma."""
        planes = zip([self.luma, *self.chroma], np.moveaxis(to_ycbcr(colours), -1, 0), strict=True)
        return max(
            np.abs(plane[top:bottom, left:right] - levels).max(initial=0)
            for plane, levels in planes
        )

    def is_all(self, colour, *region):
        """As of Drawn."""
        return self.error(colour, *region) <= 1

    def brightness(self, top, bottom, left, right):
        """As of Drawn."""
        return (self.luma[top:bottom, left:right] - 16) * 255 / 219


def write_pictures(path, film_format, pictures, tracks=NO_TRACKS, segments=1):
    """Write pictures to a film: a list of them, each as the format has it."""
    timeline = film_format.timeline
    frames = timeline.frames_of(0, timeline.pictures)
    cuts = [len(frames) * number // segments for number in range(segments + 1)]
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for start, end in pairwise(cuts):
            part = Part(Path(folder, f"{start}.segment"), frames[start:end])
            made = film_format.encoded(part.frames, lambda some=pictures[start:end]: some)
            # Without loss x264 skips no macroblock.
            assert not made.note or film_format.encoder == LOSSLESS, made.note
            part.path.write_bytes(made.data)
            parts.append(part)
        film = Path(folder, "film")
        if film_format.name == "image2":
            film.mkdir()
        film_format.join(parts, film, tracks)
        film_format.verify(film, parts)
        if film_format.name == "image2":
            shutil.copytree(film, path, dirs_exist_ok=True)
        else:
            shutil.copyfile(film, path)
    return path


def write(path, film_format, pictures, **how):
    """Write RGB pictures to a film, as `write_pictures`."""
    rgb = film_format.pixel_format == "rgb24"
    made = [picture if rgb else as_yuv(picture) for picture in pictures]
    return write_pictures(path, film_format, made, **how)


def filmed(scenes, folder):
    """Return the decoded frames of a lossless film for which one painter painted the scenes."""
    path, size, painter = folder / "film.mp4", scenes[0].size, Painter(scenes[0])
    film = Mp4(size, Timeline(len(scenes), 1 / 30, 30), LOSSLESS)
    write_pictures(path, film, [painter.paint(scene).copy() for scene in scenes])
    return decode(path, size)


def decode(path, size, first=0, every=1, fps_mode="passthrough"):
    """Return frames of a film: the one numbered `first`, and each `every`-th after it."""
    chosen = f"select='gte(n,{first})*not(mod(n-{first},{every}))'"
    raw = _raw(path, "-vf", chosen, "-fps_mode", fps_mode)
    bytes_a_frame = size[0] * size[1] * 3 // 2
    starts = range(0, len(raw), bytes_a_frame)
    return [Decoded(raw[start : start + bytes_a_frame], size) for start in starts]


def decode_rgb(path, size, places=slice(None)):
    """Return the frames of a film or a GIF in RGB: all, or those at some places."""
    options = ["-fps_mode", "passthrough", "-pix_fmt", "rgb24"]
    if path.suffix != ".gif":
        options += ["-vf", "scale=in_color_matrix=bt709:in_range=tv:out_range=pc"]
    raw = np.frombuffer(_raw(path, *options), np.uint8)
    return raw.reshape(-1, size[1], size[0], 3)[places].astype(float)


def _raw(path, *options):
    command = [find_ffmpeg(), "-v", "error", "-i", f"file:{path}", *options, "-f", "rawvideo", "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def blocks(region, k):
    """Return a cell's levels as (rows, columns, k × k): a block for each pixel of the image."""
    rows, columns = (side // k for side in region.shape)
    return region.reshape(rows, k, columns, k).transpose(0, 2, 1, 3).reshape(rows, columns, k * k)


def grey(values, full_scale, exponent=0.75):
    """Return the exact grey of signed values on the tone curve, not rounded."""
    shares = np.clip(values / full_scale, -1, 1)
    return 127.5 + 127.5 * np.sign(shares) * np.abs(shares) ** exponent


def pixels_of(picture):
    """Return the levels of a picture file, as Pillow reads them."""
    with Image.open(picture) as image:
        return np.asarray(image)
