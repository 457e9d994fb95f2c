"""The story of the training film, to be read from top to bottom."""

from collections.abc import Iterator
from pathlib import Path

from mnistviz.config import FilmConfig, PictureConfig, TrainingConfig
from mnistviz.datasets.dataset import Dataset
from mnistviz.drawing.matplotlib_renderer import can_draw, text_width
from mnistviz.drawing.scene import Scene
from mnistviz.drawing.text import names_for
from mnistviz.drawing.theme import theme_of
from mnistviz.film.checks import check_training_film, format_for, training_timeline
from mnistviz.film.result import TrainingFilm
from mnistviz.formats.choose import warn_of_size
from mnistviz.formats.notes import companion_paths
from mnistviz.formats.write import write_film
from mnistviz.model.train import reporting
from mnistviz.progress import Progress, ProgressCallback, silent
from mnistviz.training_film import words as training_wording
from mnistviz.training_film.arrange import arrange_training
from mnistviz.training_film.captions import training_notes
from mnistviz.training_film.composer import TrainingComposer
from mnistviz.training_film.layout import TrainingLayout
from mnistviz.training_film.moments import GROWING, HELD, TrainingMoment, TrainingReel
from mnistviz.training_film.snapshots import measured, watch_training


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
    layout = _layout(dataset, picture)
    timeline = training_timeline(out, film)
    warn_of_size(out, format_for(out, film, picture, timeline))
    moments = _moments(dataset, config, progress)
    footer = training_wording.footer(len(dataset.test), dataset.noun)
    composer = TrainingComposer(
        moments, config.epochs, footer, layout, theme_of(picture), text_width
    )
    pictures = timeline.pictures
    reel = TrainingReel(moments, pictures // (GROWING + HELD))

    def scenes() -> Iterator[Scene]:
        scene, shown = None, None
        for done, moment in enumerate(reel, 1):
            if scene is None or moment is not shown:  # a step that stays on is composed once
                scene, shown = composer.scene(moment), moment
            yield scene
            progress(Progress("rendering", done, pictures))

    last = moments[-1]
    notes = training_notes(dataset, list(reel), film.frame_rate, config.epochs)
    path = Path(out)
    captions, poster = companion_paths(path, film.captions, film.poster)
    files = notes.companion_files(captions, poster, composer.scene(last))
    embedded = notes.webvtt() if film.captions else ""
    film_format = format_for(out, film, picture, timeline, embedded, notes.ffmetadata())
    drawn = write_film(scenes(), out, film_format, hashed, files)
    return TrainingFilm(
        path=path,
        seconds=timeline.seconds,
        size=picture.size,
        steps=last.step,
        accuracy=last.accuracy,
        cross_entropy=last.cross_entropy,
        drawn_sha256=drawn,
        captions=captions,
        poster=poster,
    )


def _layout(dataset: Dataset, picture: PictureConfig) -> TrainingLayout:
    test = dataset.test
    names = names_for(dataset.classes, picture.size[0], text_width, can_draw)
    weights = test.images[0].size
    texts = training_wording.widest_texts(names, weights, len(test), dataset.noun)
    in_colour = picture.weights != "gray"
    return arrange_training(picture.size, test.image_size, texts, text_width, in_colour)


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
