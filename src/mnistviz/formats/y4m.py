"""Y4M: a stream of bare frames, to pipe into an encoder of one's own."""

from dataclasses import dataclass

from mnistviz.formats.base import FilmFormat

FRAME = b"FRAME\n"
"""What stands before each frame."""


@dataclass(frozen=True)
class Y4m(FilmFormat):
    """Frames in yuv420p at a constant rate, as YUV4MPEG2.

    Attributes
    ----------
    size
        Width and height in pixels, both even.
    timeline
        When each picture is on.

    Raises
    ------
    VideoError
        If the size is odd.
    """

    pixel_format = "yuv420p"

    @property
    def header(self) -> bytes:
        """The line before the first frame.

        A sample of chroma is the mean of four pixels, so it stands between them: '420jpeg'.
        """
        width, height = self.size
        rate = f"F{self.timeline.frame_rate}:1"
        tags = "Ip A1:1 C420jpeg XYSCSS=420JPEG XCOLORRANGE=LIMITED"
        return f"YUV4MPEG2 W{width} H{height} {rate} {tags}\n".encode()
