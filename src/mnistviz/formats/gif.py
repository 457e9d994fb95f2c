"""GIF: loops by itself wherever a picture can be."""

from dataclasses import dataclass
from pathlib import Path

from mnistviz.errors import OptionError
from mnistviz.formats.ffmpeg import Need, url
from mnistviz.formats.writer import EncodedFormat

GIF_RATE = 100  # a GIF counts hundredths of a second
GIF_PICTURES = 10  # a second, while everything moves; more would be megabytes
GIF_DELAYS = range(2, 2**16)  # players read less as a tenth of a second; the field has 16 bits


@dataclass(frozen=True)
class Gif(EncodedFormat):
    """A GIF that loops for ever, from pictures in RGB, each shown for 0.02 to 655.35 s.

    It is written in two passes: the first keeps the pictures, without loss, and finds the 255
    colours that are closest to all of theirs; the second gives every pixel the nearest of these,
    without dithering.

    Raises
    ------
    OptionError
        If the timeline does not count hundredths of a second, or an image is shown for a time
        that a GIF cannot hold.
    """

    name = "gif"
    pixel_format = "rgb24"
    bytes_a_pixel = 0.03
    warn_above_bytes = 50e6
    most_bytes = 1e9  # browsers hold all frames, unpacked, and give up long before

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.timeline.frame_rate != GIF_RATE or self.timeline.image_start(1) not in GIF_DELAYS:
            raise OptionError(
                f"a GIF holds an image for 0.02 to 655.35 s (got {self.timeline.seconds_per_image})"
            )

    @property
    def frames(self) -> int:
        """Number of frames in the file: one a picture."""
        return self.timeline.pictures

    def needs(self, captioned: bool = False) -> tuple[Need, ...]:
        """Return the filter that finds the colours."""
        return (Need("the filter palettegen", ("-filters",), " palettegen "),)

    def commands(self, folder: Path, path: Path) -> list[list[str]]:
        """Return the arguments of both passes."""
        keep = ("-c:v", "qtrle", "-f", "mov", url(folder / "pictures"))
        # One colour of 256 is left for transparency: a frame stores only what changes.
        graph = "[0:v]split[kept][all];[all]palettegen=stats_mode=full[palette]"
        first = [*self.pictures_input(), "-filter_complex", graph, "-map", "[kept]", *keep]
        first += ["-map", "[palette]", "-c:v", "png", "-f", "image2", "-update", "1"]
        return [[*first, url(folder / "palette")], *super().commands(folder, path)]

    def arguments(self, folder: Path) -> list[str]:
        """Return the arguments of the second pass."""
        last = self.timeline.frames - self.timeline.start(self.timeline.pictures - 1)
        start = f"settb=1/{GIF_RATE},setpts='{self.timeline.start_formula()}'"
        return [
            *("-f", "mov", "-i", url(folder / "pictures")),
            *("-f", "png_pipe", "-i", url(folder / "palette")),
            *("-filter_complex", f"[0:v]{start}[timed];[timed][1:v]paletteuse=dither=none"),
            *("-loop", "0", "-final_delay", str(last)),
        ]
