"""When each picture of the endings of a film is shown, in whole frames."""

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

CHANGING, CHANGED = 2, 1  # seconds: pixels change, and all are changed


@dataclass(frozen=True)
class EndingTimes:
    """When the pixels of a film's images change, after the time of each image.

    Attributes
    ----------
    changes
        Of each image, how many pixels change; 0 where it has no ending. Empty if none has one.
    frame_rate
        Frames a second.
    """

    changes: tuple[int, ...]
    frame_rate: int

    @cached_property
    def counts(self) -> tuple[tuple[int, ...], ...]:
        """Of each image, how many pixels are changed in each picture of its ending.

        Where there are more pixels than frames for them, several change at once.
        """
        return tuple(
            tuple(-(-change * step // pictures) for step in range(1, pictures + 1))
            for change, pictures in (
                (change, min(change, CHANGING * self.frame_rate)) for change in self.changes
            )
        )

    @property
    def longest(self) -> int:
        """Number of pictures of the longest ending."""
        return max(map(len, self.counts), default=0)

    @property
    def frames(self) -> int:
        """Frames of each ending."""
        return (CHANGING + CHANGED) * self.frame_rate

    def start(self, image: int, picture: int) -> int:
        """Return the frame of its ending at which a picture begins, both from 0."""
        return picture * CHANGING * self.frame_rate // len(self.counts[image])

    def pictures_before(self, image: int) -> int:
        """Return the number of pictures of all endings before an image."""
        return self._pictures[image] if self.changes else 0

    def frames_before(self, image: int) -> int:
        """Return the number of frames of all endings before an image."""
        return self._endings[image] * self.frames if self.changes else 0

    @cached_property
    def _pictures(self) -> list[int]:
        return list(accumulate(map(len, self.counts), initial=0))

    @cached_property
    def _endings(self) -> list[int]:
        return list(accumulate(map(bool, self.changes), initial=0))
