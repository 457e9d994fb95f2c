"""Renders a film of a training. Public function: render_training."""

import math
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from mnistviz.arguments import checked
from mnistviz.config import Encoding, PictureConfig, Timing, Wording, Workers
from mnistviz.datasets.aside import with_validation
from mnistviz.datasets.load import Data, check_unread, loaded
from mnistviz.drawing.find_fonts import drawn_language
from mnistviz.errors import OptionError
from mnistviz.formats.choose import check_film, format_of, rates_of, warn_of_size
from mnistviz.formats.limit import within
from mnistviz.formats.timeline import Timeline
from mnistviz.formats.write import write_film
from mnistviz.formats.written_film import WrittenFilm
from mnistviz.frame.fit import check_picture
from mnistviz.frame.scales import typical_ink
from mnistviz.language.typefaces import Fonts
from mnistviz.model.training_config import TrainingConfig
from mnistviz.model.watch import MOST_SNAPSHOTS, watch_training
from mnistviz.progress import ProgressCallback, silent
from mnistviz.training import words
from mnistviz.training.arrange import arrange
from mnistviz.training.captions import notes_of
from mnistviz.training.composer import TrainingComposer
from mnistviz.training.layout import TrainingLayout
from mnistviz.training.moments import reel_of
from mnistviz.training.reel import TrainingReel

SECONDS, HELD = 12, 1 / 6  # length of a film, and share of it in which the trained model stays
LEAST_PICTURES = 3  # no weights, the trained model, and that once more
SNAPSHOTS = 30  # a second


@dataclass(frozen=True, kw_only=True)
class TrainingFilm(WrittenFilm):
    """A training film that was written. As the last value of a notebook's cell it is shown.

    Attributes
    ----------
    path, seconds, size, drawn_sha256, captions, poster
        As of `WrittenFilm`.
    steps
        Of the training.
    accuracy, cross_entropy
        Of the trained model on the test images, or the validation images if there are any: a share
        of 1, and the mean in nats.
    """

    steps: int
    accuracy: float
    cross_entropy: float


@checked
def render_training(
    data: Data,
    out: Path | str = "training.mp4",
    config: TrainingConfig = TrainingConfig(),
    encoding: Encoding = Encoding(),
    picture: PictureConfig = PictureConfig(),
    progress: ProgressCallback = silent,
    hashed: bool = False,
    workers: Workers = Workers(),
    timing: Timing = Timing(),
    wording: Wording = Wording(),
) -> TrainingFilm:
    """Train a softmax regression, and render a film of how its weights grow.

    Parameters
    ----------
    data
        What to train and test with: a data set, or the name or folder of one as `load` takes it.
    out
        As of `render`.
    config
        How to train. With a validation share, the charts are of validation images in place of test
        images.
    encoding
        How the film is written.
    picture
        What it looks like; the palette must be left as it is.
    progress
        Called after each epoch of training, each model measured, and each picture.
    hashed
        Whether to hash what is drawn.
    workers
        Who draws and encodes. Default: this process alone.
    timing
        How long the film is, by its ``duration`` alone: at least three pictures, and 12 seconds by
        default. In the last sixth the trained model stays.
    wording
        The language of all that a viewer sees, and its letters.

    Returns
    -------
    TrainingFilm
        What was written.

    Raises
    ------
    MnistvizError
        If something is missing, impossible or damaged; found before training and drawing where
        that can be. An older film stays as it was.
    """
    check_unread(out, data, wording)
    language = drawn_language(wording)
    timeline = _timeline(out, encoding, timing)
    _check(out, timeline, encoding, picture, workers, language.fonts)
    dataset = with_validation(loaded(data, progress), config.validation_share, config.seed)

    @cache
    def fitted(size: tuple[int, int]) -> TrainingLayout:
        return arrange(dataset, config, replace(picture, size=size), language)

    fitted(picture.size)
    warn_of_size(out, format_of(out, picture.size, timeline, encoding))
    held = max(1, round(HELD * timeline.pictures))
    growing = timeline.pictures - held
    moments = watch_training(dataset, config, progress, _snapshots(growing, timeline))
    shown, last = reel_of(moments, growing, held), moments[-1]
    footer = words.footer(language, dataset, config)
    ink = typical_ink(dataset.train) if picture.is_effect else None

    def make(size: tuple[int, int], _: int) -> WrittenFilm:
        composer = TrainingComposer.of(
            moments, config, footer, fitted(size), picture, ink, language
        )
        return write_film(
            TrainingReel(composer, shown, timeline),
            out,
            size,
            timeline,
            encoding,
            notes_of(language, dataset, shown, timeline.frame_rate, config, picture.title),
            poster=replace(composer).scene(last),
            workers=workers,
            hashed=hashed,
            progress=progress,
        )

    written = within(encoding.max_size, picture.size, 1, fitted, make)  # it cannot be shorter
    return TrainingFilm(
        **vars(written),
        steps=last.step,
        accuracy=last.unseen.accuracy,
        cross_entropy=last.unseen.cross_entropy,
    )


def _timeline(out: Path | str, encoding: Encoding, timing: Timing) -> Timeline:
    """Return the timeline of a training film, which moves all the time."""
    if timing != Timing(duration=timing.duration):
        raise OptionError("a training film has no images to time: give its duration alone")
    seconds = SECONDS if timing.duration is None else timing.duration
    rate, moving = rates_of(out, encoding.frame_rate)
    if not LEAST_PICTURES <= seconds * moving < math.inf:
        raise OptionError(
            f"a training film must have a duration of at least {LEAST_PICTURES / moving:.2g} s, "
            f"{LEAST_PICTURES} pictures (got {seconds:g} s)"
        )
    return Timeline(round(seconds * moving), 1 / moving, rate)


def _snapshots(growing: int, timeline: Timeline) -> int:
    """Return how many moments are to be told apart: 30 a second in a long film."""
    seconds = growing / timeline.pictures * timeline.seconds
    return max(MOST_SNAPSHOTS, min(growing, round(SNAPSHOTS * seconds)))


def _check(
    out: Path | str,
    timeline: Timeline,
    encoding: Encoding,
    picture: PictureConfig,
    workers: Workers,
    fonts: Fonts,
) -> None:
    """Check what can be checked before the data are loaded; errors as `render_training`."""
    if picture.palette != PictureConfig.palette:
        raise OptionError(
            "a training film has no palette: it shows no predictions; leave the palette as it is"
        )
    check_picture(picture, fonts)
    check_film(out, picture.size, timeline, encoding, workers)
