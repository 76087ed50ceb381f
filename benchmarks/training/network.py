"""The network that is trained: MiniLM-L6 with what the uncased pieces lose added before its third layer."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from claimtrack.extract.tagging.labels import LABELS, may_follow

WIDTH, HEADS, LAYERS, INNER = 384, 12, 6, 1536
FROZEN: Final = 2
"""The look of the words joins before this layer; the embeddings and the layers below stay as they came."""
LOOKS: Final = (5, 4, 4)
"""How many shapes, quotation states and breaks a token may have."""


class Layer(nn.Module):
    """One transformer layer of BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.query_key_value = nn.Linear(WIDTH, 3 * WIDTH)
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.attended_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Give the next hidden states; `mask` is true where there is a piece."""
        batch, length, _ = x.shape
        heads = self.query_key_value(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        attended = functional.scaled_dot_product_attention(heads[0], heads[1], heads[2], attn_mask=mask)
        x = self.attended_norm(x + self.attended(attended.transpose(1, 2).reshape(batch, length, WIDTH)))
        normed: Tensor = self.norm(x + self.outer(functional.gelu(self.inner(x))))
        return normed


class Network(nn.Module):
    """Word pieces and the look of their words in, a score for each label of each token out."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.embedded_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        looks = [nn.Embedding(size, WIDTH) for size in LOOKS]
        self.looks = nn.ModuleList(looks)
        self.head = nn.Linear(WIDTH, len(LABELS))
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.dropout = nn.Dropout(0.1)
        for look in looks:
            nn.init.zeros_(look.weight)
        self.head.weight.data.normal_(std=0.02)

    def forward(self, pieces: Tensor, looks: Tensor, mask: Tensor, firsts: Tensor) -> Tensor:
        """Give the scores `[window, token, label]`; `firsts` is the place of each token's first piece."""
        attend = mask[:, None, None, :]
        with torch.no_grad():
            places = torch.arange(pieces.shape[1])
            x = self.embedded_norm(self.words(pieces) + self.places(places))
            for layer in self.layers[:FROZEN]:
                x = layer(x, attend)
        for number, look in enumerate(self.looks):
            x = x + look(looks[number])
        for layer in self.layers[FROZEN:]:
            x = layer(x, attend)
        tokens = x.gather(1, firsts[:, :, None].expand(-1, -1, WIDTH))
        scores: Tensor = self.head(self.dropout(tokens))
        return scores

    def sequence_loss(self, scores: Tensor, labels: Tensor, present: Tensor) -> Tensor:
        """Give the mean negative log-likelihood of the labels as a linear chain (Lafferty et al., 2001)."""
        legal = torch.tensor([[may_follow(a, b) for b in range(len(LABELS))] for a in range(len(LABELS))])
        first = torch.tensor([may_follow(None, b) for b in range(len(LABELS))])
        moves = self.transitions.masked_fill(~legal, -1e4)
        forward = scores[:, 0].masked_fill(~first, -1e4)
        gold = scores.gather(2, labels[:, :, None])[:, :, 0]
        steps = moves[labels[:, :-1], labels[:, 1:]]
        total = (gold * present).sum() + (steps * present[:, 1:]).sum()
        for t in range(1, scores.shape[1]):
            following = torch.logsumexp(forward[:, :, None] + moves, dim=1) + scores[:, t]
            forward = torch.where(present[:, t, None], following, forward)
        return (torch.logsumexp(forward, dim=1).sum() - total) / present.sum()


def load_base(folder: Path) -> Network:
    """Give the network with the weights of the base encoder and a fresh head."""
    from safetensors.torch import load_file

    base = {name.removeprefix("bert."): tensor for name, tensor in load_file(folder / "model.safetensors").items()}
    network = Network()
    state = network.state_dict()
    state["words.weight"] = base["embeddings.word_embeddings.weight"]
    state["places.weight"] = (
        base["embeddings.position_embeddings.weight"] + base["embeddings.token_type_embeddings.weight"][0]
    )
    for part in ("weight", "bias"):
        state[f"embedded_norm.{part}"] = base[f"embeddings.LayerNorm.{part}"]
        for number in range(LAYERS):
            old, new = f"encoder.layer.{number}", f"layers.{number}"
            state[f"{new}.query_key_value.{part}"] = torch.cat(
                [base[f"{old}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            )
            state[f"{new}.attended.{part}"] = base[f"{old}.attention.output.dense.{part}"]
            state[f"{new}.attended_norm.{part}"] = base[f"{old}.attention.output.LayerNorm.{part}"]
            state[f"{new}.inner.{part}"] = base[f"{old}.intermediate.dense.{part}"]
            state[f"{new}.outer.{part}"] = base[f"{old}.output.dense.{part}"]
            state[f"{new}.norm.{part}"] = base[f"{old}.output.LayerNorm.{part}"]
    network.load_state_dict(state)
    return network
