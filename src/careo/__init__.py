"""Careo rebuilds an event from Spanish-language reports: what happened, when, where, who says so, in which words."""

__version__ = "0.1.0"
