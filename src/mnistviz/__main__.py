"""``python -m mnistviz``."""

from mnistviz.cli import main

if __name__ == "__main__":
    main()
