"""The story of an evaluation, to be read from top to bottom."""

from pathlib import Path

from mnistviz.datasets.load import Data, loaded
from mnistviz.model.evaluation import Evaluation
from mnistviz.model.train import Model, logits_of, model_for, read_if_file
from mnistviz.output import check_target, replacing
from mnistviz.progress import ProgressCallback, silent
from mnistviz.report.write import write_report

REPORT_SUFFIXES = (".pdf", ".png", ".html")


def evaluate(
    data: Data,
    model: Model = None,
    out: Path | str | None = None,
    progress: ProgressCallback = silent,
) -> Evaluation:
    """Evaluate a model on a data set's test images.

    Parameters
    ----------
    data
        Where the test images are: a data set, or the name or folder of one as `load` takes it.
    model
        A model, or the file of one as `read_model` takes it. By default one is trained first.
    out
        Report to write, ending in ``.pdf``, ``.png`` or ``.html``; none by default.
    progress
        Called after each epoch of training.

    Returns
    -------
    Evaluation
        Accuracy, confusion, calibration and mistakes.

    Raises
    ------
    MnistvizError
        If something is missing, impossible or damaged; found before training where that can be.
        An older report stays as it was.
    """
    suffix = check_target(Path(out), REPORT_SUFFIXES) if out is not None else ""
    known = read_if_file(model)
    dataset = loaded(data, progress)
    network, test = model_for(dataset, known, progress), dataset.test
    evaluation = Evaluation.of(
        logits_of(network, test.images), test.labels, dataset.classes, dataset.name, dataset.noun
    )
    if out is not None:
        with replacing(Path(out)) as part:
            write_report(part, suffix, network, test, evaluation)
    return evaluation
