"""Import it first, and mnistviz has smaller defaults, and sets of few digits behind its names.

So the commands and programs of README and docs can be run as they are written, and soon. The
sets are fetched, as any others, from the mirror MNISTVIZ_SMALLER, whose files are in the folder
of that name.
"""

import hashlib
import os
from dataclasses import fields, replace
from pathlib import Path

from mnistviz import config
from mnistviz.datasets import named_sets as sets

config.FILM_IMAGES = 2
SMALLER = (
    (config.Encoding, {"quality": "draft", "frame_rate": 10}),
    (config.PictureConfig, {"size": (640, 360)}),
)


def shrink(kind, values):
    """Give the fields of a configuration other defaults, for both who reads and who calls it."""
    for name, value in values.items():
        setattr(kind, name, value)
    kind.__init__.__defaults__ = tuple(getattr(kind, field.name) for field in fields(kind))


def facts(folder, named):
    """Return what a set must be to be fetched from the files of a folder, in place of its own."""
    bodies = [(folder / file.name).read_bytes() for file in named.files]
    return tuple(
        sets.SetFile(file.name, hashlib.sha256(body).hexdigest(), len(body))
        for file, body in zip(named.files, bodies, strict=True)
    )


for kind, values in SMALLER:
    shrink(kind, values)
url, _, folder = os.environ["MNISTVIZ_SMALLER"].partition(" ")
for name, named in sets.SETS.items():
    sets.SETS[name] = replace(named, mirrors=(url,), files=facts(Path(folder), named))
