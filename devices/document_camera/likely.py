"""How likely a measured quadrilateral is the sheet: a small network fitted to rendered scenes."""

from __future__ import annotations

import json
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from devices.document_camera.measure import NAMES, Table

_WEIGHTS = "weights.json"
"""Made by `python -m bench.document_camera_fit`; a column for each of `measure.NAMES`."""


class Likelihood:
    """Log-odds that a quad is a sheet with its corners in place."""

    def __init__(self) -> None:
        """Read the weights; `ValueError` when they are of other measurements than `NAMES`."""
        told = json.loads((files("devices.document_camera") / _WEIGHTS).read_text())
        if tuple(told["names"]) != NAMES:
            raise ValueError("weights.json is of other measurements: fit it again")
        self._middle, self._scale, self._in, self._bias, self._out = (
            np.array(told[key], np.float64) for key in ("middle", "scale", "in", "bias", "out")
        )
        self._offset = float(told["offset"])

    def __call__(self, table: Table) -> NDArray[np.float64]:
        """Log-odds for each row: 0 is even chance."""
        hidden = np.tanh((table - self._middle) / self._scale @ self._in + self._bias)
        return np.asarray(hidden @ self._out + self._offset)
