"""A page within a page: how a notebook shows an HTML file."""

from html import escape


def framed(page: str, title: str, height: int) -> str:
    """Return an element that holds a page, so that neither's styles and scripts meet the other's.

    Parameters
    ----------
    page
        The whole page, as HTML that loads nothing.
    title
        What it is, for those who do not see it: a text.
    height
        In pixels; the page is as wide as there is room.
    """
    return (
        f'<iframe srcdoc="{escape(page)}" title="{escape(title)}" sandbox="allow-scripts" '
        f'width="100%" height="{height}" style="border: 0"></iframe>'
    )
