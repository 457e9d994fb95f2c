"""A made-up language, in which every message can be told from English: one file and no code."""

import io
import re
import unicodedata

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from mnistviz import Wording
from mnistviz.language.catalogue import MARK, template

TAG = "qaa"  # of those that ISO 639-2 leaves to private use
# Letters like those of English, of which none is one; and all are in DejaVu Sans.
LETTERS = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "ÁƁČĐÉƑĜĤÍĴĶĹṀŃÓṔɊŘŠŤÚṼŴẊÝŽáƀčđéƒĝĥíĵķĺṁńóṕɋřšťúṽŵẋýž",
)
# What a language says as English does: terms, and words that are spelt alike.
SAME = {
    "ar": {"softmax"},
    "de": {"orange", "Training", "Pause"},
    "es": {"softmax", "{loss} nats"},
    "fr": {
        *("softmax", "orange", "{loss} nats", "score", "score {value}", "Introduction", "image"),
        "Pause",
        *("images", "Image {index}", "{number} classes", "perceptron", "test", "test {value}"),
        *("validation", "validation {value}"),
        *("{name}, score {number}", "{name}, {mark}, score {number}"),
    },
    "he": {"softmax"},
    "ja": {"softmax"},
    "it": {"softmax", "test", "test {value}", "bias", "+ bias", "bias {value}"},
    "nl": {
        *("softmax", "{loss} nats", "Training", "training", "training {value}", "score"),
        *("score {value}", "perceptron", "test", "test {value}", "bias", "+ bias", "bias {value}"),
        *("focus", "product", "{prediction}; was {name}", "effect", "model", "epochs", "recall"),
        *("{name}, score {number}", "{name}, {mark}, score {number}"),
    },
    "pl": {
        *("softmax", "perceptron", "test", "test {value}", "bias", "+ bias", "bias {value}"),
        "model",
    },
    "pt": {"softmax", "{loss} nats", "{number} classes", "perceptron"},
    "ru": {"softmax"},
    "tr": {"softmax", "test", "test {value}", "model"},
    "zh": {"softmax"},
}


def made_up(message: str, longer: float = 0) -> str:
    """Return a message in the made-up language, longer than in English by a share."""
    if message == "und":
        return TAG  # as tracks name it
    parts = re.split(f"({MARK.pattern.replace('(', '(?:')})", message)
    said = "".join(part if MARK.fullmatch(part) else part.translate(LETTERS) for part in parts)
    lines = [line + "ō" * round(longer * len(line)) for line in said.split("\n")]
    return "\n".join(lines) if re.search(r"\w", MARK.sub("", message)) else said


def wording(folder, longer: float = 0) -> Wording:
    """Return the wording for the made-up language, whose words are a file in a folder."""
    catalogue = Catalog(TAG)
    for message in template():
        if message.id:
            one = [message.id] if isinstance(message.id, str) else message.id
            texts = [made_up(text, longer) for text in one]
            catalogue.add(message.id, texts if len(one) > 1 else texts[0])
    buffer = io.BytesIO()
    write_po(buffer, catalogue)
    path = folder / f"{TAG}-{longer}.po"
    path.write_bytes(buffer.getvalue())
    return Wording(TAG, path)


def english_in(text: str) -> list[str]:
    """Return the words of a text that have letters as English has them."""
    return re.findall(r"[A-Za-z]{2,}", unicodedata.normalize("NFC", text))
