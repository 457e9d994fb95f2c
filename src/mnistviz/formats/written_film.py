"""The result of writing a film; a notebook shows it, if it is small enough for its page."""

import base64
from dataclasses import dataclass
from html import escape
from pathlib import Path

from mnistviz.config import CODECS

MOST_EMBEDDED = 20_000_000  # bytes, as in matplotlib; a larger notebook is slow to open and save
PLAYED = {suffix: f"video/{suffix[1:]}" for suffix in CODECS}
LOOPED = {".gif": "image/gif", ".webp": "image/webp"}


@dataclass(frozen=True, kw_only=True)
class WrittenFilm:
    """A film that was written. As the last value of a notebook's cell it is shown.

    Attributes
    ----------
    path
        Its file.
    seconds
        Its length.
    size
        Width and height in pixels.
    drawn_sha256
        SHA-256 of its pictures as they were drawn, if `hashed`.
    captions, poster
        Its companion files, if it has any: WebVTT, and a PNG.
    found
        How many of its segments had been finished by a run that was broken off.
    language
        Of its captions, by BCP 47.
    """

    path: Path
    seconds: float
    size: tuple[int, int]
    drawn_sha256: str | None = None
    captions: Path | None = None
    poster: Path | None = None
    found: int = 0
    language: str = "en"

    def _repr_html_(self) -> str:
        """Return the film as HTML that needs no other file: a player, or a looping picture.

        What cannot be embedded, being too large, gone, or no single file, is described in text.
        """
        text = f"{self.path}: {self.seconds:.1f} s, {self.size[0]}×{self.size[1]}"
        kind = self.path.suffix.lower()
        if kind not in PLAYED | LOOPED or not self.path.is_file():
            return f"<p>{escape(text)}. Not shown here: no film that a page can hold.</p>"
        length = self.path.stat().st_size
        text += f", {length / 1e6:.1f} MB"
        if length > MOST_EMBEDDED:
            return f"<p>{escape(text)}. {escape(_too_large(self.path))}</p>"
        shown = self._video(PLAYED[kind]) if kind in PLAYED else self._image(LOOPED[kind])
        return f'<figure style="margin: 0">{shown}<figcaption>{escape(text)}</figcaption></figure>'

    def _video(self, kind: str) -> str:
        poster, captions = _embedded(self.poster, "image/png"), _embedded(self.captions, "text/vtt")
        attribute = f' poster="{poster}"' if poster else ""
        named = f'srclang="{escape(self.language)}"' + ' label="English"' * (self.language == "en")
        track = f'<track default kind="captions" {named} src="{captions}">' if captions else ""
        return (
            f"<video controls loop playsinline {self._fitted()} "
            f'aria-label="{escape(self.path.name)}"{attribute}>'
            f'<source type="{kind}" src="{_embedded(self.path, kind)}">{track}</video>'
        )

    def _image(self, kind: str) -> str:
        source = _embedded(self.path, kind)
        return f'<img {self._fitted()} alt="{escape(self.path.name)}" src="{source}">'

    def _fitted(self) -> str:
        return 'width="{}" height="{}" style="max-width: 100%; height: auto"'.format(*self.size)


def _too_large(path: Path) -> str:
    name = repr(str(path))
    video = path.suffix.lower() in PLAYED
    embedding = f"Video({name}, embed=True)" if video else f"Image({name})"
    return (
        f"Not shown here: films of more than {MOST_EMBEDDED / 1e6:.0f} MB would make the notebook "
        "slow. Render fewer images, a smaller size or the quality draft, or embed it all the same: "
        f"IPython.display.{embedding}"
    )


def _embedded(path: Path | None, kind: str) -> str:
    """Return a file as a data URL, or nothing if there is no such file."""
    if path is None or not path.is_file():
        return ""
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
