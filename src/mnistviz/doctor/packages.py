"""Python, and the packages that mnistviz needs."""

import platform
import sys
from collections.abc import Iterator
from functools import partial
from importlib import import_module, metadata

from mnistviz.doctor.finding import Finding, guarded

MODULES = {"pillow": "PIL"}  # where a package's module is not called as the package is


def look_at_python() -> Finding:
    """Return which Python this is; an older one than ours would not have come this far."""
    system = f"{platform.system()} {platform.machine()}"
    return Finding("Python", "ok", f"{platform.python_version()}, {sys.executable}, {system}")


def look_at_packages() -> Iterator[Finding]:
    """Yield what is found of each package: whether it is there, new enough, and can be imported."""
    for line in metadata.requires("mnistviz") or ():
        if "extra ==" not in line:
            cure = f"Install it: {sys.executable} -m pip install --force-reinstall '{line}'"
            yield guarded(line.partition(">=")[0], cure, partial(_look, line, cure))


def _look(line: str, cure: str) -> Finding:
    from packaging.requirements import Requirement

    needed = Requirement(line)
    try:
        version = metadata.version(needed.name)
    except metadata.PackageNotFoundError:
        return Finding(needed.name, "fail", "not installed", cure)
    import_module(MODULES.get(needed.name, needed.name.replace("-", "_")))
    if needed.specifier.contains(version, prereleases=True):
        return Finding(needed.name, "ok", version)
    return Finding(needed.name, "fail", f"{version}, but mnistviz needs {line}", cure)
