"""The stories, each to be read from top to bottom."""

import hashlib
from dataclasses import asdict
from pathlib import Path

import imageio.v3 as imageio
import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from mnistviz import __version__, wording
from mnistviz.arrange import arrange
from mnistviz.checks import MODEL_SUFFIXES, STILL_SUFFIXES, check_film, container_for
from mnistviz.choice import Choice, choose_for_film, choose_for_still, reel_of
from mnistviz.compose import Composer
from mnistviz.config import FilmConfig, PictureConfig, TrainingConfig
from mnistviz.containers import Gif
from mnistviz.conversion import check_folder, write_idx_folder
from mnistviz.dataset import Dataset, OwnImages, Split
from mnistviz.layout import Layout
from mnistviz.linear_weights import LinearWeights
from mnistviz.loading import load_dataset
from mnistviz.model import SoftmaxRegression, as_pixels
from mnistviz.model_file import TrainedModel
from mnistviz.model_reading import read_model
from mnistviz.naming import names_for
from mnistviz.output import check_target, replacing
from mnistviz.painter import Painter
from mnistviz.progress import Progress, ProgressCallback, silent
from mnistviz.reel import OwnReel, Reel
from mnistviz.results import Film, Prediction
from mnistviz.scales import Scales
from mnistviz.stage import can_draw, rasterise, save_vector, text_width
from mnistviz.theme import THEMES, Theme
from mnistviz.training import fit
from mnistviz.video import VideoWriter

Model = SoftmaxRegression | TrainedModel | LinearWeights | Path | str | None


def train_model(
    dataset: Dataset,
    out: Path | str | None = None,
    config: TrainingConfig = TrainingConfig(),
    progress: ProgressCallback = silent,
) -> TrainedModel:
    """Train a softmax regression.

    Parameters
    ----------
    dataset
        What to train and test with.
    out
        Model file to write, ending in ``.npz``; none by default.
    config
        How to train.
    progress
        Called after each epoch.

    Returns
    -------
    TrainedModel
        The model; its ``training`` tells how it was trained and its accuracy on the test split.

    Raises
    ------
    MnistvizError
        If the file cannot be written or the training fails. An older file stays as it was.
    """
    if out is not None:
        check_target(Path(out), MODEL_SUFFIXES)

    def report(epoch: int, epochs: int, cross_entropy: float, accuracy: float) -> None:
        note = f"cross-entropy {cross_entropy:.3f}, accuracy {wording.percent(accuracy)}"
        progress(Progress("training", epoch, epochs, note))

    model, _ = fit(dataset.train, len(dataset.classes), config, report)
    hits = _logits(model, dataset.test).argmax(axis=1) == dataset.test.labels
    how = asdict(config) | {
        "dataset": dataset.name,
        "mnistviz": __version__,
        "test_accuracy": float(hits.mean()),
    }
    trained = TrainedModel(model, dataset.classes, dataset.test.image_size, how)
    if out is not None:
        with replacing(Path(out)) as part, part.open("wb") as file:
            trained.write(file)
    return trained


def render_film(
    dataset: Dataset,
    model: Model = None,
    out: Path | str = "video.mp4",
    film: FilmConfig = FilmConfig(),
    picture: PictureConfig = PictureConfig(),
    progress: ProgressCallback = silent,
    hashed: bool = False,
    images: Path | str | None = None,
) -> Film:
    """Render a film of a model at work on test images, or on one's own.

    Parameters
    ----------
    dataset
        Where the images are.
    model
        A model, or the file of one as `read_model` takes it. By default one is trained first.
    out
        File to write, ending in ``.mp4`` or ``.gif``.
    film
        Which images, and for how long.
    picture
        Size and theme.
    progress
        Called after each epoch of training and each picture.
    hashed
        Whether to hash what is drawn.
    images
        Folder of pictures, dark on light or light on dark, to show in place of the test images.

    Returns
    -------
    Film
        What was written.

    Raises
    ------
    MnistvizError
        If something is missing, impossible or damaged; found before training and drawing where
        that can be. An older film stays as it was.
    """
    out = Path(out)
    check_film(out, film, picture)
    layout = _layout(dataset, picture)
    choice = choose_for_film(dataset, film, images)
    container = container_for(out, film, picture, len(choice))
    shown = _model(dataset, model, progress)
    composer, predicted = _composer(shown, dataset, layout, THEMES[picture.theme])
    reel = reel_of(choice, dataset, predicted, layout, container.timeline.pictures_per_image)
    draw = rasterise if isinstance(container, Gif) else Painter(composer.scene(reel.image(0))).paint
    drawn = hashlib.sha256() if hashed else None
    with replacing(out) as part, VideoWriter(part, container) as writer:
        for moment in reel:
            drawing = draw(composer.scene(moment))
            writer.write(drawing)
            if drawn:
                drawn.update(drawing.data)
            progress(Progress("rendering", moment.shown, len(choice)))
    return Film(
        out,
        container.timeline.seconds,
        picture.size,
        moment.shown,
        None if isinstance(choice, OwnImages) else moment.right,
        drawn.hexdigest() if drawn else None,
        _predictions(composer, choice, reel),
    )


