import pytest
from hypothesis import settings

import mnistviz
from browser import chromium
from explorers import SHOWN, visiting
from mnistviz.config import Selection
from mnistviz.datasets.dataset import Dataset
from mnistviz.model.saved import TrainedModel

# A machine that is busy, or both of its cores, is no failure.
settings.register_profile("no deadline", parent=settings(), deadline=None)
settings.load_profile("no deadline")


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
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def explorer(digits, trained, tmp_path_factory):
    path = tmp_path_factory.mktemp("explorer") / "explorer.html"
    mnistviz.explore(digits, trained, path, Selection(indices=SHOWN))
    return path


@pytest.fixture
def visit(browser, explorer):
    with visiting(browser, explorer) as visit:
        yield visit
