"""With --loop the last image turns into the first: a film that is played again has no seam."""

import numpy as np

import mnistviz
from frames import decode
from mnistviz import Encoding, PictureConfig, Selection, Timing, Workers
from mnistviz.formats.timeline import Timeline

SIZE = (640, 360)


def test_the_transition_to_the_first_image_follows_the_last():
    timeline = Timeline(3, 1, 30, 0.25, loop=True)
    starts = [timeline.start(picture) for picture in range(timeline.pictures)]
    assert starts == [0, *range(30, 38), *range(60, 68), *range(90, 97)]
    assert timeline.frames == 97
    assert timeline.frames_of(timeline.picture_of(2), timeline.pictures) == (*[1] * 7, 23, *[1] * 7)


def test_the_last_frames_lead_to_the_first(digits, trained, tmp_path):
    how = (
        Selection(indices=(8, 0, 1)),
        Timing(0.5, transition=0.4, loop=True),
        Encoding(10, quality="master"),
        PictureConfig(SIZE),
    )
    film = mnistviz.render(digits, trained, tmp_path / "v.mp4", *how)
    assert film.seconds == 1.8
    first, *_, image, one, two, three = (
        frame.luma for frame in decode(film.path, SIZE, fps_mode="passthrough")
    )
    to_first = [np.abs(frame - first).mean() for frame in (image, one, two, three)]
    assert to_first == sorted(to_first, reverse=True)
    assert to_first[-1] < to_first[0] / 2
    other = mnistviz.render(
        digits, trained, tmp_path / "w.mp4", *how, workers=Workers(1), hashed=True
    )
    assert other.path.read_bytes() == film.path.read_bytes()
