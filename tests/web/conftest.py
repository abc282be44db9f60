"""The pages as the service answers them, without a browser."""

from tests.api.conftest import client, demonstration_home, own_home, register, start

__all__ = ["client", "demonstration_home", "own_home", "register", "start"]
