"""The service: releases, lookup, checks, HTTP routes and commands."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("rare-disease-thesaurus")
except PackageNotFoundError:  # run from a source tree that was never installed
    __version__ = "0"