def draw_still(
    dataset: Dataset,
    index: int | Path | str,
    out: Path | str,
    model: Model = None,
    picture: PictureConfig = PictureConfig(),
    progress: ProgressCallback = silent,
) -> Prediction:
    """Draw one test image, as a film of all of them in the file's order shows it, or one's own.

    Parameters
    ----------
    dataset
        Where the image is.
    index
        Its place in the test split, from 0; or the file of a picture of one's own.
    out
        File to write, ending in ``.png``, ``.svg`` or ``.pdf``.
    model
        A model, or the file of one as `read_model` takes it. By default one is trained first.
    picture
        Size and theme.
    progress
        Called after each epoch of training.

    Returns
    -------
    Prediction
        What the image is taken for.

    Raises
    ------
    MnistvizError
        As `render_film`.
    """
    out = Path(out)
    suffix = check_target(out, STILL_SUFFIXES)
    layout = _layout(dataset, picture)
    choice, place = choose_for_still(dataset, index)
    theme = THEMES[picture.theme]
    composer, predicted = _composer(_model(dataset, model, progress), dataset, layout, theme)
    moment = reel_of(choice, dataset, predicted, layout).image(place)
    scene = composer.scene(moment)
    with replacing(out) as part, part.open("wb") as file:
        if suffix == ".png":
            imageio.imwrite(file, rasterise(scene), extension=suffix)
        else:
            save_vector(scene, file, suffix.removeprefix("."))
    name = choice.names[0] if isinstance(choice, OwnImages) else f"{dataset.noun} {index}"
    return Prediction(name, *composer.answer(moment))


def _predictions(
    composer: Composer, choice: Choice, reel: Reel | OwnReel
) -> tuple[Prediction, ...]:
    """Return what each of one's own images is taken for."""
    if not isinstance(choice, OwnImages):
        return ()
    return tuple(
        Prediction(name, *composer.answer(reel.image(place)))
        for place, name in enumerate(choice.names)
    )


def convert_folder(folder: Path | str, out: Path | str) -> Dataset:
    """Write a folder of pictures, or any other own set, as IDX files and ``classes.txt``.

    Parameters
    ----------
    folder
        As `load_dataset` takes it.
    out
        A new or empty folder to write.

    Returns
    -------
    Dataset
        What was written.

    Raises
    ------
    MnistvizError
        If the set is damaged or the folder cannot be written; then nothing is.
    """
    check_folder(Path(out))
    data = load_dataset(folder)
    write_idx_folder(data, Path(out))
    return data


def _layout(dataset: Dataset, picture: PictureConfig) -> Layout:
    """Return the layout, which is that of every model of these data."""
    images, pixels = len(dataset.test), dataset.test.images[0].size
    footer = wording.footer(pixels, 1, images, dataset.noun)
    names = _names(dataset, picture.size)
    widest = wording.widest(names, dataset.noun, images, footer, text_width)
    return arrange(picture.size, dataset.test.image_size, widest, text_width)


def _names(dataset: Dataset, size: tuple[int, int]) -> tuple[str, ...]:
    return names_for(dataset.classes, size[0], text_width, can_draw)


def _model(dataset: Dataset, model: Model, progress: ProgressCallback) -> SoftmaxRegression:
    """Return the model to show: trained now, read, or as given; it must fit the data."""
    if model is None:
        return train_model(dataset, progress=progress).model
    if isinstance(model, SoftmaxRegression):
        model = LinearWeights("weights", model.weights, model.bias)
    known = read_model(model) if isinstance(model, (Path, str)) else model
    return known.fitted(dataset.classes, dataset.test.image_size)


def _composer(
    model: SoftmaxRegression, dataset: Dataset, layout: Layout, theme: Theme
) -> tuple[Composer, NDArray[np.intp]]:
    """Return what composes the frames, and the predicted classes of the test split."""
    test = dataset.test
    logits = _logits(model, test)
    predicted = logits.argmax(axis=1)
    accuracy = float((predicted == test.labels).mean())
    footer = wording.footer(len(model.weights), accuracy, len(test), dataset.noun)
    scales = Scales.of(model, logits)
    names = _names(dataset, layout.size)
    composer = Composer(model, scales, names, dataset.noun, len(test), footer, layout, theme)
    return composer, predicted


def _logits(model: SoftmaxRegression, split: Split) -> NDArray[np.float32]:
    """Return the logits of a whole split, (n, classes)."""
    # With several threads BLAS adds in another order, and starves where cores are busy.
    with threadpool_limits(1, "blas"):
        return model.logits(as_pixels(split.images))
