"""Renders a film of a training. Public function: render_training."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from mnistviz.arguments import checked
from mnistviz.config import Encoding, PictureConfig, Workers
from mnistviz.datasets.dataset import Dataset
from mnistviz.datasets.load import Data, files_of, loaded
from mnistviz.drawing.theme import theme_of
from mnistviz.errors import OptionError
from mnistviz.formats.choose import check_film, format_of, rates_of, warn_of_size
from mnistviz.formats.limit import within
from mnistviz.formats.timeline import Timeline
from mnistviz.formats.write import write_film
from mnistviz.formats.written_film import WrittenFilm
from mnistviz.frame.fit import check_size
from mnistviz.model.train import reporting
from mnistviz.model.training_config import TrainingConfig
from mnistviz.output import check_apart
from mnistviz.progress import Progress, ProgressCallback, silent
from mnistviz.training_film import words
from mnistviz.training_film.arrange import arrange
from mnistviz.training_film.composer import TrainingComposer
from mnistviz.training_film.layout import TrainingLayout
from mnistviz.training_film.moments import (
    GROWING,
    HELD,
    TrainingMoment,
    measured,
    reel_of,
    watch_training,
)
from mnistviz.training_film.reel import TrainingReel


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
        Of the trained model on the test split: a share of 1, and the mean in nats.
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
) -> TrainingFilm:
    """Train a softmax regression, and render a film of how its weights grow.

    Parameters
    ----------
    data
        What to train and test with: a data set, or the name or folder of one as `load` takes it.
    out
        As of `render`.
    config
        How to train.
    encoding
        How the film is written.
    picture
        Its size, theme, weights and contrast; palette and title must be left as they are.
    progress
        Called after each epoch of training, each model measured, and each picture.
    hashed
        Whether to hash what is drawn.
    workers
        Who draws and encodes. Default: this process alone.

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
    timeline = _timeline(out, encoding)
    _check(out, timeline, encoding, picture, workers)
    check_apart(out, *files_of(data, out))
    dataset = loaded(data, progress)

    @cache
    def fitted(size: tuple[int, int]) -> TrainingLayout:
        return arrange(dataset, replace(picture, size=size))

    fitted(picture.size)
    warn_of_size(out, format_of(out, picture.size, timeline, encoding))
    moments = _moments(dataset, config, progress)
    footer = words.footer(len(dataset.test), dataset.noun)
    shown = reel_of(moments, timeline.pictures // (GROWING + HELD))
    last, theme = moments[-1], theme_of(picture)

    def make(size: tuple[int, int], _: int) -> WrittenFilm:
        composer = TrainingComposer.of(moments, config.epochs, footer, fitted(size), theme)
        return write_film(
            TrainingReel(composer, shown, timeline),
            out,
            size,
            timeline,
            encoding,
            words.notes(dataset, shown, timeline.frame_rate, config.epochs),
            poster=replace(composer).scene(last),
            workers=workers,
            hashed=hashed,
            progress=progress,
        )

    written = within(encoding.max_size, picture.size, 1, fitted, make)  # it cannot be shorter
    return TrainingFilm(
        **vars(written),
        steps=last.step,
        accuracy=last.accuracy,
        cross_entropy=last.cross_entropy,
    )


def _timeline(out: Path | str, encoding: Encoding) -> Timeline:
    """Return the timeline of a training film, which moves all the time."""
    rate, moving = rates_of(out, encoding.frame_rate)
    return Timeline((GROWING + HELD) * moving, 1 / moving, rate)


def _check(
    out: Path | str,
    timeline: Timeline,
    encoding: Encoding,
    picture: PictureConfig,
    workers: Workers,
) -> None:
    """Check what can be checked before the data are loaded; errors as `render_training`."""
    if picture != PictureConfig(
        picture.size, picture.theme, weights=picture.weights, contrast=picture.contrast
    ):
        raise OptionError(
            "a training film has no palette and no title: give its size, theme, weights and "
            "contrast alone"
        )
    check_size(picture.size)
    check_film(out, picture.size, timeline, encoding, workers)


def _moments(
    dataset: Dataset, config: TrainingConfig, progress: ProgressCallback
) -> tuple[TrainingMoment, ...]:
    """Train, and return what there is to show."""
    models = watch_training(dataset, config, reporting(progress))
    moments = []
    for moment in measured(models, dataset.test):
        moments.append(moment)
        progress(Progress("measuring", len(moments), len(models)))
    return tuple(moments)
