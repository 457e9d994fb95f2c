import subprocess

import numpy as np
import pytest

from mnistviz.ffmpeg import find_ffmpeg
from mnistviz.formats.companions import Companions
from mnistviz.formats.mp4 import Mp4
from mnistviz.timeline import Timeline
from mnistviz.video import VideoWriter

CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:01.000\none\n\n00:01.000 --> 00:02.000\ntwo\n"
METADATA = """;FFMETADATA1
title=Digits
[CHAPTER]
TIMEBASE=1/30
START=0
END=30
title=first
[CHAPTER]
TIMEBASE=1/30
START=30
END=60
title=second
"""


@pytest.mark.parametrize("given", [{"captions"}, {"metadata"}, {"captions", "metadata"}])
def test_captions_and_metadata_go_into_the_file_and_nothing_else(tmp_path, given):
    texts = {"captions": CAPTIONS, "metadata": METADATA}
    for name in given:
        (tmp_path / name).write_text(texts[name])
    companions = Companions(**{name: tmp_path / name for name in given})
    film = tmp_path / "film"
    with VideoWriter(film, Mp4((64, 64), Timeline(2, 1.0, 30), companions=companions)) as writer:
        for level in (50, 100):
            writer.write(np.full(64 * 96, level, np.uint8))
    told = exported(film, "ffmetadata")
    assert ("title=Digits" in told) == ("metadata" in given)
    assert told.count("[CHAPTER]") == (2 if "metadata" in given else 0)
    if "captions" in given:
        assert exported(film, "webvtt", "-map", "0:s").split() == CAPTIONS.split()


def exported(film, kind, *how):
    command = [find_ffmpeg(), "-v", "error", "-i", film, *how, "-f", kind, "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
