"""All errors of the program, one root class.

    CareoError
    ├── UsageError        a command was called in a way that cannot work
    ├── CaseError         the case file cannot be used
    ├── RuleError         a rule file is wrong: file, line, what, how to mend
    ├── ModelError        the syntax model is missing or unfit
    └── UnreadableInput   one input cannot be read; becomes a Failure, the run goes on

Each says where, what was found, what was expected and how to mend it.
"""

from __future__ import annotations


class CareoError(Exception):
    """The root: `where`, what was `found`, what was `expected`, and how to `mend` it."""

    def __init__(self, found: str, *, where: str = "", expected: str = "", mend: str = "") -> None:
        self.where, self.found, self.expected, self.mend = where, found, expected, mend
        super().__init__(str(self))

    def __str__(self) -> str:
        head = f"{self.where}: {self.found}" if self.where else self.found
        tail = [f"expected: {self.expected}"] if self.expected else []
        tail += [f"to mend it: {self.mend}"] if self.mend else []
        return "; ".join([head, *tail])

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross from worker processes; keyword arguments must survive that."""
        return _rebuild, (type(self), self.found, self.where, self.expected, self.mend)


def _rebuild(kind: type[CareoError], found: str, where: str, expected: str, mend: str) -> CareoError:
    return kind(found, where=where, expected=expected, mend=mend)


class UsageError(CareoError):
    """A command was called in a way that cannot work."""


class CaseError(CareoError):
    """The case file cannot be used."""


class RuleError(CareoError):
    """A rule file is wrong; `where` is `file:line`."""


class ModelError(CareoError):
    """The syntax model is missing or unfit."""


class UnreadableInput(CareoError):
    """One input cannot be read."""
