"""Renders a film of a training. Public function: render_training."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from mnistviz.config import FilmConfig, PictureConfig, TrainingConfig
from mnistviz.datasets.dataset import Dataset
from mnistviz.drawing.scene import Scene
from mnistviz.drawing.theme import theme_of
from mnistviz.film.checks import check_training_film, warn_of_size
from mnistviz.film.film_formats import training_container
from mnistviz.film.result import TrainingFilm
from mnistviz.formats.beside import captions_path, poster_path
from mnistviz.formats.write import write_film
from mnistviz.model.train import reporting
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
    dataset: Dataset,
    out: Path | str = "training.mp4",
    config: TrainingConfig = TrainingConfig(),
    film: FilmConfig = FilmConfig(),
    picture: PictureConfig = PictureConfig(),
    progress: ProgressCallback = silent,
    hashed: bool = False,
) -> TrainingFilm:
    """Train a softmax regression, and render a film of how its weights grow.

    Parameters
    ----------
    dataset
        What to train and test with.
    out
        As of `render_film`.
    config
        How to train.
    film
        Its frame rate, codec, quality, captions and poster; the rest of it is about images, and
        must be left as it is.
    picture
        Its size and its looks.
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
    check_training_film(out, film, picture)
    layout = arrange(dataset, picture)
    container = training_container(out, film, picture)
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
    notes = words.notes(dataset, reel, film.frame_rate, config.epochs)
    path = Path(out)
    files = notes.beside(path, film, composer.scene(last))
    container = container.accompanied(notes.companions(film.captions))
    drawn = write_film(scenes(), out, container, hashed, files)
    return TrainingFilm(
        path,
        container.timeline.seconds,
        picture.size,
        last.step,
        last.accuracy,
        last.cross_entropy,
        drawn,
        captions_path(path, film),
        poster_path(path, film),
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
