"""Scores for each label of each token by the trained linear-chain CRF: the fast tagger's eyes."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import attrs

from claimtrack.extract.tagging.features import WordKinds, features_of
from claimtrack.extract.tagging.hints import NO_HINT
from claimtrack.extract.tagging.labels import LABELS
from claimtrack.extract.tagging.tokens import Tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


TRUST: Final = 0.25
"""What the label that the rules give a token counts beyond what the weights say of it, tried on held-out articles."""


@attrs.frozen(slots=True, eq=False)
class Chain:
    """The weights: `tables[k]` gives the row of `weights` for what column k says; the last row is all zeros."""

    tables: tuple[Mapping[str, int], ...]
    weights: NDArray[np.float32]
    moves: NDArray[np.float64]
    kinds: WordKinds

    def scores(self, tokens: Tokens, hints: list[str]) -> NDArray[np.float64]:
        """Give the scores `[token, label]`; `hints` tells what the rules make of each token."""
        import numpy as np

        total = np.zeros((len(tokens), len(LABELS)))
        unknown = itertools.repeat(len(self.weights) - 1)
        columns = features_of(tokens, self.kinds, hints)
        for table, column in zip(self.tables, columns, strict=True):
            rows = np.fromiter(map(table.get, column, unknown), np.int64, len(column))
            total += self.weights[rows]
        for index, hint in enumerate(hints):
            if hint != NO_HINT:
                total[index, int(hint[0])] += TRUST
        return total


@functools.cache
def load_chain() -> Chain:
    """Give the trained CRF."""
    import numpy as np

    with (files("claimtrack.data") / "attribution-fast.npz").open("rb") as file:
        stored = np.load(file)
        arrays = {name: stored[name] for name in stored.files}
    names = _lines(arrays["names"])
    tables: list[dict[str, int]] = [{} for _ in range(1 + max(int(name[:2]) for name in names))]
    for row, name in enumerate(names):
        tables[int(name[:2])][name[2:]] = row
    weights = arrays["weights"].astype(np.float32) * arrays["scales"].astype(np.float32)[:, None]
    cue, source = ({line[1:]: int(line[0]) for line in _lines(arrays[kind])} for kind in ("cue", "source"))
    return Chain(
        tuple(tables),
        np.concatenate([weights, np.zeros((1, len(LABELS)), np.float32)]),
        arrays["transitions"].astype(np.float64),
        WordKinds(cue, source),
    )


def _lines(stored: Any) -> list[str]:
    lines: list[str] = stored.tobytes().decode().split("\n")
    return lines
