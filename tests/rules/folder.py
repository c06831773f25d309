"""A language of a few files in a temporary folder."""

from __future__ import annotations

from pathlib import Path

from careo import rules


def language(folder: Path, **files: str) -> rules.Language:
    """`layer__name=content` becomes `layer/name.yaml`; `grammar=content` the grammar."""
    root = folder / "xx"
    for name, content in files.items():
        path = root / (name.replace("__", "/") + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return rules.load(root)
