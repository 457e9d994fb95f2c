import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from PIL import Image

from commands import assert_refused, command, names, run, run_process
from frames import pixels_of
from idx_files import write_dataset
from mnistviz.cli.app import cli
from mnistviz.cli.option_groups import HEADINGS, HeadedOption
from mnistviz.formats.ffmpeg import find_ffmpeg

posix_only = pytest.mark.skipif(os.name == "nt", reason="POSIX signals, pipes and devices")
SMALL = ("--size", "640x360")


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_the_help_shows_the_most_wanted_commands(option):
    result = run(option)
    assert result.returncode == 0
    for line in ("render --out video.mp4", "still --index 8 --out frame.png", "train --out model"):
        assert line in result.stdout


@pytest.mark.parametrize("name", ["render", "render-training", "still", "explore"])
def test_a_long_help_lists_each_option_once_under_its_heading(name):
    text = CliRunner().invoke(cli, [name, "--help"]).output
    under = {part.split(":")[0]: part for part in text.split("\n\n")}
    for option in cli.commands[name].params:
        line = re.compile(rf"^  (-\w, )?{option.opts[-1]} ", re.MULTILINE)
        heads = [head for head, part in under.items() if line.search(part)]
        assert heads == [getattr(option, "heading", "Other options")]
        other = option.name in ("quiet", "config", "print_config")
        assert isinstance(option, HeadedOption) != other, option.name
    assert list(under)[2:] == [head for head in HEADINGS if head in under]


