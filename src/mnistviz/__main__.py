"""``python -m mnistviz``."""

from mnistviz.cli.signals import main

if __name__ == "__main__":
    main()
