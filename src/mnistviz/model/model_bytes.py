"""The bytes of a model file: a regular file of a modest size, and no pickle."""

import stat
from pathlib import Path

from mnistviz.errors import ModelError

MOST_FILE_BYTES = 70 * 2**20  # 64 MiB of weights, and room for what stands beside them
# A pickle runs what its maker put in, so none is opened: not by its name, and not by its content.
PICKLES = {".pt": "torch", ".pth": "torch", ".bin": "torch", ".pkl": "joblib", ".joblib": "joblib"}
_STARTS = (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05")
_CONVERSIONS = {
    "torch": (
        "import torch, safetensors.torch as files",
        'files.save_file(torch.load({old!r}, weights_only=True), "weights.safetensors")',
    ),
    "joblib": (
        "import joblib, numpy; model = joblib.load({old!r})",
        'numpy.savez("weights.npz", coef_=model.coef_, intercept_=model.intercept_)',
    ),
}


def model_bytes(path: Path) -> bytes:
    """Return the bytes of a model file.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    ModelError
        It is missing, unreadable, no regular file, larger than 70 MiB, or a pickle.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            kind = "a folder" if stat.S_ISDIR(status.st_mode) else "something else"
            raise ModelError(f"expected a model file, got {kind}")
        if maker := PICKLES.get(path.suffix.lower()):
            raise ModelError(_conversion(path, maker))
        if status.st_size > MOST_FILE_BYTES:
            raise ModelError(
                f"expected a model of at most {MOST_FILE_BYTES} bytes, got {status.st_size}"
            )
        with path.open("rb") as file:
            data = file.read(status.st_size)
    except FileNotFoundError:
        raise ModelError("no such file; 'mnistviz train --out FILE' makes a model") from None
    except (OSError, ValueError) as error:
        raise ModelError(f"cannot be read: {getattr(error, 'strerror', error)}") from None
    if data.startswith(_STARTS) or (data.startswith(b"PK") and b"/data.pkl" in data):
        raise ModelError(_conversion(path, "torch" if data.startswith(b"PK") else "joblib"))
    return data


def _conversion(path: Path, maker: str) -> str:
    lines = "\n".join(f"  {line.format(old=str(path))}" for line in _CONVERSIONS[maker])
    return (
        "a pickle may run anything when it is opened, so mnistviz opens none; "
        f"if you trust it, convert it in Python:\n{lines}"
    )