def test_help_imports_neither_numpy_nor_matplotlib():
    program = (
        "import sys\nfrom mnistviz.cli.signals import main\nsys.argv = ['mnistviz', '--help']\n"
        "try:\n    main()\nfinally:\n    assert not {'numpy', 'matplotlib'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE).returncode == 0


def test_no_option_takes_an_empty_name_for_the_folder_one_is_in_or_for_nothing():
    tried = 0
    for name, each in cli.commands.items():
        needed = ["mnist" for it in each.params if isinstance(it, click.Argument)]
        for option in each.params:
            texts = (click.Path, click.types.StringParamType)
            empty = isinstance(option.type, texts) or option.default == ""
            if isinstance(option, click.Option) and empty and option.metavar != "TEXT":
                result = CliRunner().invoke(cli, [name, *needed, option.opts[0], ""])
                assert result.exit_code == 2
                assert "expected a name, got an empty text" in result.output, option.opts
                tried += 1
    assert tried > 60


def test_no_setting_is_an_empty_name_either(tmp_path):
    (tmp_path / "film.toml").write_text('images = ""\n')
    result = CliRunner().invoke(
        cli, ["render", "--config", f"{tmp_path}/film.toml", "--out", "a.mp4"]
    )
    assert result.exit_code == 2
    assert "expected a name, got an empty text" in result.output


def test_version_is_the_packages():
    import mnistviz

    assert run_process("--version").stdout == f"mnistviz {mnistviz.__version__}\n"


def test_a_mistyped_option_or_command_is_answered_with_the_right_one():
    assert_refused(run("render", "--cuont", "3"), "--count", status=2)
    assert_refused(run("rendr"), "render", status=2)


def test_a_model_is_trained_kept_and_shown(tmp_path):
    trained = run_process("train", "--out", "model.npz", cwd=tmp_path)
    assert trained.returncode == 0, trained.stderr
    assert trained.stdout.startswith("model.npz: 93.")
    assert trained.stdout.endswith(" % of 10,000 test digits right\n")
    assert "Training" in trained.stderr
    show = ("still", "--index", 8, "--model", "model.npz", "--out", "f.png")
    still = run_process(*show, cwd=tmp_path)
    assert still.stdout == "f.png: digit 8, predicted 6, >99.9 %, true 5, 1920x1080\n"
    assert still.stderr == ""
    assert pixels_of(tmp_path / "f.png").shape == (1080, 1920, 3)
    assert names(tmp_path) == ["f.png", "model.npz"]


@pytest.mark.parametrize(("count", "images"), [(1, "1 image"), (2, "2 images")])
def test_a_film_is_reported_in_one_line_with_length_size_and_accuracy(
    tmp_path, model_path, count, images
):
    film = run(
        "render", "--model", model_path, "--count", count, *SMALL, "--out", "v.mp4", cwd=tmp_path
    )
    assert film.returncode == 0, film.stderr
    assert film.stdout.startswith(f"v.mp4: {images}, {2.4 * count:.3f} s, 640x360, ")
    assert film.stdout.endswith(" % right\n")
    assert film.stdout.count("\n") == 1
    assert "Rendering" in film.stderr
    assert names(tmp_path) == ["v.mp4"]


@pytest.mark.parametrize(
    ("options", "announced"), [((), "No --model: training one first"), (("--quiet",), "")]
)
def test_a_training_without_a_model_is_announced_unless_quiet(tmp_path, options, announced):
    data = write_dataset(tmp_path / "data")
    still = ("still", "--index", 0, "--data", data, *SMALL)
    result = run(*still, *options, "--out", tmp_path / "f.svg")
    assert result.returncode == 0
    assert announced in result.stderr
    assert bool(result.stderr) == bool(announced)
    assert result.stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("encoding", "printed"),
    [("utf-8", "数"), ("cp1252", "\\u6570")],  # which lacks it
)
def test_any_name_of_a_folder_will_do(tmp_path, model_path, encoding, printed):
    folder = "-a 数 100%d" + (":'\"$x" if os.name == "posix" else "")
    printed = folder.replace("数", printed)
    (tmp_path / folder).mkdir()
    out = Path(folder, "-f.png")
    result = run_process(
        *("still", "--model", model_path, "--index", 0, *SMALL, f"--out={out}"),
        cwd=tmp_path,
        env=os.environ | {"PYTHONIOENCODING": encoding},
    )
    assert result.returncode == 0, result.stderr
    assert (
        result.stdout
        == f"{Path(printed, '-f.png')}: digit 0, predicted 7, 99.5 %, right, 640x360\n"
    )
    assert names(tmp_path / folder) == ["-f.png"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--out", "video.avi"], ["video.avi", ".gif, .webp, or in / for a folder"]),
        (["--out", "nowhere/video.mp4"], ["nowhere", "No such file or directory"]),
        (["--out", "folder.mp4"], ["folder.mp4", "it is a folder"]),
        (["--out", "v.mp4", "--model", "none.npz"], ["none.npz", "no such file"]),
        (["--out", "v.mp4", "--model", "text.npz"], ["text.npz", "expected", "npz"]),
        (["--out", "v.mp4", "--data", "./none"], ["none", "No such file or directory"]),
        (["--out", "v.mp4", "--data", "fashon"], ["'fashon'", "Did you mean fashion?", "kmnist"]),
    ],
)
def test_an_impossible_file_model_or_set_is_refused_before_any_training(tmp_path, arguments, words):
    (tmp_path / "folder.mp4").mkdir()
    (tmp_path / "text.npz").write_text("no model")
    before = names(tmp_path)
    assert_refused(run("render", *arguments, cwd=tmp_path), *words)
    assert names(tmp_path) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--size", "638x360"], ["638x360", "try 640x360"]),
        (["--size", "1921x1080"], ["must be even", "1921x1080", "1922x1080"]),
        (["--out", "film.mp4/"], ["film.mp4/", "leave out the slash"]),
        (["--transition", "3"], ["transition", "from 0 to 2.4 s", "got 3"]),
        (["--fps", "0"], ["frame rate", "from 1 to 240", "got 0"]),
        (["--out", "film.gif", "--seconds-per-image", "700"], ["0.02 to 655.35 s", "700"]),
        (["--count", "0"], ["count", "at least 1", "got 0"]),
        (["--count", "10001"], ["count", "10,000", "10,001"]),
        (["--count", "many"], ["--count", "many"]),
        (["--seconds-per-image", "0.01"], ["seconds per image", "1/30, one frame", "0.01"]),
        (["--seconds-per-image", "nan"], ["seconds per image", "nan"]),
        (["--order-seed", "-1"], ["order seed", "-1"]),
        (["--quality", "best"], ["draft", "standard", "master", "best"]),
        (["--size", "big"], ["WIDTHxHEIGHT", "big"]),
        (["--data", ".", "--image-size", "12345x1234"], ["as in 28x28", "12345x1234"]),
    ],
)
def test_a_misused_option_is_named_with_what_was_expected_and_got(tmp_path, arguments, words):
    out = () if "--out" in arguments else ("--out", "v.mp4")
    result = run("render", *out, *arguments, cwd=tmp_path)
    assert_refused(result, *words, status=2)
    assert names(tmp_path) == []


