"""Compare two or three models on the same images. Public function: compare."""

from collections.abc import Sequence

from mnistviz.arguments import checked
from mnistviz.datasets.load import Data, loaded
from mnistviz.model.comparison import Comparison, check_number, names_of
from mnistviz.model.train import Model, model_for, read_if_file
from mnistviz.progress import ProgressCallback, silent


@checked
def compare(
    data: Data,
    models: Sequence[Model],
    *,
    names: tuple[str, ...] = (),
    progress: ProgressCallback = silent,
) -> Comparison:
    """Compare two or three models on a data set's test images."""
    check_number(len(models))
    called = names_of(models, names)
    known = [read_if_file(model) for model in models]
    dataset = loaded(data, progress)
    networks = [model_for(dataset, model, progress) for model in known]
    return Comparison.of(networks, called, dataset)
