"""How a film shows itself in a notebook: inside the page, up to a size that pages bear."""

import base64
from html import escape
from pathlib import Path
from typing import TypeGuard

# Of a film, in bytes. matplotlib embeds as much; a larger notebook is slow to open and to save.
MOST_EMBEDDED = 20_000_000
PLAYED = {".mp4": "video/mp4", ".webm": "video/webm"}
LOOPED = {".gif": "image/gif", ".webp": "image/webp"}


def film_html(
    path: Path,
    seconds: float,
    size: tuple[int, int],
    captions: Path | None = None,
    poster: Path | None = None,
) -> str:
    """Return a film as HTML that needs no other file.

    Parameters
    ----------
    path
        The film.
    seconds
        Its length.
    size
        Width and height in pixels.
    captions, poster
        The files beside it, if it has any: WebVTT, and a PNG.

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
    shown = _video(path, size, captions, poster) if kind in PLAYED else _image(path, size)
    return f'<figure style="margin: 0">{shown}<figcaption>{escape(words)}</figcaption></figure>'


def _too_large(path: Path) -> str:
    name = repr(str(path))
    video = path.suffix.lower() in PLAYED
    shower = f"Video({name}, embed=True)" if video else f"Image({name})"
    return (
        f"Not shown here: films of more than {MOST_EMBEDDED / 1e6:.0f} MB would make the notebook "
        "slow. Render fewer images, a smaller size or the quality draft, or embed it all the same: "
        f"IPython.display.{shower}"
    )


def _video(path: Path, size: tuple[int, int], captions: Path | None, poster: Path | None) -> str:
    kind = PLAYED[path.suffix.lower()]
    before = f' poster="{_embedded(poster, "image/png")}"' if _is_there(poster) else ""
    return (
        f'<video controls loop playsinline {_fitted(size)} aria-label="{escape(path.name)}"'
        f'{before}><source type="{kind}" src="{_embedded(path, kind)}">{_track(captions)}</video>'
    )


def _image(path: Path, size: tuple[int, int]) -> str:
    source = _embedded(path, LOOPED[path.suffix.lower()])
    return f'<img {_fitted(size)} alt="{escape(path.name)}" src="{source}">'


def _fitted(size: tuple[int, int]) -> str:
    return 'width="{}" height="{}" style="max-width: 100%; height: auto"'.format(*size)


def _track(captions: Path | None) -> str:
    if not _is_there(captions):
        return ""
    source = _embedded(captions, "text/vtt")
    return f'<track default kind="captions" srclang="en" label="English" src="{source}">'


def _is_there(path: Path | None) -> TypeGuard[Path]:
    return path is not None and path.is_file()


def _embedded(path: Path, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
