"""What the page's scripts need to say things in a language: its messages and its numbers."""

from gettext import GNUTranslations
from io import BytesIO
from typing import Any

from mnistviz.language.language import Language

# Gettext's rules depend on the last two digits of a number, and on the number itself if it is
# small: of a number from 100 on, the page looks up 100 plus its last two digits.
SAMPLES = range(200)


def messages_of(language: Language) -> dict[str, Any]:
    """Return the translations that the scripts need, as facts of the page; of English none.

    The template says which messages they are. In ``messages`` is the translation of each; in
    ``counted`` are, by the message about one, the forms about numbers and which one each of the
    `SAMPLES` chooses. The page does not rely on the browser for that: it would know neither the
    rule of a user's catalogue nor that of every language.
    """
    messages: dict[str, str] = {}
    counted: dict[str, dict[str, Any]] = {}
    if language.catalogue:
        from mnistviz.language.catalogue import template

        words = GNUTranslations(BytesIO(language.catalogue))
        for message in template():
            if not any(place.endswith(".js") for place, _ in message.locations):
                continue
            if isinstance(message.id, str):
                messages[message.id] = words.gettext(message.id)
            else:
                one, many = message.id
                counted[one] = _chosen([words.ngettext(one, many, number) for number in SAMPLES])
    return {"messages": messages, "counted": counted}


def numbers_of(language: Language) -> dict[str, Any]:
    """Return how the language writes numbers, as facts of the page.

    ``mark`` stands before a sign, ``percent`` around a number; from the right, the first group has
    three digits, the others have ``grouped``. Browsers know that too, but of fewer languages, and
    not all the same.
    """
    digits = [language.number(digit) for digit in range(10)]
    ones = language.number(1_111_111)
    group = ones.replace(digits[1], "")[:1]
    return {
        "digits": digits,
        "point": language.number(0.5, 1)[1:-1],
        "group": group,
        "grouped": len(ones.split(group)[1]),
        "percent": language.percent(0, 0).split(digits[0]),
        "mark": language.signed(1).partition("+")[0],
    }


def _chosen(texts: list[str]) -> dict[str, Any]:
    """Return the different texts, and the index of each."""
    forms = list(dict.fromkeys(texts))
    return {"forms": forms, "choice": "".join(str(forms.index(text)) for text in texts)}
