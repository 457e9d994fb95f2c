"""Reads the linear classifier of an ONNX graph, without running the graph.

A blank image and images of one pixel each go through the operations that weigh, add and shift; what
comes out is the bias and the weights. Any other operation before the scores is refused.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.datasets.arrays import MOST_BYTES, Arrays
from mnistviz.errors import ModelError

NEEDED = "reading ONNX needs onnx: pip install 'mnistviz[onnx]'"
MOST_PIXELS = 64 * 64
_MOST_NODES = 200
_SAME = ("Identity", "Cast", "Dropout", "Flatten", "Reshape", "Squeeze", "Unsqueeze")
_LAYERS = ("Gemm", "MatMul", "Conv", "LinearClassifier", "LinearRegressor")
# What reads scores, and changes none.
_READERS = ("Softmax", "LogSoftmax", "Sigmoid", "ArgMax", "TopK", "ZipMap")
_READERS_OF_CLASSIFIER = ("Normalizer", "ArrayFeatureExtractor")
_FLOATS = (1, 10, 11)  # TensorProto.FLOAT, FLOAT16 and DOUBLE
_AFTER = {"Softmax": "softmax", "LogSoftmax": "softmax", "Sigmoid": "logistic"}
_OF_TRANSFORM = {"SOFTMAX": "softmax", "LOGISTIC": "logistic"}

Values = NDArray[np.float64]


@np.errstate(all="ignore")  # values that overflow make no model: see LinearClassifier
def read_onnx(data: bytes) -> Arrays:
    """Return 'weights' (pixels, columns), 'bias' and 'kind', and 'classes' if the graph names them.

    The classifier is a Gemm, a MatMul and an Add, or a LinearClassifier, after any Flatten, Scaler,
    Sub, Mul or Div of constants. The kind is that of the Softmax or the like after it; of a
    LinearClassifier without one, and of scores that something else is made of, 'linear'; else
    'softmax', as of PyTorch's layers.

    Raises
    ------
    ModelError
        onnx is missing, or the graph is damaged or no linear classifier.
    """
    try:
        import onnx
        import onnx.numpy_helper
    except ImportError:
        raise ModelError(NEEDED) from None
    try:
        graph = onnx.load_model_from_string(data).graph
    except Exception as error:  # of protobuf, of any kind
        raise ModelError(f"the ONNX graph is damaged: {error!r:.120}; save it again") from None

    def constant(tensor: Any) -> NDArray[Any]:
        if tensor.data_location == onnx.TensorProto.EXTERNAL:
            raise ModelError(f"expected {tensor.name!r:.60} in the file, got it in another one")
        if math.prod(tensor.dims) * 8 > MOST_BYTES:
            raise ModelError(f"expected at most {MOST_BYTES} bytes of {tensor.name!r:.60}")
        return np.asarray(onnx.numpy_helper.to_array(tensor))

    try:
        return _Graph(graph, constant, onnx.helper.get_attribute_value).read()
    except (
        *(ValueError, TypeError, KeyError, IndexError, AttributeError),
        *(MemoryError, OverflowError),
    ) as error:
        raise ModelError(f"the ONNX graph is damaged: {error!r:.120}; save it again") from None


class _Graph:
    """The values of a graph's tensors, for a blank image and images of one pixel each."""

    def __init__(
        self,
        graph: Any,
        constant: Callable[[Any], NDArray[Any]],
        value_of: Callable[[Any], Any],
    ) -> None:
        self.graph, self.constant, self.value_of = graph, constant, value_of
        self.constants = {it.name: constant(it) for it in graph.initializer}
        self.values: dict[str, Values] = {}
        self.scores: tuple[str, str] | None = None  # name, and kind if their operation says it
        self.classes: list[Any] = []

    def read(self) -> Arrays:
        """Return the arrays of the classifier."""
        if len(self.graph.node) > _MOST_NODES:
            raise ModelError(f"expected at most {_MOST_NODES} nodes, got {len(self.graph.node)}")
        inputs = [it for it in self.graph.input if it.name not in self.constants]
        if len(inputs) != 1:
            raise ModelError(f"expected a graph of one input, the pixels, got {len(inputs)}")
        self.values[inputs[0].name] = _images(inputs[0])
        for node in self.graph.node:
            self._follow(node)
        if self.scores is None:
            raise ModelError("expected a Gemm, MatMul or LinearClassifier, got none")
        name, kind = self.scores
        blank, *ones = self.values[name]
        weights, bias = np.array(ones) - blank, blank
        kind = kind or self._kind(name)
        if kind == "logistic" and len(bias) == 2:
            # Of two classes, ONNX has minus the score, and the score: it is their softmax by half.
            weights, bias, kind = weights / 2, bias / 2, "softmax"
        found: Arrays = {"weights": weights, "bias": bias, "kind": np.array(kind)}
        if len(self.classes) == len(bias):
            labels = [it.decode() if isinstance(it, bytes) else str(it) for it in self.classes]
            found["classes"] = np.array(labels)
        return found

    def _follow(self, node: Any) -> None:
        """Compute what a node makes of constants or of pixels; scores go no further."""
        kind, given = node.op_type, list(node.input)
        settings = {it.name: self.value_of(it) for it in node.attribute}
        if kind == "Constant" and "value" in settings:
            self.constants[node.output[0]] = self.constant(settings["value"])
            return
        if kind == "Transpose" and given[0] in self.constants:
            turned = self.constants[given[0]].transpose(settings.get("perm"))
            self.constants[node.output[0]] = turned
            return
        known = [name for name in given if name in self.values]
        if self.scores and kind in _LAYERS:
            raise ModelError("expected one layer of weights, got another: no linear classifier")
        if not known or self._reads_scores(node, settings):
            return  # what is made of the scores: probabilities, labels and the like
        made = self._made(kind, given, settings)
        if made is not None:
            self._keep(node, settings, made)
        else:
            raise ModelError(
                f"no film can show these scores as sums of pixels: the graph has an operation "
                f"{kind!r:.60} {'after' if self.scores else 'before'} them"
            )

    def _keep(self, node: Any, settings: dict[str, Any], made: Values) -> None:
        """Keep what a node made of pixels, as scores if it is the layer or comes after it."""
        kind, name = node.op_type, node.output[0]
        if self.scores:
            self.scores = name, self.scores[1]
        elif kind in ("Gemm", "MatMul") and self._is_last(name):
            self.scores = name, ""
        elif kind == "LinearClassifier":
            name = node.output[1]
            transform = settings.get("post_transform", b"NONE").decode()
            self.scores = name, _OF_TRANSFORM.get(transform, "linear")
            labels = settings.get("classlabels_ints") or settings.get("classlabels_strings", [])
            self.classes = list(labels)
        self.values[name] = made

    def _reads_scores(self, node: Any, settings: dict[str, Any]) -> bool:
        """Whether a node reads the scores, and what it makes are none."""
        if not self.scores:
            return False
        kind, is_classifier = node.op_type, bool(self.scores[1])
        if kind in _READERS or (is_classifier and kind in _READERS_OF_CLASSIFIER):
            return True
        if kind == "Cast":
            return settings.get("to") not in _FLOATS
        # The logistic function, as skl2onnx writes it out: 1 / (1 + exp(-s)).
        users = [it.op_type for it in self.graph.node if node.output[0] in it.input]
        return kind in ("Mul", "Neg") and users == ["Exp"]

    def _is_last(self, name: str) -> bool:
        """Whether no other matrix follows on a tensor, as the classifier on a projection."""
        users = [node.op_type for node in self.graph.node if name in node.input]
        return not {"Gemm", "MatMul", "LinearClassifier", "Scaler"} & set(users)

    def _made(self, kind: str, given: list[str], settings: dict[str, Any]) -> Values | None:
        """Return what an operation makes of the values, None if that is no sum of pixels."""
        operands = [self.values.get(it, self.constants.get(it)) for it in given]
        first = operands[0]
        if kind == "Cast" and settings.get("to") not in _FLOATS:
            return None  # which would round
        if self.scores and self.scores[1] and kind not in _SAME:
            return None  # what a LinearClassifier makes may be probabilities
        if kind == "Neg" and first is not None:
            return -first
        if kind in _SAME:
            return None if first is None else first.reshape(len(first), -1)
        if kind == "Scaler" and first is not None:
            moved: Values = first - np.array(settings["offset"])
            return moved * np.array(settings["scale"], np.float64)
        if kind == "LinearClassifier" and first is not None:
            weights = np.array(settings["coefficients"]).reshape(-1, first.shape[1]).T
            return np.asarray(first @ weights + np.array(settings.get("intercepts", 0.0)))
        if len(operands) < 2 or any(it is None for it in operands[:2]):
            return None
        one, two = (np.asarray(it, np.float64) for it in operands[:2])
        if sum(name in self.values for name in given[:2]) == 2:
            return None  # of pixels with each other
        if kind in ("Add", "Sub", "Mul", "Div"):
            # A constant may have an image's shape, where the pixels are a row by now.
            one, two = (
                it.reshape(-1) if name in self.constants else it
                for name, it in zip(given, (one, two), strict=False)
            )
            if kind == "Div" and given[0] in self.constants:
                return None
            by = {"Add": np.add, "Sub": np.subtract, "Mul": np.multiply, "Div": np.divide}
            return np.asarray(by[kind](one, two), np.float64)
        if kind == "MatMul" and given[1] in self.constants:
            return one @ two
        if kind == "Gemm" and given[1] in self.constants and not settings.get("transA"):
            product = one @ (two.T if settings.get("transB") else two)
            added = self.constants[given[2]] if len(given) > 2 and given[2] else 0.0
            scaled = settings.get("alpha", 1.0) * product
            return np.asarray(scaled + settings.get("beta", 1.0) * np.asarray(added, np.float64))
        return None

    def _kind(self, name: str) -> str:
        """Return the kind that what comes after the scores says."""
        users = [node.op_type for node in self.graph.node if name in node.input]
        said = [_AFTER[user] for user in users if user in _AFTER]
        if said:
            return said[0]
        return "linear" if any(user not in ("Identity", "ArgMax") for user in users) else "softmax"


def _images(given: Any) -> Values:
    """Return a blank image, and images of one pixel each, (pixels + 1, pixels)."""
    sides = [it.dim_value for it in given.type.tensor_type.shape.dim][1:]
    if not sides or min(sides) < 1 or (pixels := math.prod(sides)) > MOST_PIXELS:
        raise ModelError(
            f"expected images of a fixed size, of at most {MOST_PIXELS} pixels, as input, "
            f"got sides {sides}"
        )
    return np.concatenate([np.zeros((1, pixels)), np.eye(pixels)])
