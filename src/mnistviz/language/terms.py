"""Terms that come with data and models, in a language; one that is not known stays as it is."""

from mnistviz.language.language import Language


def noun_of(language: Language, noun: str) -> str:
    """Return what one image of a data set is called, in the singular."""
    nouns = {
        "digit": language.say("digit"),
        "image": language.say("image"),
        "character": language.say("character"),
    }
    return nouns.get(noun, noun)


def kind_of(language: Language, name: str) -> str:
    """Return what a kind of model is called, see `model.kind`."""
    kinds = {
        "softmax regression": language.say("softmax regression"),
        "one-vs-rest logistic regression": language.say("one-vs-rest logistic regression"),
        "linear SVM": language.say("linear SVM"),
        "ridge classifier": language.say("ridge classifier"),
        "perceptron": language.say("perceptron"),
        "linear discriminant analysis": language.say("linear discriminant analysis"),
        "linear classifier": language.say("linear classifier"),
    }
    return kinds.get(name, name)


def link_of(language: Language, name: str) -> str:
    """Return what makes probabilities of scores; empty stays empty."""
    # Translators: the row of probabilities, below the bars of the scores; in one short word.
    links = {"softmax": language.say("softmax"), "logistic": language.say("logistic")}
    return links.get(name, name)
