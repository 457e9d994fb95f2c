"""A film of images as several models take them, cut into segments that can be made alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from mnistviz.drawing.scene import Scene
from mnistviz.film.moments import Moments, stretch
from mnistviz.formats.base import Segment
from mnistviz.formats.fingerprint import shared
from mnistviz.formats.timeline import Timeline
from mnistviz.frame.moment import Moment
from mnistviz.frame.stacked_composer import StackedComposer
from mnistviz.model.kind import Kind


@dataclass(frozen=True)
class StackedReel:
    """The pictures of a film of images as several models take them.

    Attributes
    ----------
    composer
        Composes the frames.
    moments
        What they show of each model.
    timeline
        When each is on; it has no lead.
    """

    composer: StackedComposer
    moments: tuple[Moments, ...]
    timeline: Timeline

    @property
    def pictures(self) -> int:
        """Number of pictures in all segments."""
        return self.timeline.pictures

    def __len__(self) -> int:
        """Return the number of segments."""
        return self.timeline.segments

    def __getitem__(self, number: int) -> Segment:
        """Return a segment."""
        timeline = self.timeline
        first = number * timeline.images_per_segment
        end = min(first + timeline.images_per_segment, timeline.images)
        loops = timeline.loop and end == timeline.images
        return StackedSegment(
            self.composer,
            timeline.frames_of(timeline.picture_of(first), timeline.picture_of(end)),
            tuple(
                (
                    tuple(of.whole(image) for image in range(first, end)),
                    of.kind,
                    of.image(first - 1) if first else None,
                    of.image(0) if loops else None,
                )
                for of in self.moments
            ),
            self.moments[0].steps,
        )


@dataclass(frozen=True)
class StackedSegment:
    """Some images of a film, one after another, as several models take them.

    Attributes
    ----------
    composer
        Of the film's frames.
    frames
        For how many frames each picture is on.
    models
        Of each model: the moments of the images, its kind, and the image before and the one after
        them, as of `FilmSegment`.
    steps
        As of `Moments`.
    """

    composer: StackedComposer
    frames: tuple[int, ...]
    models: tuple[tuple[tuple[tuple[Moment, ...], ...], Kind, Moment | None, Moment | None], ...]
    steps: int

    def scenes(self) -> Iterator[Scene]:
        """Yield the pictures."""
        composer = shared(self.composer)
        moments = (
            stretch(images, self.steps, kind, before, after)
            for images, kind, before, after in self.models
        )
        for each in zip(*moments, strict=True):
            yield composer.scene(each)
