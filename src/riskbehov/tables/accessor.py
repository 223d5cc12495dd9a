"""What pandas calls an accessor: ``frame.riskbehov.score("audit")``.

Importing this module is what registers it; nothing else here does.

>>> import pandas as pd
>>> import riskbehov.tables.accessor
>>> forms = pd.DataFrame({f"audit_{n}": [0, 2] for n in range(1, 11)})
>>> forms.riskbehov.score("audit")["audit_total_low"].tolist()
[0, 20]
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from riskbehov.tables.frames.bridge import require
from riskbehov.tables.mapping.profiling import profile
from riskbehov.tables.mapping.recoding import recode
from riskbehov.tables.recommendations.explaining import explain
from riskbehov.tables.recommendations.recommending import recommend
from riskbehov.tables.scores.score import score

require("pandas")

import pandas as pd  # noqa: E402 - first seen to be there

P = ParamSpec("P")
R = TypeVar("R")


def _of_frame(
    function: Callable[Concatenate[pd.DataFrame, P], R],
) -> "Callable[Concatenate[Accessor, P], R]":
    """Return a function of frames as a method of what hangs on a frame."""

    @wraps(function)
    def method(self: "Accessor", /, *args: P.args, **kwargs: P.kwargs) -> R:
        return function(self.frame, *args, **kwargs)

    return method


@pd.api.extensions.register_dataframe_accessor("riskbehov")
class Accessor:
    """The functions of :mod:`riskbehov.tables`, on a frame of pandas."""

    def __init__(self, frame: pd.DataFrame) -> None:
        """Take the frame that the accessor hangs on."""
        self.frame = frame

    score = _of_frame(score)
    profile = _of_frame(profile)
    recode = _of_frame(recode)
    recommend = _of_frame(recommend)
    explain = _of_frame(explain)
