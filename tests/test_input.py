"""Files that are read: regular ones alone, texts in UTF-8 or in UTF-16 with a mark."""

import codecs
import os
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import assert_refused, command, run, run_process
from mnistviz.input import open_file, read_text

TEXT = "class = ['café', 'thé']\r\n"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
)
def test_texts_of_windows_are_read(tmp_path, content):
    (tmp_path / "a").write_bytes(content)
    assert read_text(tmp_path / "a", 1000) == TEXT


@given(st.binary(max_size=60))
def test_any_bytes_are_a_text_or_an_error_that_says_what_to_do(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(content)
    try:
        text, said = read_text(path, 50), ""
    except ValueError as error:
        text, said = "", str(error)
    assert isinstance(text, str)
    assert not said or "save it as UTF-8" in said or "at most 50 bytes" in said


def test_a_pipe_a_device_and_a_folder_are_refused_and_nothing_waits(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", "/dev/zero", tmp_path):
        with pytest.raises(OSError, match="expected a file"):
            open_file(path)


@pytest.mark.parametrize("option", ["--config", "--intro-text", "--model"])
def test_no_command_waits_for_a_pipe(tmp_path, option):
    os.mkfifo(tmp_path / "pipe")
    result = run("render", option, tmp_path / "pipe", "--out", tmp_path / "v.mp4")
    assert_refused(result, "pipe", "got", status=1 if option == "--model" else 2)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_print_config_writes_into_a_file_of_windows_is_read_back(tmp_path, encoding):
    printed = run("render", "--class", "4", "--class", "9", "--out", "v.mp4", "--print-config")
    (tmp_path / "a.toml").write_text(printed.stdout, encoding=encoding)
    again = run("render", "--config", tmp_path / "a.toml", "--print-config")
    assert again.stdout == printed.stdout


def test_a_setting_that_may_be_given_twice_may_be_a_text_too(tmp_path):
    (tmp_path / "a.toml").write_text('class = "4,9"\n')
    result = run("render", "--config", tmp_path / "a.toml", "--out", "v.mp4", "--print-config")
    assert 'class = [\n    "4,9",\n]' in result.stdout


def test_settings_of_other_programs_do_not_matter(tmp_path, model_path):
    (tmp_path / "rc").write_bytes(b"font.size: \xff\n")
    for name, value in (("MATPLOTLIBRC", tmp_path / "rc"), ("SOURCE_DATE_EPOCH", "abc")):
        result = subprocess.run(
            command("still", "--model", model_path, "--index", 8, "--out", "a.pdf"),
            env={**os.environ, name: str(value)},
            cwd=tmp_path,
            capture_output=True,
            timeout=120,
        )
        assert result.returncode == 0, result.stderr


def test_a_cache_of_nobody_is_an_error_only_where_a_cache_is_needed(tmp_path, model_path):
    nobody = {"env": {**os.environ, "MNISTVIZ_CACHE": "~nosuchuser/x"}, "cwd": tmp_path}
    listed = run_process("datasets", **nobody)
    assert (listed.returncode, "no cache" in listed.stdout) == (0, True)
    fetched = run_process("fetch", "fashion", **nobody)
    assert_refused(fetched, "MNISTVIZ_CACHE=~nosuchuser/x", "name a folder in MNISTVIZ_CACHE")
    still = ("still", "--model", model_path, "--index", 8, "--size", "640x360", "--out", "a.png")
    assert run_process(*still, **nobody).returncode == 0