@pytest.mark.parametrize("index", [-1, 10_000])
def test_an_image_that_is_not_there_is_refused_with_the_range(tmp_path, index):
    result = run("still", "--index", index, "--out", tmp_path / "f.png")
    assert_refused(result, "from 0 to 9,999", index, status=2)


def test_a_model_of_other_data_is_refused_with_both_named(tmp_path, model_path):
    data = write_dataset(tmp_path / "data")
    show = ("render", "--data", data, "--count", 3, "--out", tmp_path / "v.mp4")
    result = run(*show, "--model", model_path)
    assert_refused(result, "28×28", "4×6")


def test_a_broken_ffmpeg_is_found_before_any_training(tmp_path, monkeypatch):
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(tmp_path))
    assert_refused(run("render", "--out", tmp_path / "v.mp4"), "ffmpeg", "IMAGEIO_FFMPEG_EXE")


def processes(*texts):
    """Return the ids of the running processes whose command lines contain all these texts."""
    table = subprocess.check_output(["ps", "-ww", "-eo", "pid,args"], text=True)
    lines = [line for line in table.splitlines() if all(text in line for text in texts)]
    return [int(line.split()[0]) for line in lines]


def wait_until(condition):
    for _ in range(200):
        if condition():
            return
        time.sleep(0.1)
    pytest.fail("it did not happen within 20 s")


def status_after(name, begun, *arguments, delay=0):
    """Send a command a signal, some seconds after it has begun, and return its exit status."""
    number = getattr(signal, name)
    with tempfile.NamedTemporaryFile() as stderr:
        shown = Path(stderr.name).read_text
        with subprocess.Popen(
            command(*arguments),
            stderr=stderr,
            # A background job's children would inherit that Ctrl-C is ignored.
            preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
        ) as process:
            try:
                wait_until(lambda: begun(process.pid, shown()))
                time.sleep(delay)
                process.send_signal(number)
                process.wait(timeout=60)
            finally:
                process.kill()
        assert "Traceback" not in shown()
    return process.returncode


