"""What tests of the command line call, and how they read its answers."""

import json
from collections.abc import Callable
from typing import Any

#: The fixture `cli`: arguments and the status the command must end with, to what it printed.
Run = Callable[..., str]


def loaded(text: str) -> Any:
    return json.loads(text)
