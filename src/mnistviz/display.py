"""How a film shows itself in a notebook: inside the page, up to a size that pages bear."""

import base64
from html import escape
from pathlib import Path

# Of a film, in bytes. matplotlib embeds as much; a larger notebook is slow to open and to save.
MOST_EMBEDDED = 20_000_000
PLAYED = {".mp4": "video/mp4", ".webm": "video/webm"}
LOOPED = {".gif": "image/gif", ".webp": "image/webp"}
FITTED = "max-width: 100%; height: auto"


def film_html(path: Path, seconds: float, size: tuple[int, int]) -> str:
    """Return a film as HTML that needs no other file, with its captions if there are any.

    Parameters
    ----------
    path
        The film. Captions are in the file beside it whose name ends in ``.vtt``.
    seconds
        Its length.
    size
        Width and height in pixels.

    Returns
    -------
    str
        A player of a video, or a picture that moves. What cannot be embedded, being too large,
        gone, or no single file, is told of in words.
    """
    words = f"{path}: {seconds:.1f} s, {size[0]}×{size[1]}"
    kind = path.suffix.lower()
    if kind not in PLAYED | LOOPED or not path.is_file():
        return f"<p>{escape(words)}. Not shown here: no film that a page can hold.</p>"
    length = path.stat().st_size
    words += f", {length / 1e6:.1f} MB"
    if length > MOST_EMBEDDED:
        return f"<p>{escape(words)}. {escape(_too_large(path))}</p>"
    shown = _video(path, PLAYED[kind], size) if kind in PLAYED else _image(path, LOOPED[kind], size)
    return f'<figure style="margin: 0">{shown}<figcaption>{escape(words)}</figcaption></figure>'


def _too_large(path: Path) -> str:
    return (
        f"Not shown here: films of more than {MOST_EMBEDDED / 1e6:.0f} MB would make the notebook "
        "slow. Render fewer images, a smaller size or the quality draft, or embed it all the same: "
        f"IPython.display.Video({str(path)!r}, embed=True)"
    )


def _video(path: Path, kind: str, size: tuple[int, int]) -> str:
    width, height = size
    return (
        f'<video controls loop playsinline width="{width}" height="{height}" style="{FITTED}" '
        f'aria-label="{escape(path.name)}"><source type="{kind}" src="{_embedded(path, kind)}">'
        f"{_track(path.with_suffix('.vtt'))}</video>"
    )


def _image(path: Path, kind: str, size: tuple[int, int]) -> str:
    width, height = size
    return (
        f'<img width="{width}" height="{height}" style="{FITTED}" alt="{escape(path.name)}" '
        f'src="{_embedded(path, kind)}">'
    )


def _track(captions: Path) -> str:
    if not captions.is_file():
        return ""
    source = _embedded(captions, "text/vtt")
    return f'<track default kind="captions" srclang="en" label="English" src="{source}">'


def _embedded(path: Path, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
