"""Write an explorer. Public functions: explore, check_explorer."""

from dataclasses import dataclass
from pathlib import Path

from mnistviz.config import EXPLORER_IMAGES, FilmConfig, PageConfig
from mnistviz.datasets.dataset import Dataset
from mnistviz.datasets.select import Answers, candidates, select
from mnistviz.errors import OptionError
from mnistviz.explorer.colours import stylesheet
from mnistviz.explorer.facts import images_that_fit, pack
from mnistviz.explorer.page import assemble
from mnistviz.film.assembly import scope_of
from mnistviz.model.train import Model, logits_of, model_for
from mnistviz.output import check_target, replacing
from mnistviz.progress import ProgressCallback, silent

EXPLORER_SUFFIXES = (".html",)


@dataclass(frozen=True)
class Explorer:
    """An explorer that was written.

    Attributes
    ----------
    path
        Its file.
    images
        How many test images it holds.
    """

    path: Path
    images: int


def explore(
    dataset: Dataset,
    model: Model = None,
    out: Path | str = "explorer.html",
    film: FilmConfig = FilmConfig(),
    page: PageConfig = PageConfig(),
    progress: ProgressCallback = silent,
) -> Explorer:
    """Write one HTML file in which people try a model themselves.

    Parameters
    ----------
    dataset
        Where the test images are.
    model
        A model, or the file of one as `read_model` takes it. By default one is trained first.
    out
        File to write, ending in ``.html``.
    film
        Which images the page holds: `count`, `indices`, `classes`, `only`, `order` and
        `order_seed`, and nothing else. By default `config.EXPLORER_IMAGES`, or as many as there
        are, or as keep the page under a megabyte.
    page
        Its looks.
    progress
        Called after each epoch of training.

    Returns
    -------
    Explorer
        What was written.

    Raises
    ------
    MnistvizError
        If something is missing, impossible or damaged; found before training where that can be.
        An older page stays as it was.
    """
    out = Path(out)
    check_explorer(out, film)
    candidates(dataset, film)  # refuses an impossible choice before training
    known = model_for(dataset, model, progress)
    logits = logits_of(known, dataset.test)
    most = min(EXPLORER_IMAGES, images_that_fit(*known.weights.shape))
    chosen = select(dataset, film, Answers.of(logits), most)
    facts = pack(known, logits, dataset, chosen, page, scope_of(dataset, film))
    with replacing(out) as part:
        part.write_text(assemble(facts, stylesheet(page)), encoding="utf-8", newline="\n")
    return Explorer(out, len(chosen))


def check_explorer(out: Path, film: FilmConfig) -> None:
    """Check the arguments of `explore` before there are data; errors as there."""
    names = ("count", "indices", "classes", "only", "order", "order_seed")
    if film != FilmConfig(**{name: getattr(film, name) for name in names}):
        raise OptionError(f"an explorer is no film: give {', '.join(names)} alone")
    check_target(out, EXPLORER_SUFFIXES)
