"""Fetched sets: whatever mirrors do, the right files are kept, or none and the error says why."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import servers
from idx_files import write_dataset
from mnistviz.datasets.cache import copy_set, make_folder, missing_files, set_folder
from mnistviz.datasets.fetch import Patience, fetch_set
from mnistviz.datasets.load import load
from mnistviz.datasets.named_sets import FASHION, MNIST, SETS, NamedSet, SetFile
from mnistviz.errors import DataError, OptionError, OutputError

QUICK = Patience(silence=1, slowest=1e5, pauses=(0.01,))
CALM = replace(QUICK, silence=20)  # of a busy machine, where a good mirror may be slow as well


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """Give every test an empty cache, and no proxy."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("MNISTVIZ_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Return the files of a made-up set, by name."""
    folder = write_dataset(tmp_path_factory.mktemp("toy"), gzipped=True)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir(), reverse=True)}


@pytest.fixture
def mirror(files):
    with servers.Mirror(files, servers.serves) as mirror:
        yield mirror


def toy(files, *mirrors):
    facts = (
        SetFile(name, hashlib.sha256(body).hexdigest(), len(body)) for name, body in files.items()
    )
    letters = tuple("ABCDEFGHIJ")
    return NamedSet("toy", "Toy", letters, "letter", "CC0", 40, 20, mirrors, tuple(facts))


def fetch(files, *urls, patience=CALM):
    return fetch_set(toy(files, *urls), patience=patience)


def kept(cache):
    """Return the files in the cache, name -> bytes."""
    return {path.name: path.read_bytes() for path in cache.rglob("*") if path.is_file()}


def assert_only_failure(files, urls, cache, patience=QUICK):
    with pytest.raises(DataError) as caught:
        fetch_set(toy(files, *urls), patience=patience)
    message = str(caught.value)
    assert message.count("\n") == 1
    assert all(url in message for url in urls)
    assert "--mirror URL" in message
    assert "--data" in message
    assert kept(cache) == {}
    return message


@pytest.mark.parametrize("name", servers.GOOD)
def test_a_set_is_fetched_from_a_mirror_that(files, cache, name):
    with servers.Mirror(files, servers.GOOD[name]) as mirror:
        assert fetch(files, mirror.url) == cache / "toy"
    assert kept(cache) == files


BAD = servers.QUICKLY_BAD | servers.SLOWLY_BAD
REASONS = {
    "answers 403": "HTTP status 403 Forbidden",
    "sends a web page": "sent 15 bytes (text/html), expected",
    "sends wrong bytes": "another SHA-256",
    "sends endlessly": "sent more than the",
    "stalls": "no answer for 1 s",
    "drips": "too slow",
    "drips headers": "no answer for 1 s",
    "redirects in a circle": "more than 5 redirects",
}


@pytest.mark.parametrize("name", BAD)
def test_an_error_gives_the_reason_and_the_next_mirror_is_asked_if_one(files, cache, mirror, name):
    with servers.Mirror(files, BAD[name]) as bad:
        message = assert_only_failure(files, [bad.url], cache, replace(QUICK, pauses=()))
        assert REASONS.get(name, "") in message
        patience = QUICK if name in servers.SLOWLY_BAD else CALM
        fetch(files, bad.url, mirror.url, patience=patience)
    assert mirror.requests == list(files)
    assert kept(cache) == files


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(names=st.lists(st.sampled_from([*servers.GOOD, *servers.QUICKLY_BAD]), max_size=4))
def test_whatever_mirrors_do_all_files_are_kept_or_none(files, tmp_path_factory, names):
    cache = tmp_path_factory.mktemp("cache")
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        patch.setenv("MNISTVIZ_CACHE", str(cache))
        manners = [(servers.GOOD | servers.QUICKLY_BAD)[name] for name in names]
        mirrors = [stack.enter_context(servers.Mirror(files, manner)) for manner in manners]
        urls = [servers.refusing_url(), *(mirror.url for mirror in mirrors)]
        if set(names) & set(servers.GOOD):
            fetch(files, *urls)
            assert kept(cache) == files
        else:
            assert "refused" in assert_only_failure(files, urls, cache)


def test_a_file_that_ends_early_and_is_of_no_kind_is_said_to_be_so(files, cache):
    with servers.Mirror(files, lambda handler, body: handler.answer(body[:9])) as mirror:
        message = assert_only_failure(files, [mirror.url], cache, replace(QUICK, pauses=()))
    assert "sent 9 bytes (unknown type), expected" in message


def test_an_overloaded_mirror_is_asked_again_and_one_that_lacks_a_file_is_not(files, cache):
    with servers.Mirror(files, servers.status(404)) as mirror:
        assert_only_failure(files, [mirror.url], cache)
        assert len(mirror.requests) == 1
    with servers.Mirror(files, servers.recovers(1)) as mirror:
        fetch(files, mirror.url)
        assert len(mirror.requests) == len(files) + 1
    assert kept(cache) == files


def test_a_mirror_that_failed_is_asked_last_for_the_files_that_follow(files, mirror):
    with servers.Mirror(files, servers.status(404)) as bad:
        fetch(files, bad.url, mirror.url)
        assert len(bad.requests) == 1


def test_no_more_is_taken_from_an_endless_mirror_than_the_file_is_long():
    taken, large = [], {"large.gz": bytes(2**20)}
    with servers.Mirror(large, servers.sends_endlessly) as mirror, pytest.raises(DataError):
        fetch_set(toy(large, mirror.url), None, taken.append, CALM)
    assert 2**19 < max(progress.done for progress in taken) <= 2**20


def test_the_mirror_of_the_command_line_is_asked_first(files, mirror):
    with servers.Mirror(files, servers.serves) as other:
        fetch_set(toy(files, other.url), mirror.url.rstrip("/"), patience=CALM)
        assert (mirror.requests, other.requests) == (list(files), [])


@pytest.mark.parametrize(
    "url", ["ftp://a/b", "file:///etc/", "fashion", "", "http://", "http://[x"]
)
def test_a_mirror_that_is_no_web_address_is_refused_before_anything(files, cache, url):
    with pytest.raises(OptionError, match="mirror must be the URL"):
        fetch_set(toy(files, servers.refusing_url()), url)
    assert not cache.exists()


def test_a_proxy_of_the_environment_is_used(files, cache, mirror, monkeypatch):
    monkeypatch.setenv("http_proxy", mirror.url)
    fetch(files, "http://mirror.invalid/sets/")
    assert mirror.requests == list(files)
    assert kept(cache) == files


def test_a_full_cache_makes_no_request_and_works_offline(files, monkeypatch):
    with servers.Mirror(files, servers.serves) as mirror:  # and no longer
        monkeypatch.setitem(SETS, "toy", toy(files, mirror.url))
        load("toy")
        load("toy")
        assert mirror.requests == list(files)
    data = load("toy")
    assert (data.name, data.noun, data.classes[0], len(data.test)) == ("Toy", "letter", "A", 20)


@pytest.mark.parametrize("damage", [b"", b"other", None])
def test_a_damaged_or_lost_file_of_the_cache_is_fetched_anew_and_no_other(
    files, cache, mirror, damage
):
    name = list(files)[2]
    path = fetch(files, mirror.url) / name
    path.unlink() if damage is None else path.write_bytes(damage)
    fetch(files, mirror.url)
    assert mirror.requests == [*files, name]
    assert kept(cache) == files


def test_the_rest_of_a_killed_download_is_removed_and_of_a_running_one_kept(files, cache, mirror):
    folder = cache / "toy"
    folder.mkdir(parents=True)
    for name, age in ((f".mnistviz-{16 * 'a'}.part", 4000), (f".mnistviz-{16 * 'b'}.part", 5)):
        (folder / name).write_bytes(b"half")
        then = time.time() - age
        os.utime(folder / name, (then, then))
    fetch(files, mirror.url)
    assert kept(cache) == files | {f".mnistviz-{16 * 'b'}.part": b"half"}


def test_progress_counts_the_bytes_up_to_all_of_them(files, mirror):
    reports = []
    fetch_set(toy(files, mirror.url), None, reports.append, CALM)
    done = [progress.done for progress in reports]
    total = sum(map(len, files.values()))
    assert {(progress.task, progress.total) for progress in reports} == {("fetching", total)}
    assert done == sorted(done)
    assert (done[-1], done.count(total)) == (total, 1)


def test_a_cache_that_cannot_be_written_is_named_with_what_to_do(files, cache, mirror):
    cache.write_bytes(b"a file where the folder should be")
    with pytest.raises(OutputError, match="MNISTVIZ_CACHE") as caught:
        fetch(files, mirror.url)
    assert str(cache) in str(caught.value)
    assert mirror.requests == []


def test_the_bundled_set_is_copied_without_any_request_and_a_damaged_one_is_not(tmp_path):
    mine, damaged = tmp_path / "mine", tmp_path / "damaged"
    make_folder(mine)
    copy_set(MNIST, fetch_set(MNIST), mine)
    assert missing_files(MNIST, mine) == []
    assert load(mine).name == "MNIST"
    make_folder(damaged)
    for file in MNIST.files:
        (mine / file.name).write_bytes(b"!")
    with pytest.raises(DataError, match="damaged"):
        copy_set(MNIST, mine, damaged)
    assert kept(damaged) == {}


def test_a_name_means_the_set_and_a_path_the_folder(files, mirror, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_dataset(tmp_path / "toy")
    monkeypatch.setitem(SETS, "toy", toy(files, mirror.url))
    assert load("toy").name == "Toy"
    assert load("./toy").name == load(Path("toy")).name == "toy"


def test_a_word_that_is_neither_is_answered_with_the_names_and_the_likeliest():
    with pytest.raises(DataError, match=r"Did you mean fashion\?") as caught:
        load("Fashon")
    assert "mnist, fashion, kmnist" in str(caught.value)
    with pytest.raises(DataError) as caught:
        load("zebra")
    assert "Did you mean" not in str(caught.value)


def start(named, *arguments):
    """Return a process that runs the command line with one more set."""
    program = (
        # A background job's children would inherit that Ctrl-C is ignored.
        "import signal, sys\nsignal.signal(signal.SIGINT, signal.SIG_DFL)\n"
        "from mnistviz.datasets.named_sets import *\nfrom mnistviz.__main__ import main\n"
        f"SETS['toy'] = {named!r}\nsys.argv = {['mnistviz', *map(str, arguments)]!r}\nmain()"
    )
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", program], stdout=pipe, stderr=pipe, text=True)


def run(named, *arguments):
    """Return exit status, stdout and stderr of the command line with one more set."""
    process = start(named, *arguments)
    output, errors = process.communicate(timeout=120)
    return process.returncode, output, errors


def test_two_processes_that_fetch_at_once_do_no_harm(files, cache):
    both = threading.Barrier(2, timeout=60)

    def serves_both_at_once(handler, body):
        both.wait()
        servers.serves(handler, body)

    with servers.Mirror(files, serves_both_at_once) as mirror:
        processes = [start(toy(files, mirror.url), "fetch", "toy") for _ in range(2)]
        for process in processes:
            output, errors = process.communicate(timeout=60)
            assert (process.returncode, output) == (0, f"{cache / 'toy'}\n"), errors
        assert len(mirror.requests) == 2 * len(files)
    assert kept(cache) == files


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_an_interrupted_download_leaves_nothing(files, cache, name, code):
    with servers.Mirror(files, servers.stalls) as mirror:
        process = start(toy(files, mirror.url), "fetch", "toy")
        try:
            wait_until(lambda: kept(cache))
            process.send_signal(getattr(signal, name))
            _, errors = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == code
    assert "Traceback" not in errors
    assert kept(cache) == {}


def wait_until(condition):
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("it did not happen within 30 s")


@pytest.mark.parametrize(
    "arguments",
    [
        ("render", "--out", "nowhere/v.mp4"),
        ("render", "--out", "v.mp4", "--model", "none.npz"),
        ("still", "--index", "0", "--out", "f.txt"),
        ("train", "--out", "model.txt"),
        ("fetch", "toy", "--to", "nowhere/mine"),
    ],
)
def test_all_else_is_checked_before_anything_is_fetched(files, mirror, arguments):
    more = () if arguments[0] == "fetch" else ("--data", "toy")
    code, _, errors = run(toy(files, mirror.url), *arguments, *more)
    assert code in (1, 2)
    assert "Error" in errors
    assert mirror.requests == []


def test_a_named_set_is_fetched_trained_with_and_drawn(files, mirror, tmp_path):
    still = ("still", "--data", "toy", "--mirror", mirror.url, "--index", 3)
    result = run(toy(files, servers.refusing_url()), *still, "--out", tmp_path / "f.png")
    code, printed, progress = result
    assert (code, progress) == (0, "Fetching\nNo --model: training one first\n")
    assert printed.startswith(f"{tmp_path / 'f.png'}: letter 3, predicted ")


def test_the_list_says_what_is_bundled_cached_or_neither(files, mirror):
    _, before, _ = run(toy(files, mirror.url), "datasets")
    fetch(files, mirror.url)
    _, after, _ = run(toy(files, mirror.url), "datasets")
    headings = ["NAME", "SET", "TRAIN", "TEST", "LICENCE", "MB", "STATE"]
    assert before.splitlines()[0].split() == headings
    assert before.endswith("  not fetched\n  A, B, C, D, E, F, G, H, I, J\n")
    assert after.endswith("  cached\n  A, B, C, D, E, F, G, H, I, J\n")
    assert "mnist    MNIST          60,000  10,000  CC BY-SA 3.0  11.4  bundled\n" in before
    assert "Pullover, Dress, Coat, Sandal, Shirt, Sneaker, Bag, Ankle boot\n" in before


def test_fetch_copies_to_a_folder_and_prints_it(files, mirror, tmp_path):
    result = run(toy(files, mirror.url), "fetch", "toy", "--to", tmp_path / "mine")
    assert result == (0, f"{tmp_path / 'mine'}\n", "Fetching\n")
    assert kept(tmp_path / "mine") == files


def test_every_named_set_has_what_the_loader_looks_for():
    for name, named in SETS.items():
        assert name == named.name
        assert [len(file.sha256) for file in named.files] == [64] * 4
        assert all(url.startswith("http") and url.endswith("/") for url in named.mirrors)
        assert len(named.classes) == 10


def test_files_are_asked_for_as_they_are(files, mirror):
    fetch(files, mirror.url)
    assert set(mirror.encodings) == {"identity"}


def test_there_is_a_pause_before_each_further_round_and_none_before_the_first(
    files, cache, monkeypatch
):
    pauses = []
    monkeypatch.setattr("time.sleep", pauses.append)
    patient = replace(QUICK, pauses=(1, 4))
    with servers.Mirror(files, servers.status(503)) as mirror, pytest.raises(DataError):
        fetch_set(toy(files, mirror.url), patience=patient)
    assert [pause for pause in pauses if pause in (0, 1, 4)] == [0, 1, 4]
    assert len(mirror.requests) == 3


def test_an_empty_name_of_a_cache_is_none(monkeypatch):
    monkeypatch.setenv("MNISTVIZ_CACHE", "")
    assert set_folder(FASHION).parent.name == "mnistviz"
    assert set_folder(FASHION).is_absolute()


def test_a_password_in_the_url_of_a_mirror_is_not_printed(files, mirror):
    with servers.Mirror(files, servers.status(404)) as bad, pytest.raises(DataError) as error:
        fetch(files, bad.url.replace("//", "//user:secret@"))
    assert "secret" not in str(error.value)
    assert bad.url in str(error.value)