@posix_only
@pytest.mark.parametrize(("name", "status"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_ends_film_and_ffmpeg_and_leaves_the_old_file(
    tmp_path, tmp_path_factory, monkeypatch, model_path, name, status
):
    ffmpeg = tmp_path_factory.mktemp("ffmpeg") / "ffmpeg"
    ffmpeg.symlink_to(find_ffmpeg())
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(ffmpeg))

    def encoders(*_):
        return processes(str(ffmpeg), "rawvideo")

    old = tmp_path / "v.mp4"
    old.write_bytes(b"old")
    render = ("render", "--model", model_path, "--count", 2000, *SMALL, "--out", old)
    assert status_after(name, encoders, *render) == status
    assert old.read_bytes() == b"old"
    assert {*names(tmp_path)} <= {"v.mp4", "v.mp4.unfinished"}  # with what was finished
    wait_until(lambda: not encoders())


@posix_only
def test_ctrl_c_during_a_training_leaves_the_old_model(tmp_path):
    old = tmp_path / "model.npz"
    old.write_bytes(b"old")
    train = ("train", "--out", old)
    assert status_after("SIGINT", lambda _, stderr: "Training" in stderr, *train) == 130
    assert old.read_bytes() == b"old"
    assert names(tmp_path) == ["model.npz"]


@posix_only
@pytest.mark.parametrize("delay", [0, 0.02, 0.1, 0.2, 0.4, 0.6])
def test_a_signal_at_any_moment_of_the_start_only_sets_the_exit_status(tmp_path, delay):
    def begun(pid, stderr):
        return pid in processes("-m mnistviz")  # and no longer a copy of this process

    render = ("render", *SMALL, "--out", tmp_path / "v.mp4")
    assert status_after("SIGTERM", begun, *render, delay=delay) in (143, -signal.SIGTERM)
    assert names(tmp_path) == []


IN_A_CALLBACK = """
import signal, time, weakref
import mnistviz.cli.app
from mnistviz.cli.signals import main

class Thing: pass

def work():
    thing = Thing()
    reference = weakref.ref(thing, lambda _: signal.raise_signal(signal.SIGTERM))
    del thing
    for _ in range(1000):
        time.sleep(0.01)
    print("worked to the end")

mnistviz.cli.app.run = work
main()
"""


@posix_only
def test_a_signal_that_comes_where_python_drops_errors_stops_the_program_too():
    done = subprocess.run([sys.executable, "-c", IN_A_CALLBACK], capture_output=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (143, b"", b"")


IN_AN_IMPORT = """
import time
import mnistviz.cli.app
from mnistviz.cli.signals import main

def work():
    import late
    for _ in range(1000):
        time.sleep(0.01)
    print("worked to the end")

mnistviz.cli.app.run = work
main()
"""


@posix_only
def test_a_signal_in_the_middle_of_an_import_stops_the_program_after_it(tmp_path):
    late = "import signal\nsignal.raise_signal(signal.SIGTERM)\nprint('imported', flush=True)\n"
    (tmp_path / "late.py").write_text(late)
    program = [sys.executable, "-c", IN_AN_IMPORT]
    done = subprocess.run(program, cwd=tmp_path, capture_output=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (143, b"imported\n", b"")


@posix_only
@pytest.mark.parametrize("name", ["film.mp4", "frame.png", "frame.pdf", "model.npz"])
def test_a_full_disk_is_an_error_that_says_so(tmp_path, model_path, small_digits, name):
    mount = ["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", tmp_path]
    if subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("needs the right to mount a small disk")
    try:
        (tmp_path / name).write_bytes(b"old")
        shown = ("--model", model_path, *SMALL)
        film, still = ("render", "--count", 4, *shown), ("still", "--index", 3, *shown)
        verb = {"film": film, "frame": still, "model": ("train", "--data", small_digits)}[
            name.split(".")[0]
        ]
        result = run(*verb, "--out", tmp_path / name)
        assert result.returncode == 1
        assert result.stderr.splitlines()[-1].lower().count("no space left on device") == 1
        assert str(tmp_path / name) in result.stderr
        assert "Traceback" not in result.stderr
        assert names(tmp_path) == [name]
        assert (tmp_path / name).read_bytes() == b"old"
    finally:
        subprocess.run(["umount", tmp_path], check=True)


@posix_only
def test_a_reader_that_goes_away_is_no_reason_for_a_traceback(tmp_path, model_path):
    read, write = os.pipe()
    os.close(read)
    still = command("still", "--model", model_path, "--index", 1, *SMALL, "--out", "f.png")
    with os.fdopen(write, "wb") as pipe:
        result = subprocess.run(still, stdout=pipe, stderr=subprocess.PIPE, cwd=tmp_path)
    assert result.stderr == b""
    assert result.returncode == 1


@posix_only
@pytest.mark.parametrize("arguments", [("--version",), ("still", "--index", "1", "--out", "f.png")])
@pytest.mark.parametrize(
    ("where", "problem"),
    [(">&-", "Bad file descriptor"), ("> /dev/full", "No space left on device")],
)
def test_a_closed_or_full_stdout_is_an_error_in_a_line(
    tmp_path, model_path, arguments, where, problem
):
    if where != ">&-" and not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    more = ("--model", str(model_path), *SMALL) if len(arguments) > 1 else ()
    shell = ["sh", "-c", f'"$@" {where}', "sh", *command(*arguments, *more)]
    result = subprocess.run(shell, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    said = f"Error: cannot write to stdout: {problem}\n"
    assert (result.returncode, result.stderr) == (1, said)


@posix_only
def test_on_a_terminal_a_bar_shows_how_far_it_is(tmp_path, model_path):
    pexpect = pytest.importorskip("pexpect")
    render = command("render", "--model", model_path, "--count", 3, *SMALL, "--out", "v.gif")
    shown = pexpect.run(shlex.join(render), timeout=120, cwd=str(tmp_path))
    assert b"Rendering" in shown
    assert b"3/3" in shown
    assert b"None" not in shown


def test_convert_writes_a_folder_of_pictures_that_render_takes(tmp_path):
    for part in ("train", "test"):
        for place, name in enumerate(("cat", "お")):
            (tmp_path / "own" / part / name).mkdir(parents=True)
            picture = Image.new("L", (8, 9), 200 * place + 20)
            picture.save(tmp_path / "own" / part / name / "0.png")
    result = run("convert", tmp_path / "own", "--out", tmp_path / "idx")
    assert result.returncode == 0, result.stderr
    assert "2 images to train with, 2 to test with, 2 classes" in result.stdout
    assert len(names(tmp_path / "idx")) == 5
    assert_refused(run("convert", tmp_path / "own", "--out", tmp_path / "idx"), "is not empty")
    for data in ("own", "idx"):
        still = ("still", "--index", 1, "--data", data, "--out", f"{data}.png", *SMALL)
        printed = run(*still, cwd=tmp_path).stdout
        assert printed.startswith(f"{data}.png: image 1, predicted ")
        assert printed.endswith(", 640x360\n")
    assert (tmp_path / "own.png").read_bytes() == (tmp_path / "idx.png").read_bytes()


def test_a_training_film_is_reported_in_one_line_with_steps_and_accuracy(tmp_path):
    data = write_dataset(tmp_path / "data")
    options = (*SMALL, "--fps", 2, "--quality", "draft", "--quiet", "--hash")
    result = run("render-training", "--data", data, "--out", tmp_path / "v.mp4", *options)
    assert result.returncode == 0, result.stderr
    line, *hashes = result.stdout.splitlines()
    assert re.fullmatch(
        r".*v\.mp4: 320 steps, 12\.000 s, 640x360, 0\.\d MB, \d+\.\d % right, "
        r"cross-entropy \d+\.\d{3}",
        line,
    )
    assert [each.split()[0] for each in hashes] == ["drawn", "file"]


def test_train_names_its_log_and_says_of_which_images_it_measured(tmp_path, small_digits):
    options = ("--data", small_digits, "--epochs", 1, "--validation-share", 0.2, "--quiet")
    result = run("train", "--out", "m.npz", "--log", "c.csv", *options, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    line, log = result.stdout.splitlines()
    assert re.fullmatch(r"m\.npz: \d+\.\d % of 2\d\d validation images right", line)
    assert log == "log c.csv"
    assert names(tmp_path) == ["c.csv", "m.npz"]


@posix_only
def test_a_signal_that_was_ignored_at_the_start_stays_so(tmp_path, model_path):
    film = ("render", "--model", model_path, "--count", 30, *SMALL, "--out", tmp_path / "v.mp4")
    with subprocess.Popen(
        command(*film),
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),  # as nohup does
    ) as process:
        process.stderr.readline()
        process.send_signal(signal.SIGHUP)
        process.stderr.read()
    assert (process.returncode, (tmp_path / "v.mp4").exists()) == (0, True)


@posix_only
def test_a_second_ctrl_c_changes_nothing(tmp_path, model_path):
    film = ("render", "--model", model_path, "--count", 2000, *SMALL, "--out", tmp_path / "v.mp4")
    with subprocess.Popen(
        command(*film),
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        process.stderr.readline()
        time.sleep(1)
        for _ in range(50):
            process.send_signal(signal.SIGINT)
            time.sleep(0.002)
        said = process.stderr.read()
    assert (process.returncode, b"Traceback" in said) == (130, False)
    assert {*names(tmp_path)} <= {"v.mp4.unfinished"}
