"""Scores for each label of each token by the fine-tuned encoder: the accurate tagger's eyes.

MiniLM-L6 (Wang et al., 2020) as an ONNX graph, run by onnxruntime on one core. Windows run one by one, so that the
scores of a text depend on nothing but the text.
"""

from __future__ import annotations

import functools
import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import attrs

from claimtrack.extract.tagging.labels import LABELS
from claimtrack.extract.tagging.tokens import Tokens
from claimtrack.extract.tagging.windows import WINDOW, find_pieces, find_windows
from claimtrack.extract.tagging.wordpieces import CLS, SEP

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


READINGS: Final = ((WINDOW, WINDOW), (127, 230))
"""How many pieces the first window and the others may have, each time that a text is read. The scores are averaged:
what stands at the edge of a window in one reading stands inside one in the other, and other sizes keep the two from
falling into step. On held-out articles the second reading is worth one to two points of each score."""


@attrs.frozen(slots=True, eq=False)
class Encoder:
    """The network and the scores of a label after another."""

    session: Any
    moves: NDArray[np.float64]

    def scores(self, tokens: Tokens) -> NDArray[np.float64]:
        """Give the scores `[token, label]`."""
        import numpy as np

        pieces = find_pieces(tokens)
        total = np.zeros((len(tokens), len(LABELS)))
        read: dict[tuple[int, int], NDArray[np.float32]] = {}
        for first, size in READINGS:
            for window in find_windows(tokens, pieces, first, size):
                if window not in read:
                    read[window] = self._read(tokens, pieces, window)
                total[slice(*window)] += read[window]
        return total / len(READINGS)

    def _read(self, tokens: Tokens, pieces: list[tuple[int, ...]], window: tuple[int, int]) -> NDArray[np.float32]:
        import numpy as np

        here = slice(*window)
        counts = np.array([len(one) for one in pieces[here]])
        ids = np.array([CLS, *(piece for word in pieces[here] for piece in word), SEP])
        looks = np.zeros((3, len(ids)), dtype=np.int64)
        for row, look in zip(looks, (tokens.shapes, tokens.quotes, tokens.breaks), strict=True):
            row[1:-1] = np.repeat(look[here], counts)
        firsts = 1 + np.cumsum(counts) - counts
        scores: NDArray[np.float32] = self.session.run(None, {"pieces": ids, "looks": looks, "firsts": firsts})[0]
        return scores


@functools.cache
def load_encoder(threads: int = 1) -> Encoder:
    """Give the trained encoder, running on so many threads."""
    import numpy as np
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    stored = (files("claimtrack.data") / "attribution-encoder.onnx").read_bytes()
    session = onnxruntime.InferenceSession(stored, options, providers=["CPUExecutionProvider"])
    moves = json.loads(session.get_modelmeta().custom_metadata_map["moves"])
    return Encoder(session, np.array(moves, dtype=np.float64))
