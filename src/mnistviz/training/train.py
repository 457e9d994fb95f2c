"""Train a model, write it, and log its training. Public function: train."""

from dataclasses import asdict
from pathlib import Path

from mnistviz._version import __version__
from mnistviz.arguments import checked
from mnistviz.config import Wording
from mnistviz.datasets.aside import with_validation
from mnistviz.datasets.load import Data, check_unread, loaded
from mnistviz.drawing.find_fonts import drawn_language
from mnistviz.errors import OptionError
from mnistviz.language.language import Language
from mnistviz.model.fit import fit
from mnistviz.model.saved import TrainedModel
from mnistviz.model.train import reporting
from mnistviz.model.training_config import TrainingConfig
from mnistviz.model.watch import scores, watch_training
from mnistviz.output import check_apart, check_target, replacing
from mnistviz.progress import ProgressCallback, silent
from mnistviz.training.log import LOG_SUFFIXES, is_drawn, log_of

MODEL_SUFFIXES = (".npz",)


@checked
def train(
    data: Data,
    out: Path | str | None = None,
    config: TrainingConfig = TrainingConfig(),
    progress: ProgressCallback = silent,
    log: Path | str | None = None,
    wording: Wording = Wording(),
) -> TrainedModel:
    """Train a softmax regression.

    Parameters
    ----------
    data
        What to train and test with: a data set, or the name or folder of one as `load` takes it.
    out
        Model file to write, ending in ``.npz``; none by default.
    config
        How to train.
    progress
        Called after each epoch, and for a log after each model measured.
    log
        File to write with accuracy and cross-entropy after at most 300 of the steps, on training
        and test images, or validation images if there are any: a table that ends in ``.csv``, or
        curves in ``.png`` or ``.svg``; none by default. Of the training images as many are measured
        as there are test images, and at most 10,000.
    wording
        The language of a log that is a picture; what a table is called stays English, for programs.

    Returns
    -------
    TrainedModel
        The model; its ``training`` holds how it was trained and its accuracy, as ``test_accuracy``
        or, if there are validation images, as ``validation_accuracy``.

    Raises
    ------
    MnistvizError
        If a file cannot be written or the training fails. An older file stays as it was.
    """
    language = check(data, out, log, wording)
    dataset = with_validation(loaded(data, progress), config.validation_share, config.seed)
    if log is None:
        model = fit(dataset.train, len(dataset.classes), config, reporting(progress))
        (unseen,) = scores([model], dataset.test)
    else:
        moments = watch_training(dataset, config, progress)
        model, unseen = moments[-1].model, moments[-1].unseen
    training = asdict(config) | {
        "dataset": dataset.name,
        "mnistviz": __version__,
        f"{config.unseen}_images": len(dataset.test),
        f"{config.unseen}_accuracy": unseen.accuracy,
    }
    trained = TrainedModel(model, dataset.classes, dataset.test.image_size, training)
    files: dict[Path, bytes] = {}
    if log is not None:
        files[Path(log)] = log_of(Path(log), moments, dataset, config, language)
    if out is not None:
        with replacing(Path(out), files) as part, part.open("wb") as file:
            trained.write(file)
    elif log is not None:
        with replacing(Path(log)) as part:
            part.write_bytes(files[Path(log)])
    return trained


def check(data: Data, out: Path | str | None, log: Path | str | None, wording: Wording) -> Language:
    """Check what will be written, before any work, and return its language; errors as `train`."""
    if wording != Wording() and not is_drawn(log):
        raise OptionError(
            "language, words and font are for a log that is a picture, .png or .svg: leave them out"
        )
    for path, suffixes in ((out, MODEL_SUFFIXES), (log, LOG_SUFFIXES)):
        if path is not None:
            check_target(Path(path), suffixes)
            check_unread(path, data, wording)
    check_apart(log, out)
    return drawn_language(wording)
