"""When each picture of a film is shown, in whole frames."""

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import floor, isfinite

from mnistviz.errors import OptionError
from mnistviz.formats.ending_times import EndingTimes

SEGMENT = 80  # pictures, about
MOST_FRAMES = 2_000_000  # 18 hours at 30 a second: an MP4 of them takes ffmpeg 2.4 GB of memory


@dataclass(frozen=True)
class Timeline:
    """When the images and pictures of a film are shown.

    Every image but the first begins with a transition: several pictures, each for a frame. The
    last of them is the image itself, which is held for the rest of its time. An image may have an
    ending after that time, in which pixels of it change one by one.

    Attributes
    ----------
    images
        Number of images, at least 1.
    seconds_per_image
        Time of each image, at least one frame. Rounded to the nearest fraction with a denominator
        of up to a million, so that 0.1 is a tenth and 1 / 3 a third.
    frame_rate
        Frames a second.
    transition
        Seconds from the image before to this one, at most an image's time; rounded to whole
        frames. Default: 0, a cut.
    lead, lead_hold
        Number of pictures before the first image, and frames of each. Default: 0, and 1.
    loop
        Whether a transition to the first image follows the last, up to but without that image.
    changes
        Of each image, how many pixels change in its ending, or 0. Default: no image has one.

    Raises
    ------
    OptionError
        If a value is out of range, or the film has more frames than a file can count.
    """

    images: int
    seconds_per_image: float
    frame_rate: int
    transition: float = 0
    lead: int = 0
    lead_hold: int = 1
    loop: bool = False
    changes: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self._frames_per_image < 1:
            raise OptionError(
                f"seconds per image must be at least 1/{self.frame_rate}, one frame "
                f"(got {self.seconds_per_image})"
            )
        if self.images < 1:
            raise OptionError(f"a film needs at least 1 image (got {self.images})")
        if not 0 <= self.transition <= self.seconds_per_image:
            raise OptionError(
                f"transition must be from 0 to {self.seconds_per_image} s, the time of an image "
                f"(got {self.transition})"
            )
        if self.frames > MOST_FRAMES:
            raise OptionError(
                f"{self.images} images of {self.seconds_per_image} s are {self.frames} frames, "
                f"more than {MOST_FRAMES}; take fewer or shorter ones"
            )

    @cached_property
    def _frames_per_image(self) -> Fraction:
        if not isfinite(self.seconds_per_image):
            return Fraction(0)
        return Fraction(self.seconds_per_image).limit_denominator(10**6) * self.frame_rate

    @cached_property
    def pictures_per_image(self) -> int:
        """Pictures of each image but the first, which has one."""
        transition = floor(self.transition * self.frame_rate + 0.5)
        return max(1, min(transition, floor(self._frames_per_image)))

    @property
    def pictures(self) -> int:
        """Number of pictures in the film; those of the lead may be equal."""
        return self._first_picture(self.images) + self.closing

    @property
    def closing(self) -> int:
        """Pictures of the transition from the last image to the first, each for a frame."""
        return self.pictures_per_image - 1 if self.loop else 0

    @property
    def images_per_segment(self) -> int:
        """Images that are encoded together. The cuts are part of the film: they show in its bytes.

        A segment of about 80 pictures takes half a second to a second, many times what it takes to
        start an encoder.
        """
        return max(1, SEGMENT // (self.pictures_per_image + self.endings.longest))

    @property
    def segments(self) -> int:
        """Number of segments: the lead, if there is one, and so many images each."""
        return int(self.lead > 0) + -(-self.images // self.images_per_segment)

    def picture_of(self, image: int) -> int:
        """Return the first picture of an image, both from 0; of the one after the last, the end."""
        if image == self.images:
            return self.pictures
        return self._first_picture(image)

    def _first_picture(self, image: int) -> int:
        """Return the first picture of an image; of the one after the last, that after its own."""
        if not image:
            return self.lead
        pictures = 1 + (image - 1) * self.pictures_per_image
        return self.lead + pictures + self.endings.pictures_before(image)

    @cached_property
    def endings(self) -> EndingTimes:
        """When the pixels of endings change."""
        return EndingTimes(self.changes, self.frame_rate)

    def frames_of(self, first: int, end: int) -> tuple[int, ...]:
        """Return for how many frames each picture from the first up to `end` is on."""
        starts = [self.start(picture) for picture in range(first, end + 1)]
        return tuple(after - start for start, after in pairwise(starts))

    @cached_property
    def frames(self) -> int:
        """Number of frames in the film."""
        return self._lead_frames + self.image_start(self.images) + self.closing

    @property
    def _lead_frames(self) -> int:
        return self.lead * self.lead_hold

    @property
    def seconds(self) -> float:
        """Length of the film in seconds."""
        return self.frames / self.frame_rate

    def image_start(self, image: int) -> int:
        """Return the frame, after the lead, at which an image begins; a half is rounded up."""
        images = floor(image * self._frames_per_image + Fraction(1, 2))
        return images + self.endings.frames_before(image)

    def ending_start(self, image: int) -> int:
        """Return the frame at which the ending of an image begins, that of its first picture."""
        return self._lead_frames + self.image_start(image + 1) - self.endings.frames

    def start(self, picture: int) -> int:
        """Return the frame at which a picture begins, both from 0."""
        if picture <= self.lead:
            return picture * self.lead_hold
        image = bisect_right(range(self.images + 1), picture, key=self._first_picture) - 1
        step = picture - self._first_picture(image)
        ending = step - (self.pictures_per_image if image else 1)
        if ending < 0 or image == self.images:
            return self._lead_frames + self.image_start(image) + step
        return self.ending_start(image) + self.endings.start(image, ending)

    def text_start(self, image: int) -> int:
        """Return the frame at which the text of an image appears, halfway through its transition.

        In the first half, the text is that of the image before.
        """
        halfway = (self.pictures_per_image - 1) // 2 if image else 0
        return self._lead_frames + self.image_start(image) + halfway
