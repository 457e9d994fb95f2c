"""Scripts that DejaVu Sans lacks, with the typefaces of Linux, macOS and Windows that have them."""

import unicodedata
from typing import NamedTuple


class Script(NamedTuple):
    """A script, and where its letters are found.

    Attributes
    ----------
    name
        What people call it.
    languages
        Tags of the languages written in it; of one script in two forms, with that of the form.
    letters
        A typeface that has these has the script.
    families
        Typefaces, the best first.
    package
        A package of Debian and Ubuntu that has one of them.
    """

    name: str
    languages: tuple[str, ...]
    letters: str
    families: tuple[str, ...]
    package: str

    @property
    def advice(self) -> str:
        """Which typeface to install, and how."""
        return f"{self.families[0]} (on Debian and Ubuntu: apt install {self.package})"


CJK, CORE = "fonts-noto-cjk", "fonts-noto-core"
MANY = ("WenQuanYi Micro Hei", "Droid Sans Fallback", "Arial Unicode MS")  # Han, kana and Hangul
WINDOWS = ("Nirmala UI", "Nirmala Text")  # India's scripts

SCRIPTS = (
    Script(
        "Chinese",
        ("zh",),
        "图数",
        (
            *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN"),
            *("PingFang SC", "Hiragino Sans GB", "Heiti SC", "Microsoft YaHei", "SimHei"),
            *("WenQuanYi Zen Hei", *MANY),
        ),
        CJK,
    ),
    Script(
        "traditional Chinese",
        ("zh-Hant", "zh-TW", "zh-HK", "zh-MO"),
        "圖數",
        (
            *("Noto Sans CJK TC", "Noto Sans TC", "Source Han Sans TC", "Source Han Sans TW"),
            *("PingFang TC", "Heiti TC", "Microsoft JhengHei", "WenQuanYi Zen Hei", *MANY),
        ),
        CJK,
    ),
    Script(
        "Japanese",
        ("ja",),
        "画数のカ",
        (
            *("Noto Sans CJK JP", "Noto Sans JP", "Source Han Sans JP", "Source Han Sans"),
            *("Hiragino Sans", "Hiragino Kaku Gothic ProN", "Yu Gothic", "Meiryo", "MS Gothic"),
            *("IPAexGothic", "IPAGothic", "VL Gothic", "TakaoGothic", *MANY),
        ),
        CJK,
    ),
    Script(
        "Korean",
        ("ko",),
        "그림수",
        (
            *("Noto Sans CJK KR", "Noto Sans KR", "Source Han Sans KR", "Apple SD Gothic Neo"),
            *("AppleGothic", "Malgun Gothic", "NanumGothic", "UnDotum", *MANY),
        ),
        CJK,
    ),
    Script(
        "Devanagari",
        ("hi", "mr", "ne", "sa", "bho", "mai", "kok"),
        "हि्",
        (
            *("Noto Sans Devanagari", "Lohit Devanagari", "Kohinoor Devanagari"),
            *("Devanagari Sangam MN", "Devanagari MT", *WINDOWS, "Mangal", "Gargi", "FreeSans"),
        ),
        CORE,
    ),
    Script(
        "Bengali",
        ("bn", "as"),
        "বি্",
        (
            *("Noto Sans Bengali", "Lohit Bengali", "Kohinoor Bangla", "Bangla Sangam MN"),
            *(*WINDOWS, "Vrinda", "FreeSans"),
        ),
        CORE,
    ),
    Script(
        "Gurmukhi",
        ("pa",),
        "ਪਿ੍",
        ("Noto Sans Gurmukhi", "Lohit Gurmukhi", "Gurmukhi Sangam MN", *WINDOWS, "Raavi"),
        CORE,
    ),
    Script(
        "Gujarati",
        ("gu",),
        "ગિ્",
        (
            *("Noto Sans Gujarati", "Lohit Gujarati", "Kohinoor Gujarati", "Gujarati Sangam MN"),
            *(*WINDOWS, "Shruti"),
        ),
        CORE,
    ),
    Script(
        "Tamil",
        ("ta",),
        "தி்",
        ("Noto Sans Tamil", "Lohit Tamil", "Tamil Sangam MN", *WINDOWS, "Latha"),
        CORE,
    ),
    Script(
        "Telugu",
        ("te",),
        "తి్",
        (
            *("Noto Sans Telugu", "Lohit Telugu", "Kohinoor Telugu", "Telugu Sangam MN"),
            *(*WINDOWS, "Gautami"),
        ),
        CORE,
    ),
    Script(
        "Kannada",
        ("kn",),
        "ಕಿ್",
        ("Noto Sans Kannada", "Lohit Kannada", "Kannada Sangam MN", *WINDOWS, "Tunga"),
        CORE,
    ),
    Script(
        "Malayalam",
        ("ml",),
        "മി്",
        ("Noto Sans Malayalam", "Lohit Malayalam", "Malayalam Sangam MN", *WINDOWS, "Kartika"),
        CORE,
    ),
    Script(
        "Sinhala",
        ("si",),
        "සි්",
        ("Noto Sans Sinhala", "Sinhala Sangam MN", *WINDOWS, "Iskoola Pota", "LKLUG"),
        CORE,
    ),
    Script(
        "Thai",
        ("th",),
        "ภาพั",
        ("Noto Sans Thai", "Thonburi", "Leelawadee UI", "Tahoma", "Loma", "Garuda"),
        CORE,
    ),
    Script(
        "Khmer",
        ("km",),
        "ខ្មែ",
        ("Noto Sans Khmer", "Khmer Sangam MN", "Leelawadee UI", "Khmer OS"),
        CORE,
    ),
    Script(
        "Myanmar",
        ("my",),
        "မြန်",
        ("Noto Sans Myanmar", "Myanmar Sangam MN", "Myanmar Text", "Padauk"),
        CORE,
    ),
    Script(
        "Ethiopic",
        ("am", "ti"),
        "ምስል",
        ("Noto Sans Ethiopic", "Kefa", "Nyala", "Ebrima", "Abyssinica SIL"),
        CORE,
    ),
)


def script_of(language: str) -> Script | None:
    """Return the script of a language, by its tag; None if DejaVu Sans has all its letters."""
    primary, *more = language.split("-")
    tags = [*(f"{primary}-{each}" for each in more), primary]
    found = (script for tag in tags for script in SCRIPTS if tag in script.languages)
    return next(found, None)


def script_with(letter: str) -> Script | None:
    """Return the script to which a letter belongs; None if it is none of these."""
    called = unicodedata.name(letter[0], "").split(" ")[0]
    name = {"CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}
    found = (it for it in SCRIPTS if it.name in (called.capitalize(), name.get(called)))
    return next(found, None)
