"""Imports scikit-learn's classifiers of MNIST, each fitted to pixels in several forms.

    python scripts/study_imports.py    the table of docs/own-weights.md, some minutes

Each is imported with the options for its form, and its predictions of the 10,000 test digits are
compared with the estimator's own. Then it is imported with the wrong options, and what mnistviz
warns of is kept.
"""

import re
import sys
import warnings
from dataclasses import dataclass

import numpy as np
from sklearn.decomposition import PCA
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import (
    LogisticRegression,
    Perceptron,
    RidgeClassifier,
    SGDClassifier,
)
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MaxAbsScaler, MinMaxScaler, Normalizer, StandardScaler
from sklearn.svm import LinearSVC

from mnistviz.datasets.load import load
from mnistviz.errors import ModelError, ModelWarning
from mnistviz.model.estimator import from_sklearn
from mnistviz.model.train import model_for
from mnistviz.progress import silent

TRAINED = 10_000  # digits; the weights are noisier than those of all, and the fits faster

ESTIMATORS = {
    "LogisticRegression": lambda: LogisticRegression(max_iter=30),
    "OneVsRestClassifier": lambda: OneVsRestClassifier(LogisticRegression(max_iter=30)),
    "LinearSVC": lambda: LinearSVC(max_iter=50, random_state=0),
    "RidgeClassifier": lambda: RidgeClassifier(),
    "SGDClassifier, hinge": lambda: SGDClassifier(max_iter=5, random_state=0),
    "SGDClassifier, log_loss": lambda: SGDClassifier(loss="log_loss", max_iter=5, random_state=0),
    "Perceptron": lambda: Perceptron(max_iter=5, random_state=0),
    "LinearDiscriminantAnalysis": lambda: LinearDiscriminantAnalysis(solver="lsqr", shrinkage=0.1),
}


@dataclass(frozen=True)
class Form:
    """A form of inputs: pixels × scale + shift, what a pipeline does, and the options for it."""

    name: str
    scale: float = 1.0
    shift: float = 0.0
    step: type | None = None
    wrong: float = 1.0  # input scale that is tried by mistake, without a shift
    turned: bool = False  # images column by column

    def of(self, images):
        """Return what an estimator gets for images in [0, 1] (n, height, width)."""
        images = images.transpose(0, 2, 1) if self.turned else images
        return images.reshape(len(images), -1) * self.scale + self.shift

    @property
    def options(self):
        """The arguments of from_sklearn for this form."""
        order = {"pixel_order": "columns"} if self.turned else {}
        return {"input_scale": self.scale, "input_shift": self.shift} | order


FORMS = (
    Form("pixels from 0 to 1", wrong=255),
    Form("pixels from 0 to 255", 255),
    Form("pixels from −1 to 1", 2, -1),
    Form("normalised by 0.1307, 0.3081", 1 / 0.3081, -0.1307 / 0.3081),
    Form("column by column", turned=True),
    Form("StandardScaler of 0 to 255", 255, step=StandardScaler),
    Form("MinMaxScaler of 0 to 255", 255, step=MinMaxScaler),
    Form("MaxAbsScaler of 0 to 255", 255, step=MaxAbsScaler),
    Form("PCA of 0 to 255", 255, step=lambda: PCA(40, whiten=True)),
    Form("Normalizer of 0 to 1", step=Normalizer),
)


@dataclass(frozen=True)
class Case:
    """What came of a case: a refusal, or the figures of the import and of the wrong one."""

    estimator: str
    form: str
    refused: str = ""
    kind: str = ""
    accuracy: float = 0.0
    differing: int = 0  # predictions that are not the estimator's, ties apart
    wrong: float = 0.0  # accuracy with the wrong options
    warned: str = ""  # the options that are then advised
    misled: str = ""  # what is advised with the right options


def cases(trained=TRAINED):
    """Yield all cases, of estimators that were fitted to so many digits."""
    warnings.simplefilter("ignore")  # that few iterations have not converged
    dataset = load()
    train, test = ((it.images / 255.0, it.labels) for it in (dataset.train, dataset.test))
    for name, make in ESTIMATORS.items():
        for form in FORMS:
            estimator = make_pipeline(form.step(), make()) if form.step else make()
            estimator.fit(form.of(train[0][:trained]), train[1][:trained].astype(str))
            yield case(name, form, estimator, dataset, test)


def case(name, form, estimator, dataset, test):
    """Import an estimator, right and wrong."""
    try:
        model = from_sklearn(estimator, **form.options)
    except ModelError as error:
        return Case(name, form.name, refused=str(error))
    images, labels = test
    scores = estimator.decision_function(form.of(images))
    pixels = images.reshape(len(images), -1).astype(np.float32)
    right, misled = fitted(dataset, model)
    own = right.predict(pixels)
    highest = np.sort(scores, axis=1)
    tied = highest[:, -1] - highest[:, -2] < 1e-5 * np.abs(scores).max()
    differing = (own != scores.argmax(axis=1)) & ~tied
    wrong, warned = fitted(dataset, from_sklearn(estimator, form.wrong))
    return Case(
        name,
        form.name,
        kind=model.kind.key,
        accuracy=float((own == labels).mean()),
        differing=int(differing.sum()),
        wrong=float((wrong.predict(pixels) == labels).mean()),
        warned=warned,
        misled=misled,
    )


def fitted(dataset, model):
    """Return a model for the data, and the options that are advised."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ModelWarning)
        fitted = model_for(dataset, model, silent)
    said = [str(it.message) for it in caught if it.category is ModelWarning]
    advice = re.search(r"give (--.*); in Python", "".join(said))
    return fitted, advice[1] if advice else ""


def cell(it):
    """Return the figures of a case: right, and with the wrong options; a star without a warning."""
    if it.refused:
        return "refused"
    assert not it.differing, it
    assert not it.misled, it
    star = "" if it.warned else " *"
    return f"{100 * it.accuracy:.1f} → {100 * it.wrong:.1f}{star}"


def main():
    """Print the table as Markdown."""
    found = {(it.form, it.estimator): it for it in cases(*map(int, sys.argv[1:]))}
    print(f"| fitted to | {' | '.join(ESTIMATORS)} | advised |")
    print("|---" * (len(ESTIMATORS) + 2) + "|")
    for form in FORMS:
        row = [found[form.name, name] for name in ESTIMATORS]
        advised = " ".join(sorted({f"`{it.warned}`" for it in row if it.warned}))
        print(f"| {form.name} | {' | '.join(map(cell, row))} | {advised} |")


if __name__ == "__main__":
    main()
