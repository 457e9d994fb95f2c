"""``mnistviz words``: a file of all words of a language, to fill in."""

import pytest

from commands import run
from mnistviz.language.catalogue import read_catalogue, template


def test_the_words_of_a_new_language_are_written_to_be_filled_in_and_then_used(tmp_path):
    done = run("words", "--language", "sv", cwd=tmp_path)
    path = tmp_path / "sv.po"
    assert done.stdout == f"sv.po: {len(template())} messages, 0 of them translated\n"
    empty = path.read_text(encoding="utf-8")
    assert {message.id for message in read_catalogue(path)} == {it.id for it in template()}
    filled = empty.replace('msgid "green"\nmsgstr ""', 'msgid "green"\nmsgstr "grön"')
    path.write_text(filled, encoding="utf-8")
    again = run("words", "--language", "sv", "--words", path, "--out", tmp_path / "new.po")
    assert f"{len(template())} messages, 1 of them translated" in again.stdout
    assert (tmp_path / "new.po").read_text(encoding="utf-8") == filled


@pytest.mark.parametrize(("language", "forms"), [("sv", 2), ("cs", 3), ("vi", 1), ("ga", 5)])
def test_each_language_has_its_own_number_of_plural_forms_to_fill_in(tmp_path, language, forms):
    assert run("words", "--language", language, cwd=tmp_path).returncode == 0
    text = (tmp_path / f"{language}.po").read_text(encoding="utf-8")
    assert f"nplurals={forms};" in text
    assert f"msgstr[{forms - 1}]" in text
    assert f"msgstr[{forms}]" not in text


def test_a_file_that_somebody_has_filled_in_is_never_written_over(tmp_path):
    path = tmp_path / "sv.po"
    path.write_text("work of a day")
    for more in ((), ("--words", path), ("--out", path)):
        done = run("words", "--language", "sv", *more, cwd=tmp_path)
        assert done.returncode == 2
        assert "is there already; name another file with --out" in done.stderr
    assert path.read_text() == "work of a day"


def test_what_is_written_is_named_as_files_of_words_are(tmp_path):
    done = run("words", "--language", "sv", "--out", tmp_path / "sv.txt")
    assert "expected a name that ends in .po" in done.stderr
    assert done.returncode == 1
