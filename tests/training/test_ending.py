"""A training film ends on what has become of the weights: templates, then differences."""

import re

from composers import PictureConfig
from mnistviz.drawing.scene import Text
from mnistviz.model.training_config import TrainingConfig
from mnistviz.model.watch import watch_training
from mnistviz.progress import silent
from mnistviz.training import words
from mnistviz.training.arrange import arrange
from mnistviz.training.composer import TrainingComposer


def test_the_last_picture_names_steps_and_accuracy_of_templates_and_of_differences(digits):
    config, picture = TrainingConfig(), PictureConfig((640, 360))
    moments = watch_training(digits, config, silent)
    layout = arrange(digits, config, picture)
    composer = TrainingComposer.of(moments, config, "footer", layout, picture)
    said = [text_of(composer.scene(moment)) for moment in (*moments[:9], moments[-1])]
    assert all("footer" in texts for texts in said[:-1])
    (ending,) = (text for text in said[-1] if "templates" in text)
    step, early, last, final = re.findall(r"[\d.]+", ending)
    assert (int(step), early) == (7, "82.8")  # the digits are legible in the weights of step 7
    assert (int(last), final) == (moments[-1].step, f"{100 * moments[-1].unseen.accuracy:.1f}")
    assert words.early_of(moments).step == 7


def text_of(scene):
    return {each.text for each in scene.elements if isinstance(each, Text)}
