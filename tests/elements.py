"""What a page of HTML consists of."""

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
        """Return the attributes of the one element of a name."""
        (found,) = (attributes for name, attributes in self.all if name == tag)
        return found

    @property
    def tags(self):
        return {tag for tag, _ in self.all}

    def values(self, *names):
        """Return what attributes of these names are set to, in the page's order."""
        return [given[name] for _, given in self.all for name in names if given.get(name)]
