"""Imported first, this gives mnistviz smaller defaults, and small sets behind the names of sets.

So the commands and programs of README and docs run as they are written, in little time. The
variable MNISTVIZ_SMALLER holds the mirror of the sets, and the folder with their files.
"""

import hashlib
import os
from dataclasses import fields, replace
from pathlib import Path

from mnistviz import config
from mnistviz.datasets import named_sets as sets
from mnistviz.model.training_config import TrainingConfig

config.FILM_IMAGES = 2
config.SECONDS_PER_IMAGE = 0.6
SMALLER = {
    config.Encoding: {"quality": "draft", "frame_rate": 10},
    config.PictureConfig: {"size": (854, 480)},
    TrainingConfig: {"epochs": 1},
}


def facts(folder, named):
    """Return the files of a named set, with hashes and sizes of those in a folder."""
    bodies = [(folder / file.name).read_bytes() for file in named.files]
    return tuple(
        sets.SetFile(file.name, hashlib.sha256(body).hexdigest(), len(body))
        for file, body in zip(named.files, bodies, strict=True)
    )


for kind, values in SMALLER.items():
    for name, value in values.items():
        setattr(kind, name, value)  # for those who read it
    kind.__init__.__defaults__ = tuple(getattr(kind, field.name) for field in fields(kind))
url, _, folder = os.environ["MNISTVIZ_SMALLER"].partition(" ")
for name, named in sets.SETS.items():
    sets.SETS[name] = replace(named, mirrors=(url,), files=facts(Path(folder), named))
