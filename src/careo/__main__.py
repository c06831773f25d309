"""`python -m careo`: the command line."""

from __future__ import annotations

from careo.present.cli import main

if __name__ == "__main__":
    main()
