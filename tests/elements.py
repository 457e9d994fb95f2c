"""Parses a page of HTML into elements and texts."""

from html.parser import HTMLParser


class Elements(HTMLParser):
    """The elements of a page in their order, each a name and its attributes, and its texts."""

    def __init__(self, page):
        super().__init__()
        self.all, self.texts = [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.all.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.texts.append(data)

    def __getitem__(self, tag):
        """Return the attributes of the only element of a name."""
        (found,) = (attributes for name, attributes in self.all if name == tag)
        return found

    @property
    def tags(self):
        return {tag for tag, _ in self.all}

    def values(self, *names):
        """Return the values of attributes of these names, in the page's order."""
        return [given[name] for _, given in self.all for name in names if given.get(name)]
