"""The colours of the film's themes for the page: as CSS variables and as bytes."""

from mnistviz.config import PageConfig, PictureConfig
from mnistviz.drawing.theme import Colour, Theme, theme_of

SCREENS = ("dark", "light")


def signed_colours(page: PageConfig) -> dict[str, bytes]:
    """Return the colours of weights by theme, as 256 × (red, green, blue); none if grey."""
    themes = {name: _theme(page, name) for name in SCREENS}
    colours = {name: theme.signed_colours for name, theme in themes.items()}
    return {name: array.tobytes() for name, array in colours.items() if array is not None}


def stylesheet(page: PageConfig) -> str:
    """Return the CSS variables of the page's themes; in print, of the theme 'print'."""
    dark, light = (
        f":root {{ color-scheme: {name}; {_variables(_theme(page, name))} }}" for name in SCREENS
    )
    paper = _variables(theme_of(PictureConfig(theme="print", palette=page.palette)))
    rules = {
        "dark": [dark],
        "light": [light],
        "auto": [dark, f"@media (prefers-color-scheme: light) {{ {light} }}"],
    }[page.theme]
    return "\n".join([*rules, f"@media print {{ :root {{ color-scheme: light; {paper} }} }}"])


def _theme(page: PageConfig, name: str) -> Theme:
    return theme_of(PictureConfig(theme=name, palette=page.palette, weights=page.weights))


def _variables(theme: Theme) -> str:
    accents = theme.accents
    colours = {
        "background": theme.background,
        "ink": theme.ink,
        "muted": theme.muted,
        "line": theme.line,
        "shade": theme.shade,
        "bar": theme.bar,
        "true": accents.true,
        "wrong": accents.wrong,
        "true-text": accents.true_text,
        "wrong-text": accents.wrong_text,
    }
    return " ".join(f"--{name}: {_hex(colour)};" for name, colour in colours.items())


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
