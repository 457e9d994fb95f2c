"""The stories, each to be read from top to bottom."""

from collections.abc import Iterator
from pathlib import Path

from mnistviz.config import FilmConfig, PictureConfig
from mnistviz.datasets.dataset import Dataset, OwnImages
from mnistviz.datasets.select import Answers, candidates, most_shown, select
from mnistviz.drawing.matplotlib_renderer import text_width
from mnistviz.drawing.scene import Scene
from mnistviz.film.assembly import composer_for, layout_for, scope_of
from mnistviz.film.checks import check_film, check_still, warn_of_size
from mnistviz.film.choice import Choice, choose_for_still, own_images, reel_of
from mnistviz.film.film_formats import container_for
from mnistviz.film.moments import OwnReel, Reel
from mnistviz.film.notes import film_notes
from mnistviz.film.opening import Opening
from mnistviz.film.result import Film, Prediction
from mnistviz.film.shown import shown_in
from mnistviz.film.still import Still
from mnistviz.formats.beside import captions_path, poster_path
from mnistviz.formats.write import write_film
from mnistviz.frame.composer import Composer
from mnistviz.model.train import Model, logits_of, model_for
from mnistviz.progress import Progress, ProgressCallback, silent


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
        File to write, ending in ``.mp4``, ``.webm``, ``.gif`` or ``.webp``; a new folder of PNGs,
        as a text that ends in a slash; or ``-``, a Y4M stream on stdout.
    film
        Which images, and for how long.
    picture
        Its size and its looks.
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
    check_film(out, film, picture)
    own = own_images(dataset, film, images)
    scope = "" if own else scope_of(dataset, film)
    layout = layout_for(dataset, picture, scope)
    most = len(own or candidates(dataset, film)[: most_shown(film)])
    warn_of_size(out, container_for(out, film, picture, most))
    shown = model_for(dataset, model, progress)
    logits = logits_of(shown, dataset.test)
    answers = Answers.of(logits)
    choice = own or select(dataset, film, answers)
    container = container_for(out, film, picture, len(choice))
    composer = composer_for(shown, logits, dataset, layout, picture, scope)
    steps = container.timeline.pictures_per_image
    reel = reel_of(choice, dataset, answers.predicted, layout, steps)

    timeline = container.timeline
    opening = Opening(composer, reel.image(0), film.intro, timeline.lead, text_width)
    sentences = [text.text for text in opening.texts()]
    told = shown_in(choice, dataset, shown, answers)
    notes = film_notes(composer, dataset, told, timeline, film, sentences)

    def scenes() -> Iterator[Scene]:
        yield from opening
        for moment in reel:
            yield composer.scene(moment)
            progress(Progress("rendering", moment.shown, len(choice)))

    path = Path(out)
    files = notes.beside(path, film, composer.scene(reel.image(0)))
    container = container.accompanied(notes.companions(film.captions))
    drawn = write_film(scenes(), out, container, hashed, files)
    last = reel.image(len(choice) - 1)
    return Film(
        path,
        timeline.seconds,
        picture.size,
        last.shown,
        None if isinstance(choice, OwnImages) else last.right,
        drawn,
        _predictions(composer, choice, reel),
        captions_path(path, film),
        poster_path(path, film),
    )


def draw_still(
    dataset: Dataset,
    index: int | Path | str,
    out: Path | str | None = None,
    model: Model = None,
    picture: PictureConfig = PictureConfig(),
    progress: ProgressCallback = silent,
) -> Still:
    """Draw one test image, as a film of all of them in the file's order shows it, or one's own.

    Parameters
    ----------
    dataset
        Where the image is.
    index
        Its place in the test split, from 0; or the file of a picture of one's own.
    out
        File to write, ending in ``.png``, ``.svg`` or ``.pdf``. By default none is.
    model
        A model, or the file of one as `read_model` takes it. By default one is trained first.
    picture
        Its size and its looks.
    progress
        Called after each epoch of training.

    Returns
    -------
    Still
        The picture, which a notebook shows, and what the image is taken for.

    Raises
    ------
    MnistvizError
        As `render_film`.
    """
    check_still(out, picture)
    layout = layout_for(dataset, picture)
    choice, place = choose_for_still(dataset, index)
    shown = model_for(dataset, model, progress)
    logits = logits_of(shown, dataset.test)
    composer = composer_for(shown, logits, dataset, layout, picture)
    moment = reel_of(choice, dataset, logits.argmax(axis=1), layout).image(place)
    name = choice.names[0] if isinstance(choice, OwnImages) else f"{dataset.noun} {index}"
    still = Still(Prediction(name, *composer.answer(moment)), composer.scene(moment))
    if out is not None:
        still.save(out)
    return still


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
