"""The rule machine: rules as data, with their examples. It knows no language.

`load` reads a language's folder; the Language that it returns has the patterns, frames and words of each layer.
"""

from careo.rules.frames import Frame, Frames
from careo.rules.language import Language, load
from careo.rules.notation import Example, Mark, Rule
from careo.rules.patterns import Found, Patterns, Piece

__all__ = ["Example", "Found", "Frame", "Frames", "Language", "Mark", "Patterns", "Piece", "Rule", "load"]
