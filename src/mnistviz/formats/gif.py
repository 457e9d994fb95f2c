"""GIF: loops by itself wherever a picture can stand."""

from dataclasses import dataclass
from pathlib import Path

from mnistviz.errors import OptionError
from mnistviz.formats.encoded_format import EncodedFormat
from mnistviz.formats.ffmpeg import Need, url

GIF_RATE = 100  # a GIF tells time in hundredths of a second
GIF_DELAYS = range(2, 2**16)  # players take less for a tenth of a second; the field has 16 bits


@dataclass(frozen=True)
class Gif(EncodedFormat):
    """A GIF that loops for ever, from pictures in RGB.

    It is written in two passes: the first keeps the pictures, without loss, and finds the 255
    colours that are most like all of theirs; the second gives every pixel the nearest of these.
    None is dithered.

    Attributes
    ----------
    size
        Width and height in pixels, both even.
    timeline
        When each picture is on, in hundredths of a second; each for 0.02 to 655.35 s.

    Raises
    ------
    VideoError
        If the size is odd.
    OptionError
        If an image is on for a time that a GIF cannot hold, or there are too many.
    """

    name = "gif"
    pixel_format = "rgb24"
    bytes_a_pixel = 0.03
    bearable = 50e6
    most_bytes = 1e9  # browsers hold all frames, unpacked, and give up long before

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.timeline.frame_rate != GIF_RATE or self.timeline.image_start(1) not in GIF_DELAYS:
            raise OptionError(
                f"a GIF holds an image for 0.02 to 655.35 s (got {self.timeline.seconds_per_image})"
            )

    @property
    def needs(self) -> tuple[Need, ...]:
        """What ffmpeg must have to write it."""
        return (Need("the filter palettegen", ("-filters",), " palettegen "),)

    @property
    def frames(self) -> int:
        """How many frames the file will have."""
        return self.timeline.pictures

    def commands(self, folder: Path, path: Path) -> list[list[str]]:
        """Return what ffmpeg is told in the first pass, and in the second."""
        keep = ("-c:v", "qtrle", "-f", "mov", url(folder / "pictures"))
        # One colour of 256 is left to what is transparent, by which frames tell what changes.
        graph = "[0:v]split[kept][all];[all]palettegen=stats_mode=full[palette]"
        first = [*self.pictures_input(), "-filter_complex", graph, "-map", "[kept]", *keep]
        first += ["-map", "[palette]", "-c:v", "png", "-f", "image2", "-update", "1"]
        return [[*first, url(folder / "palette")], *super().commands(folder, path)]

    def arguments(self, folder: Path) -> list[str]:
        """Return what ffmpeg is told in the second pass, from its inputs to its encoder."""
        last = self.timeline.frames - self.timeline.start(self.timeline.pictures - 1)
        start = f"settb=1/{GIF_RATE},setpts='{self.timeline.start_formula()}'"
        return [
            *("-f", "mov", "-i", url(folder / "pictures")),
            *("-f", "png_pipe", "-i", url(folder / "palette")),
            *("-filter_complex", f"[0:v]{start}[timed];[timed][1:v]paletteuse=dither=none"),
            *("-loop", "0", "-final_delay", str(last)),
        ]
