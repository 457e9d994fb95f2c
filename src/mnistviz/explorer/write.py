"""Write an explorer."""

from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

from mnistviz.arguments import checked
from mnistviz.config import ALL, PageConfig, Selection, Wording
from mnistviz.datasets.load import Data, check_unread, loaded
from mnistviz.datasets.select import candidates
from mnistviz.errors import OptionError, reason
from mnistviz.explorer.choose import chosen_for, kept_small
from mnistviz.explorer.colours import stylesheet
from mnistviz.explorer.command import command_of
from mnistviz.explorer.facts import pack
from mnistviz.explorer.page import assemble
from mnistviz.explorer.versions import pack_versions, with_versions
from mnistviz.formats.framed import framed
from mnistviz.frame.frame_words import scope_of
from mnistviz.frame.scales import drawn_weights
from mnistviz.language.language import language_of
from mnistviz.model.train import Model, files_of, is_imported, logits_of, read_if_file
from mnistviz.output import check_target, replacing
from mnistviz.progress import ProgressCallback, silent

EXPLORER_SUFFIXES = (".html",)
FRAME = 900  # pixels: height of a page in a notebook


@dataclass(frozen=True)
class Explorer:
    """An explorer that was written. As the last value of a notebook's cell it is shown.

    Attributes
    ----------
    path
        Its file.
    images
        How many test images it holds.
    """

    path: Path
    images: int

    def _repr_html_(self) -> str:
        """Return the page in a frame of a notebook's page; a line of text if the file is gone."""
        try:
            page = self.path.read_text(encoding="utf-8")
        except (OSError, UnicodeError) as error:
            return f"<p>{escape(f'{self.path}: {reason(error)}')}</p>"
        return framed(page, self.path.name, FRAME)


@checked
def explore(
    data: Data,
    model: Model = None,
    out: Path | str = "explorer.html",
    selection: Selection = Selection(),
    page: PageConfig = PageConfig(),
    wording: Wording = Wording(),
    progress: ProgressCallback = silent,
) -> Explorer:
    """Write one HTML file in which people try a model themselves.

    Parameters
    ----------
    data
        Where the test images are: a data set, or the name or folder of one as `load` takes it.
    model
        A model, or the file of one as `read_model` takes it. By default one is trained first.
    out
        File to write, ending in ``.html``.
    selection
        Which images the page holds. By default `config.EXPLORER_IMAGES` and all mistakes that
        are not among them, or as many as keep the page under a megabyte. A count of `config.ALL`
        is all that there are.
    page
        Its looks, and whether it has sliders.
    wording
        Its language. The reader's browser has the letters: a `font` is refused.
    progress
        Called after each epoch of training, also of the trainings for the sliders.

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
    check_target(out, EXPLORER_SUFFIXES)
    check_unread(out, data, wording, *files_of(model))
    if wording.font:
        raise OptionError(
            f"a page has the letters of a reader's browser: leave out the font {wording.font!r:.80}"
        )
    language = language_of(wording)
    known = read_if_file(model)
    dataset = loaded(data, progress)
    uncounted = selection if selection.count != ALL else replace(selection, count=None)
    candidates(dataset, uncounted)  # what cannot be selected is refused before training
    shown, versions = with_versions(dataset, known, page.sliders, progress)
    logits = logits_of(shown, dataset.test.images)
    predicted, sure = logits.argmax(axis=1), shown.kind.confidence(logits)
    chosen = chosen_for(dataset, selection, predicted, sure)
    drawn = drawn_weights(shown.weights, dataset.train, page.is_effect, is_imported(known))
    scope = scope_of(language, dataset, selection)
    accuracy = float((predicted == dataset.test.labels).mean())
    others = pack_versions(versions, dataset, accuracy, page.is_effect) if versions else None
    command = command_of(data, model, dataset, page, wording)

    def page_of(count: int) -> str:
        facts = pack(shown, drawn, logits, dataset, chosen[:count], page, scope, language, others)
        return assemble(facts | {"command": command}, stylesheet(page), language)

    asked = selection.count is not None or selection.indices is not None
    content, count = (
        (page_of(len(chosen)), len(chosen)) if asked else kept_small(page_of, len(chosen))
    )
    with replacing(out) as part:
        part.write_text(content, encoding="utf-8", newline="\n")
    return Explorer(out, count)
