import os
import signal

# Before NumPy is imported: tests run in as many processes as there are cores already.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import pytest
from hypothesis import settings
from sklearn.datasets import load_digits

import mnistviz
from browser import chromium
from explorers import SHOWN, opened_window, visiting
from idx_files import write_dataset
from mnistviz.config import PageConfig, Selection
from mnistviz.datasets.dataset import Dataset
from mnistviz.model.saved import TrainedModel

# A shell starts what runs in the background with Ctrl-C ignored, and so would all that tests start.
signal.signal(signal.SIGINT, signal.default_int_handler)
# A busy machine is no failure.
settings.register_profile("no deadline", parent=settings(), deadline=None)
settings.load_profile("no deadline")


def pytest_xdist_auto_num_workers():
    """Use more processes than cores, since some tests wait: for a browser, an encoder, a server."""
    return (3 * (os.cpu_count() or 1) + 1) // 2


@pytest.fixture(scope="session")
def digits() -> Dataset:
    return mnistviz.load()


@pytest.fixture(scope="session")
def trained(digits) -> TrainedModel:
    return mnistviz.train(digits)


@pytest.fixture(scope="session")
def model_path(trained, tmp_path_factory):
    path = tmp_path_factory.mktemp("model") / "model.npz"
    with path.open("wb") as file:
        trained.write(file)
    return path


@pytest.fixture(scope="session")
def small_digits(tmp_path_factory):
    """The folder of scikit-learn's digits: 1,797 images of 8×8 pixels, of which 500 are to test."""
    bunch = load_digits()
    images, labels = np.rint(bunch.images * 255 / 16).astype("u1"), bunch.target.astype("i4")
    pairs = (images[:-500], labels[:-500]), (images[-500:], labels[-500:])
    return write_dataset(tmp_path_factory.mktemp("digits") / "small digits", *pairs, gzipped=True)


@pytest.fixture(scope="session")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def explorer(digits, trained, tmp_path_factory):
    path = tmp_path_factory.mktemp("explorer") / "explorer.html"
    page = PageConfig(sliders=False)
    mnistviz.explore(digits, trained, path, Selection(indices=SHOWN), page)
    return path


@pytest.fixture(scope="session")
def window(browser):
    with opened_window(browser) as window:
        yield window


@pytest.fixture
def visit(window, explorer):
    with visiting(window, explorer) as visit:
        yield visit
