import pytest

from browser import REQUIRED, chromium


@pytest.mark.parametrize(
    ("required", "outcome"), [("", pytest.skip.Exception), ("1", pytest.fail.Exception)]
)
def test_where_there_is_no_browser_a_test_is_skipped_or_fails_if_one_is_required(
    monkeypatch, required, outcome
):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv(REQUIRED, required)
    with pytest.raises(outcome, match="no browser on the PATH"), chromium():
        pass
