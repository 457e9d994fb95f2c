"""A film of images, cut into segments that can be made by themselves."""

from collections.abc import Iterator
from dataclasses import dataclass

from mnistviz.drawing.scene import Scene
from mnistviz.film.introduction import Introduction
from mnistviz.film.moments import Moments, stretch
from mnistviz.formats.base import Segment
from mnistviz.formats.fingerprint import shared
from mnistviz.formats.timeline import Timeline
from mnistviz.frame.composer import Composer
from mnistviz.frame.moment import Moment
from mnistviz.model.kind import Kind


@dataclass(frozen=True)
class FilmReel:
    """The pictures of a film: those of its introduction, if there is one, and of its images.

    Attributes
    ----------
    composer
        Composes the frames.
    moments
        What they show.
    timeline
        When each is on.
    introduction
        The first segment, if the timeline has a lead.
    """

    composer: Composer
    moments: Moments
    timeline: Timeline
    introduction: Introduction

    @property
    def pictures(self) -> int:
        """Number of pictures in all segments."""
        lead = len(self.introduction.frames)
        return lead + self.timeline.pictures - self.timeline.lead

    def __len__(self) -> int:
        """Return the number of segments."""
        return self.timeline.segments

    def __getitem__(self, number: int) -> Segment:
        """Return a segment."""
        if number < self._leads:
            return self.introduction
        timeline, place = self.timeline, number - self._leads
        first = place * timeline.images_per_segment
        end = min(first + timeline.images_per_segment, timeline.images)
        return FilmSegment(
            self.composer,
            timeline.frames_of(timeline.picture_of(first), timeline.picture_of(end)),
            tuple(self.moments.whole(image) for image in range(first, end)),
            self.moments.whole(first - 1)[-1] if first else None,
            self.moments.image(0) if timeline.loop and end == timeline.images else None,
            self.moments.steps,
            self.moments.kind,
        )

    @property
    def _leads(self) -> int:
        return int(self.timeline.lead > 0)


@dataclass(frozen=True)
class FilmSegment:
    """Some images of a film, one after another.

    Attributes
    ----------
    composer
        Of the film's frames.
    frames
        For how many frames each picture is on.
    images
        The moments of each image and its ending.
    before
        What turns into the first of them; None if the film begins with that.
    after
        The first image of a film that loops, into which the last of them turns; else None.
    steps, kind
        As of `Moments`.
    """

    composer: Composer
    frames: tuple[int, ...]
    images: tuple[tuple[Moment, ...], ...]
    before: Moment | None
    after: Moment | None
    steps: int
    kind: Kind

    def scenes(self) -> Iterator[Scene]:
        """Yield the pictures."""
        composer = shared(self.composer)
        for moment in stretch(self.images, self.steps, self.kind, self.before, self.after):
            yield composer.scene(moment)
