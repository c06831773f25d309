"""Templates of pages: where they lie, and how they are made into text. What is not markup is escaped."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined


@lru_cache
def environment(*folders: str) -> Environment:
    """Templates of these folders of `present`, one set a process; the first folder that has one wins. Names that are not defined are errors;
    indents are left out."""

    def load(name: str) -> str | None:
        for folder in folders:
            found = files("careo").joinpath("present", folder, name)
            if found.is_file():
                return re.sub(r"^ +", "", found.read_text(encoding="utf-8"), flags=re.MULTILINE)
        return None

    return Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, loader=FunctionLoader(load)
    )
