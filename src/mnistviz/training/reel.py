"""A training film, cut into segments that can be made by themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from mnistviz.drawing.scene import Scene
from mnistviz.formats.base import Segment
from mnistviz.formats.fingerprint import shared
from mnistviz.formats.timeline import Timeline
from mnistviz.model.watch import TrainingMoment
from mnistviz.training.composer import TrainingComposer


@dataclass(frozen=True)
class TrainingReel:
    """The pictures of a training film.

    Attributes
    ----------
    composer
        Composes the frames.
    moments
        What they show, one a picture; while a step stays on, the same object.
    timeline
        When each is on.
    """

    composer: TrainingComposer
    moments: Sequence[TrainingMoment]
    timeline: Timeline

    @property
    def pictures(self) -> int:
        """Number of pictures in all segments."""
        return sum(len(self[number].frames) for number in range(len(self)))

    def __len__(self) -> int:
        """Return the number of segments."""
        return self.timeline.segments

    def __getitem__(self, number: int) -> Segment:
        """Return a segment."""
        first = number * self.timeline.images_per_segment
        end = min(first + self.timeline.images_per_segment, self.timeline.images)
        frames, moments = [], []
        for _, alike in groupby(range(first, end), lambda picture: id(self.moments[picture])):
            pictures = [*alike]
            frames.append(sum(self.timeline.frames_of(pictures[0], pictures[-1] + 1)))
            moments.append(self.moments[pictures[0]])
        return TrainingSegment(self.composer, tuple(frames), tuple(moments))


@dataclass(frozen=True)
class TrainingSegment:
    """Some moments of a training, one after another.

    Attributes
    ----------
    composer
        Of the film's frames.
    frames
        For how many frames each picture is on.
    moments
        What the pictures show.
    """

    composer: TrainingComposer
    frames: tuple[int, ...]
    moments: tuple[TrainingMoment, ...]

    def scenes(self) -> Iterator[Scene]:
        """Yield the pictures."""
        return map(shared(self.composer).scene, self.moments)
