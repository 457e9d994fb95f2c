"""Renders a film of a training. Public function: render_training."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from mnistviz.config import Encoding, PictureConfig
from mnistviz.datasets.dataset import Dataset
from mnistviz.datasets.load import Data, loaded
from mnistviz.drawing.scene import Scene
from mnistviz.drawing.theme import theme_of
from mnistviz.errors import OptionError
from mnistviz.film.film_formats import (
    check_ffmpeg,
    check_film_target,
    training_format,
    warn_of_size,
)
from mnistviz.film.result import TrainingFilm
from mnistviz.formats.beside import captions_path, check_beside, poster_path
from mnistviz.formats.write import write_film
from mnistviz.frame.fit import check_size
from mnistviz.model.train import reporting
from mnistviz.model.training_config import TrainingConfig
from mnistviz.progress import Progress, ProgressCallback, silent
from mnistviz.training_film import words
from mnistviz.training_film.arrange import arrange
from mnistviz.training_film.composer import TrainingComposer
from mnistviz.training_film.moments import (
    GROWING,
    HELD,
    TrainingMoment,
    measured,
    reel_of,
    watch_training,
)


def render_training(
    data: Data,
    out: Path | str = "training.mp4",
    config: TrainingConfig = TrainingConfig(),
    encoding: Encoding = Encoding(),
    picture: PictureConfig = PictureConfig(),
    progress: ProgressCallback = silent,
    hashed: bool = False,
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
        Its size, theme and weights; bars, palette and title must be left as they are.
    progress
        Called after each epoch of training, each model measured, and each picture.
    hashed
        Whether to hash what is drawn.

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
    _check(out, encoding, picture)
    dataset = loaded(data, progress)
    layout = arrange(dataset, picture)
    container = training_format(out, GROWING + HELD, encoding, picture)
    warn_of_size(out, container)
    moments = _moments(dataset, config, progress)
    footer = words.footer(len(dataset.test), dataset.noun)
    composer = TrainingComposer(moments, config.epochs, footer, layout, theme_of(picture))
    pictures = container.timeline.pictures
    reel = reel_of(moments, pictures // (GROWING + HELD))
    compose = lru_cache(1)(composer.scene)  # a step that stays on is composed once

    def scenes() -> Iterator[Scene]:
        for done, moment in enumerate(reel, 1):
            yield compose(moment)
            progress(Progress("rendering", done, pictures))

    last = moments[-1]
    notes = words.notes(dataset, reel, encoding.frame_rate, config.epochs)
    path = Path(out)
    files = notes.beside(path, encoding, composer.scene(last))
    container = container.accompanied(notes.companions(encoding.captions))
    drawn = write_film(scenes(), out, container, hashed, files)
    return TrainingFilm(
        path,
        container.timeline.seconds,
        picture.size,
        last.step,
        last.accuracy,
        last.cross_entropy,
        drawn,
        captions_path(path, encoding),
        poster_path(path, encoding),
    )


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


def _check(out: Path | str, encoding: Encoding, picture: PictureConfig) -> None:
    """Find what stands against the film before the data are loaded; errors as `render_training`."""
    if picture != PictureConfig(picture.size, picture.theme, weights=picture.weights):
        raise OptionError(
            "a training film has neither bars nor a title: give its size, theme and weights alone"
        )
    check_film_target(out)
    check_beside(Path(out), encoding)
    check_size(picture.size)
    check_ffmpeg(training_format(out, GROWING + HELD, encoding, picture), encoding)
