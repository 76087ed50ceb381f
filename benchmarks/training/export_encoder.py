"""Write a trained encoder as an ONNX graph with eight-bit weights.

    python export_encoder.py ENCODER.pt ../../claimtrack/data/attribution-encoder.onnx [--float]

The graph takes one window: `pieces` [length], `looks` [3, length], `firsts` [tokens], and gives `scores`
[tokens, labels]. The scores of a label after another stand in its metadata.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from network import FROZEN, HEADS, LAYERS, WIDTH
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

OPSET = 20


class Graph:
    """A graph in the making: each method adds a step and gives the name of what it makes."""

    def __init__(self, state: dict[str, np.ndarray]) -> None:
        self.state = state
        self.nodes: list[onnx.NodeProto] = []
        self.stored: list[onnx.TensorProto] = []

    def store(self, name: str, array: np.ndarray) -> str:
        """Keep an array in the graph."""
        self.stored.append(numpy_helper.from_array(array, name))
        return name

    def step(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """Add an operation."""
        name = f"{kind.lower()}-{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name, **attributes))
        return name

    def linear(self, x: str, layer: str) -> str:
        """Add a linear layer."""
        weight = self.store(f"{layer}.weight", np.ascontiguousarray(self.state[f"{layer}.weight"].T))
        return self.step(
            "Add", self.step("MatMul", x, weight), self.store(f"{layer}.bias", self.state[f"{layer}.bias"])
        )

    def norm(self, x: str, layer: str) -> str:
        """Add a layer normalisation."""
        weight, bias = (self.store(f"{layer}.{part}", self.state[f"{layer}.{part}"]) for part in ("weight", "bias"))
        return self.step("LayerNormalization", x, weight, bias, axis=-1, epsilon=1e-12)

    def embed(self, table: str, rows: str) -> str:
        """Look rows up in a table that is stored in eight bits with a scale for each row."""
        weights = self.state[table]
        scale = np.maximum(np.abs(weights).max(axis=1, keepdims=True) / 127, 1e-12).astype(np.float32)
        small = self.store(f"{table}.small", np.round(weights / scale).astype(np.int8))
        wide = self.step("Cast", self.step("Gather", small, rows), to=TensorProto.FLOAT)
        return self.step("Mul", wide, self.step("Gather", self.store(f"{table}.scale", scale), rows))


def build(state: dict[str, np.ndarray]) -> onnx.ModelProto:
    """Give the graph of the network."""
    graph = Graph(state)
    nought = graph.store("nought", np.array([0]))
    length = graph.step("Shape", "pieces")
    places = graph.step("Slice", graph.store("places", state["places.weight"][:320]), nought, length, nought)
    x = graph.norm(graph.step("Add", graph.embed("words.weight", "pieces"), places), "embedded_norm")
    heads = graph.store("heads", np.array([0, 3, HEADS, WIDTH // HEADS]))
    wide = graph.store("wide", np.array([0, WIDTH]))
    parts = [graph.store(f"part-{number}", np.array(number)) for number in range(3)]
    # The scale is put into the queries' weights.
    for number in range(LAYERS):
        layer = f"layers.{number}"
        if number == FROZEN:
            for kind in range(3):
                rows = graph.step("Gather", "looks", parts[kind], axis=0)
                table = graph.store(f"look-{kind}", state[f"looks.{kind}.weight"])
                x = graph.step("Add", x, graph.step("Gather", table, rows))
        for part in ("weight", "bias"):
            scaled = state[f"{layer}.query_key_value.{part}"].copy()
            scaled[:WIDTH] /= (WIDTH // HEADS) ** 0.5
            state[f"{layer}.query_key_value.{part}"] = scaled
        joined = graph.step("Reshape", graph.linear(x, f"{layer}.query_key_value"), heads)
        query = graph.step("Transpose", graph.step("Gather", joined, parts[0], axis=1), perm=[1, 0, 2])
        key = graph.step("Transpose", graph.step("Gather", joined, parts[1], axis=1), perm=[1, 2, 0])
        value = graph.step("Transpose", graph.step("Gather", joined, parts[2], axis=1), perm=[1, 0, 2])
        shares = graph.step("Softmax", graph.step("MatMul", query, key), axis=-1)
        attended = graph.step("Transpose", graph.step("MatMul", shares, value), perm=[1, 0, 2])
        attended = graph.linear(graph.step("Reshape", attended, wide), f"{layer}.attended")
        x = graph.norm(graph.step("Add", x, attended), f"{layer}.attended_norm")
        inner = graph.step("Gelu", graph.linear(x, f"{layer}.inner"))
        x = graph.norm(graph.step("Add", x, graph.linear(inner, f"{layer}.outer")), f"{layer}.norm")
    scores = graph.linear(graph.step("Gather", x, "firsts"), "head")
    graph.nodes.append(helper.make_node("Identity", [scores], ["scores"]))
    whole = helper.make_graph(
        graph.nodes,
        "attribution",
        [
            helper.make_tensor_value_info("pieces", TensorProto.INT64, ["length"]),
            helper.make_tensor_value_info("looks", TensorProto.INT64, [3, "length"]),
            helper.make_tensor_value_info("firsts", TensorProto.INT64, ["tokens"]),
        ],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["tokens", 7])],
        graph.stored,
    )
    model = helper.make_model(whole, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
    helper.set_model_props(model, {"moves": json.dumps(state["transitions"].round(4).tolist())})
    onnx.checker.check_model(model)
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--float", action="store_true", help="leave the layers' weights in 32 bits")
    arguments = parser.parse_args()
    trained = torch.load(arguments.encoder, map_location="cpu", weights_only=True)["network"]
    model = build({name: tensor.numpy() for name, tensor in trained.items()})
    if arguments.float:
        onnx.save(model, arguments.out)
    else:
        # Seven bits, because sums of eight-bit products overflow on processors without VNNI and would give other spans.
        quantize_dynamic(
            model, arguments.out, op_types_to_quantize=["MatMul"], per_channel=True, reduce_range=True,
            weight_type=QuantType.QInt8, extra_options={"MatMulConstBOnly": True},
        )  # fmt: skip
    print(f"{arguments.out}: {arguments.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
