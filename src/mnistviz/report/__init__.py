"""A report of a model's evaluation."""

import mnistviz.drawing  # noqa: F401, before matplotlib's own modules: see there
