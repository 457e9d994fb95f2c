"""Paints and encodes a segment: the work that a film is made of, here or in another process."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import local
from typing import NamedTuple

from mnistviz.drawing.painter import Painter
from mnistviz.drawing.scene import Scene
from mnistviz.formats.base import Picture, Segment
from mnistviz.formats.encoded import EncodedFormat

Watch = Callable[[int], None]  # is told how many more pictures have been painted

_kept = local()  # a thread's painter, with the format and the static elements that it paints


class Made(NamedTuple):
    """A segment that was made.

    Attributes
    ----------
    data
        The encoded segment.
    note
        What a user should know about it; may be empty.
    drawn
        SHA-256 of its pictures in hexadecimal; empty unless asked for.
    """

    data: bytes
    note: str
    drawn: str


def ignore(pictures: int) -> None:
    """Watch nothing."""


@dataclass(frozen=True)
class Task:
    """A segment to be made. It can be sent to another process, and depends on nothing else.

    Attributes
    ----------
    film_format
        How to encode it.
    segment
        Its pictures.
    hashed
        Whether to hash its pictures.
    """

    film_format: EncodedFormat
    segment: Segment
    hashed: bool

    def __call__(self, watch: Watch = ignore) -> Made:
        """Make the segment; errors as `EncodedFormat.encoded`."""
        digest = hashlib.sha256()

        def drawn() -> Iterator[Picture]:
            nonlocal digest
            digest = hashlib.sha256()
            for picture in painted(self.segment, self.film_format.pixel_format):
                if self.hashed:
                    digest.update(picture.data)
                yield picture
                watch(1)

        data, note = self.film_format.encoded(self.segment.frames, drawn)
        return Made(data, note, digest.hexdigest() if self.hashed else "")


def painted(segment: Segment, pixel_format: str) -> Iterator[Picture]:
    """Yield the pictures of a segment; each is valid until the next."""
    for scene in segment.scenes():
        yield _painter(scene, pixel_format).paint(scene)


def _painter(scene: Scene, pixel_format: str) -> Painter:
    """Return the painter of the last scene, if this one has the same static elements."""
    pixels, static, painter = getattr(_kept, "painter", (None, None, None))
    if painter is None or static is not scene.static or pixels != pixel_format:
        painter = Painter(scene, pixel_format)
        _kept.painter = (pixel_format, scene.static, painter)
    return painter
