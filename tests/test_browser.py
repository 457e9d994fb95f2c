import pytest

from browser import REQUIRED, chromium


@pytest.mark.parametrize(
    ("required", "outcome"), [("", pytest.skip.Exception), ("1", pytest.fail.Exception)]
)
def test_where_there_is_no_browser_a_test_is_skipped_or_fails_as_told(
    monkeypatch, required, outcome
):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv(REQUIRED, required)
    with pytest.raises(outcome, match="no browser on the PATH"), chromium():
        pass


def test_the_browser_runs_a_page(browser):
    page = browser.new_page()
    page.set_content("<p id=sum></p><script>document.all.sum.textContent = 20 + 22</script>")
    assert page.text_content("#sum") == "42"
    page.close()
