"""The data sets that have names: what they are, and their files."""

import string
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from mnistviz.errors import OptionError


@dataclass(frozen=True)
class SetFile:
    """Name, SHA-256 (hexadecimal) and length in bytes of a gzipped file of a set."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class NamedSet:
    """A data set that is bundled or can be fetched.

    Attributes
    ----------
    name, title
        Its names on the command line and in texts: 'fashion', 'Fashion-MNIST'.
    classes, noun, licence
        As in `Dataset`.
    train, test
        Number of images to train and to test with.
    mirrors
        URLs of folders that hold the files, in the order of asking. Empty: the set is bundled.
    files
        Training images, training labels, test images, test labels.
    contents
        SHA-256 of the values in each of the files, unpacked and without the header; empty where
        they are not known.
    """

    name: str
    title: str
    classes: tuple[str, ...]
    noun: str
    licence: str
    train: int
    test: int
    mirrors: tuple[str, ...]
    files: tuple[SetFile, ...]
    contents: tuple[str, ...] = ()

    @property
    def bundled(self) -> bool:
        """Whether it is in the package, so that it never has to be fetched."""
        return not self.mirrors

    @property
    def size(self) -> int:
        """Length of all its files together, in bytes."""
        return sum(file.size for file in self.files)


def _files(*facts: tuple[str, int]) -> tuple[SetFile, ...]:
    """Return four files with MNIST's names, of SHA-256 and size."""
    parts = ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")
    names = (f"{part}-ubyte.gz" for part in parts)
    return tuple(SetFile(name, *fact) for name, fact in zip(names, facts, strict=True))


MNIST = NamedSet(
    name="mnist",
    title="MNIST",
    classes=tuple(string.digits),
    noun="digit",
    licence="CC BY-SA 3.0",
    train=60_000,
    test=10_000,
    mirrors=(),
    # Gzipped again for the package, so these are not the hashes that other places list.
    files=_files(
        ("0b367032e93c5d0cea0925647cfdb18614af8ee15f83e6f2fc2ad904a6835971", 9_719_438),
        ("1787548bbe0bff1ec2ecdc0ef292b02df999e2d1a6002d27500982c652b17203", 28_857),
        ("1a1a05eab793c14bb050b398624a11b0ffd1a2953baed553b1b9bd079e2a20be", 1_616_508),
        ("b91679a0acfe4ba0e50a2437a903084cba1f5f92592b016a25a7dfd00455798b", 4_517),
    ),
    contents=(
        "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757",
        "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13",
        "6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161",
        "ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5",
    ),
)

_CLOTHES = ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
            "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot")  # fmt: skip
FASHION = NamedSet(
    name="fashion",
    title="Fashion-MNIST",
    classes=_CLOTHES,
    noun="image",
    licence="MIT",
    train=60_000,
    test=10_000,
    mirrors=(
        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
    ),
    files=_files(
        ("3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84", 26_421_880),
        ("a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845", 29_515),
        ("346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073", 4_422_102),
        ("67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5", 5_148),
    ),
    contents=(
        "2e487a6c89124f78f2d7521542223cafe96f7123c3ca13d447772ac6ecbb3012",
        "657fbd221bfc9f4198cc14b5619cc33ec57c58dd0e47af4d99d6650759e869a7",
        "c867c93ff95360594e8ec3287995350b824dd110b11595c0e13d5423f621867a",
        "3d0e6c6ea990b53b6f8f500a41cac93881d981b315f84578b7d915342ade01e9",
    ),
)

KMNIST = NamedSet(
    name="kmnist",
    title="KMNIST",
    classes=("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"),
    noun="character",
    licence="CC BY-SA 4.0",
    train=60_000,
    test=10_000,
    mirrors=(
        "https://codh.rois.ac.jp/kmnist/dataset/kmnist/",
        "http://codh.rois.ac.jp/kmnist/dataset/kmnist/",
    ),
    files=_files(
        ("51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4", 18_165_135),
        ("e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17", 29_497),
        ("edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5", 3_041_136),
        ("20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c", 5_120),
    ),
)

SETS = {named.name: named for named in (MNIST, FASHION, KMNIST)}


def check_mirror(mirror: str) -> None:
    """Refuse what is not the URL of a folder on a web server; raise OptionError."""
    with suppress(ValueError):  # for instance of half an IPv6 address
        parts = urlsplit(mirror)
        if parts.scheme in ("http", "https") and parts.hostname:
            return
    raise OptionError(
        f"mirror must be the URL of a folder, as in https://example.org/fashion/ (got {mirror!r})"
    )
