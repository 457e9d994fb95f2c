"""A language, in which it is said what a viewer sees. Without Babel, unless it is not English."""

import io
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from typing import NamedTuple

from mnistviz.config import Wording
from mnistviz.errors import LanguageWarning, OptionError
from mnistviz.language.typefaces import DEJAVU, Fonts

MARK = re.compile(r"{(\w+)}")  # where a value stands in a message
LONG = 999.5  # from which on numbers are written in powers of ten
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = "\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}"


def later(message: str) -> str:
    """Return a message that is said later; here the catalogues' messages are gathered."""
    return message


class Remark(NamedTuple):
    """Something to say later: a message, and what stands in the place of {number} or {share}."""

    message: str
    number: float = 0

    def said(self, language: "Language") -> str:
        """Return it in a language."""
        number, share = language.number(self.number), language.percent(self.number)
        return language.say(self.message, number=number, share=share)


@dataclass(frozen=True)
class Language:
    """A language: its messages, and how it writes numbers and lists.

    Attributes
    ----------
    tag
        Its name by BCP 47, as 'de' or 'pt-BR'.
    catalogue
        Its messages, as the content of a .mo file. Default: none, they stay English.
    fonts
        What pictures are written in.
    """

    tag: str = "en"
    catalogue: bytes = b""
    fonts: Fonts = DEJAVU

    def say(self, message: str, /, **values: object) -> str:
        """Return a message in this language.

        Parameters
        ----------
        message
            In English, as the catalogues have it.
        values
            What stands in the place of its {names}.
        """
        # gettext has the catalogue's header for an empty message.
        text = _messages(self.catalogue).gettext(message) if message else ""
        return filled(text, values) if values else text

    def say_counted(self, one: str, many: str, number: int, /, **values: object) -> str:
        """Return a message about a number of something, with the plural of this language.

        Parameters
        ----------
        one, many
            The message in English, about one and about more.
        number
            It stands in the place of {number}.
        values
            As for `say`.
        """
        message = _messages(self.catalogue).ngettext(one, many, number)
        return filled(message, {"number": self.number(number), **values})

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number, rounded to so many decimals."""
        written = f"{value:.{decimals}f}"
        size = written.removeprefix("-")
        if self._is_english:
            text = f"{abs(value):,.{decimals}f}"
        else:
            from mnistviz.language.numbers import decimal

            text = decimal(self.tag, size)
        return text if size == written else self._minus + text

    def percent(self, share: float, decimals: int = 1) -> str:
        """Return a share of 1 in per cent."""
        return self._percent(100 * share, decimals)

    def probability(self, share: float, decimals: int = 1) -> str:
        """Return a probability in per cent; nearly certain or impossible is not called so."""
        sign, hundredths = self._short_of_all(share, decimals)
        return sign + self._percent(hundredths, decimals)

    def share(self, share: float) -> str:
        """Return a share that was counted in per cent; only all are 100 %, and only none 0 %."""
        return self.percent(share) if share in (0, 1) else self.probability(share)

    def hundredths(self, share: float) -> str:
        """Return a share that was counted as `share` does, without the sign of per cent."""
        sign, hundredths = ("", 100 * share) if share in (0, 1) else self._short_of_all(share, 1)
        return sign + self.number(hundredths, 1)

    def _short_of_all(self, share: float, decimals: int) -> tuple[str, float]:
        """Return hundredths, after '>' or '<' where they would be rounded to all or to none."""
        least = 10.0**-decimals
        if 100 - 100 * share < least / 2:
            return f"{self._before_sign}>", 100 - least
        if 100 * share < least / 2:
            return f"{self._before_sign}<", least
        return "", 100 * share

    def signed(self, value: float, decimals: int | None = None) -> str:
        """Return a number with its sign; what rounds to zero has no sign.

        It has one decimal, or as many as are given. If none are, what has more digits before the
        point loses it, and from 1,000 is written in powers of ten, to take no more room.
        """
        size, power = abs(value), ""
        if decimals is None and size >= LONG:
            mantissa, exponent = f"{size:.0e}".split("e")
            text, power = self.number(int(mantissa)), f"e{int(exponent):02}"
        else:
            text = self.number(size, int(size < 99.95) if decimals is None else decimals)
        if text == self.number(0, 1 if decimals is None else decimals):
            return text
        return f"{self._minus if value < 0 else self._plus}{text}{power}"

    def listed(self, names: Sequence[str]) -> str:
        """Return names as a sentence lists them: 'a, b and c'."""
        if not self._is_english:
            from mnistviz.language.numbers import listed

            return listed(self.tag, list(names))
        *others, last = names
        return f"{', '.join(others)} and {last}" if others else last

    def in_a_line(self, parts: Iterable[str]) -> str:
        """Return texts that have nothing to do with each other as one line."""
        # Else what is in Latin letters or digits around the dot would be read from the left.
        return (f" · {_RIGHT_TO_LEFT}" if self.is_right_to_left else " · ").join(parts)

    @property
    def is_right_to_left(self) -> bool:
        """Whether it is written from right to left."""
        if self._is_english:
            return False
        from mnistviz.language.numbers import locale_of

        return locale_of(self.tag).text_direction == "rtl"

    @property
    def in_tracks(self) -> str:
        """Its name in films' tracks, by ISO 639-2; 'und' for one whose catalogue has none."""
        if self._is_english:
            return "eng"
        # Translators: your language's three letters in ISO 639-2/T, as eng, deu or fra: for tracks
        # of captions, whose menus then name the language.
        name = self.say("und")
        return name if re.fullmatch("[a-z]{3}", name) else "und"

    @property
    def _is_english(self) -> bool:
        return self.tag == "en"

    @property
    def _before_sign(self) -> str:
        """What keeps a sign at the left of its number."""
        return _LEFT_TO_RIGHT if self.is_right_to_left else ""

    @property
    def _minus(self) -> str:
        return f"{self._before_sign}−"

    @property
    def _plus(self) -> str:
        return f"{self._before_sign}+"

    def _percent(self, value: float, decimals: int) -> str:
        if self._is_english:
            return f"{value:.{decimals}f} %"
        from mnistviz.language.numbers import percent

        return percent(self.tag, f"{value:.{decimals}f}")


ENGLISH = Language()


def language_of(wording: Wording) -> Language:
    """Return the language that is asked for.

    Raises
    ------
    OptionError
        There is no such language, or the file of words cannot be read as that of one.
    """
    if wording.language == "en" and wording.words is None:
        return ENGLISH
    from mnistviz.language import catalogue as po

    tag, words = wording.language, wording.words
    if words is None and not po.is_known(tag):
        raise OptionError(
            f"there are no words of the language {tag!r}: expected one of en, "
            f"{', '.join(po.languages())}, or --words with a file of its words, which "
            "`mnistviz words` writes to fill in"
        )
    messages = po.catalogue_of(wording)
    lacking = 0 if po.is_known(tag) else len(po.template()) - len(po.translated(messages))
    if lacking:
        text = f"{words} has no translation of {lacking} messages, which stay English"
        warnings.warn(text, LanguageWarning, stacklevel=2)
    return Language(tag, po.compiled(messages))


def filled(message: str, values: Mapping[str, object]) -> str:
    """Return a message with values in the place of their {names}."""
    # In one pass: a class may be called '{number}'.
    return MARK.sub(lambda mark: str(values.get(mark[1], mark[0])), message)


@lru_cache(maxsize=64)
def _messages(catalogue: bytes) -> NullTranslations:
    return GNUTranslations(io.BytesIO(catalogue)) if catalogue else NullTranslations()
