"""Mix the weights of two trainings from the same base: better than either (Wortsman et al., "Model soups", 2022).

    python mix_encoders.py FIRST.pt SECOND.pt MIXED.pt [--share 0.4]

`--share` is how much of the second goes in. The scores of a label after another are the second's alone. An exported
graph (.onnx) will do for FIRST: its eight-bit weights are unpacked.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from network import HEADS, WIDTH
from onnx import numpy_helper
from torch import Tensor

Weights = dict[str, Tensor]


def load(path: Path) -> Weights:
    """Give the weights of a trained encoder."""
    trained: Weights = torch.load(path, map_location="cpu", weights_only=True)["network"]
    return trained


def unpack(path: Path, like: Weights) -> Weights:
    """Give the weights of an exported graph; what training never changes is taken from `like`."""
    stored = {one.name: numpy_helper.to_array(one) for one in onnx.load(path).graph.initializer}
    weights: Weights = {}
    for name, tensor in like.items():
        if name.startswith("looks."):
            array = stored[f"look-{name.split('.')[1]}"]
        elif f"{name}_quantized" in stored:
            nought = stored[f"{name}_zero_point"].astype(np.float32)
            array = ((stored[f"{name}_quantized"].astype(np.float32) - nought) * stored[f"{name}_scale"]).T
        elif name in stored:
            array = stored[name].T
        else:
            weights[name] = tensor
            continue
        if "query_key_value" in name:  # the graph holds the scale of the queries in their weights
            array = array.copy()
            array[:WIDTH] *= (WIDTH // HEADS) ** 0.5
        weights[name] = torch.from_numpy(np.array(array, order="C"))
    return weights


def mix(first: Weights, second: Weights, share: float) -> Weights:
    """Give the weighted mean, with the second's scores of a label after another."""
    mixed = {name: (1 - share) * first[name] + share * tensor for name, tensor in second.items()}
    return mixed | {"transitions": second["transitions"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--share", type=float, default=0.4)
    arguments = parser.parse_args()
    second = load(arguments.second)
    first = unpack(arguments.first, second) if arguments.first.suffix == ".onnx" else load(arguments.first)
    torch.save({"network": mix(first, second, arguments.share)}, arguments.out)


if __name__ == "__main__":
    main()
