"""Scenes, and their two renderers: matplotlib draws them whole, NumPy what changes."""

import os

from mnistviz.errors import MnistvizError

try:
    import matplotlib as mpl
except UnicodeDecodeError as error:  # it reads its settings, though they are not used here
    raise MnistvizError(f"matplotlib's settings, matplotlibrc, are not in UTF-8: {error}") from None


def _need_no_cache() -> None:
    """Let matplotlib do without folders of its own, where nothing can be written.

    It would refuse to be imported. This must come before its `font_manager`.
    """
    for name in ("get_cachedir", "get_configdir"):
        try:
            getattr(mpl, name)()
        except OSError:  # neither its own folder can be made nor a temporary one
            setattr(mpl, name, lambda: os.devnull)  # in which no file can be read or made


_need_no_cache()
