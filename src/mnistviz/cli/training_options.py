"""Options of a training."""

from mnistviz.cli.option_groups import gathered, of_training
from mnistviz.model.training_config import TrainingConfig

_TRAINING = (
    of_training(
        "--epochs",
        type=int,
        default=TrainingConfig.epochs,
        show_default=True,
        help="Passes over the training images.",
    ),
    of_training(
        "--learning-rate",
        type=float,
        metavar="RATE",
        default=TrainingConfig.learning_rate,
        show_default=True,
        help="Size of the steps. If it is too large, the training diverges.",
    ),
    of_training(
        "--batch-size",
        type=int,
        default=TrainingConfig.batch_size,
        show_default=True,
        help="Images a step; a small set has fewer, for at least 100 steps an epoch.",
    ),
    of_training(
        "--smoothness",
        type=float,
        metavar="FACTOR",
        default=TrainingConfig.smoothness,
        show_default=True,
        help="The dial from accurate noise, 0, to clear shapes, 0.01.",
    ),
    of_training(
        "--focus",
        type=float,
        metavar="FACTOR",
        default=TrainingConfig.focus,
        show_default=True,
        help="How much less hopeless images count than those that can go either way; 0 is the "
        "plain cross-entropy.",
    ),
    of_training(
        "--l2",
        type=float,
        metavar="FACTOR",
        default=TrainingConfig.l2,
        show_default=True,
        help="Weight decay, which keeps weights small.",
    ),
    of_training(
        "--seed",
        type=int,
        default=TrainingConfig.seed,
        show_default=True,
        help="Seed of the order in which the images come, and of the choice of validation images.",
    ),
    of_training(
        "--validation-share",
        type=float,
        metavar="SHARE",
        default=TrainingConfig.validation_share,
        show_default=True,
        help="Share of the training images of each class to measure the model on, in place of the "
        "test images; it is not trained with.",
    ),
)

training = gathered("config", TrainingConfig, _TRAINING)
