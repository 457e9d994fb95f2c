"""Where nothing can be written but the folder of --out, as in some containers, all works."""

import os
import shutil
import subprocess
import sys

import pytest

from commands import command

# As root in a namespace of its own: every mount becomes read-only, but for a new one.
SCRIPT = """
mount --make-rprivate / || exit 77
for point in $(awk '{print $5}' /proc/self/mountinfo | sort -r); do
    mount -o remount,ro,bind "$point" 2> /dev/null
done
mount -t tmpfs tmpfs "$1" || exit 77
test -w / && exit 77
cd "$1"
shift
exec "$@"
"""
FILM = ("render", "--count", "2", "--size", "640x360", "--quiet")


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or os.getuid() or not shutil.which("unshare"),
    reason="only root can make everything read-only",
)
@pytest.mark.parametrize(
    ("arguments", "made"),
    [
        ((*FILM, "--out", "a.mp4"), "a.mp4: 2 images"),
        (("datasets",), "bundled"),
    ],
)
def test_nothing_else_needs_to_be_written(tmp_path, model_path, arguments, made):
    model = () if arguments == ("datasets",) else ("--model", model_path)
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", SCRIPT, "sh", tmp_path, *command(*arguments, *model)],
        env={**os.environ, "HOME": "/nonexistent", "TMPDIR": "/nonexistent"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("this container may not mount")
    assert (done.returncode, done.stderr) == (0, "")
    assert made in done.stdout
