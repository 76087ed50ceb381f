"""From a row of any data set to a claim and back; a label that says less than the verdict needs a policy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Literal

import attrs

from claimtrack.errors import DocumentError, Finding, NotFoundError
from claimtrack.exchange.claimreview.fields import Fields
from claimtrack.exchange.claimreview.importing import load_object
from claimtrack.exchange.datasets.averitec import read_averitec, write_averitec
from claimtrack.exchange.datasets.fever import read_fever, read_feverous, write_fever, write_feverous
from claimtrack.exchange.datasets.liar import read_liar, write_liar
from claimtrack.exchange.datasets.reading import Node, Row, make_claim
from claimtrack.exchange.datasets.scifact import read_scifact, write_scifact
from claimtrack.exchange.foreign_json import parse_foreign
from claimtrack.exchange.ratings import find_label, load_scale
from claimtrack.exchange.results import Exported, Imported
from claimtrack.models import Claim, Evidence

Policy = Literal["refuse", "flag", "skip"]


@attrs.frozen(slots=True)
class _Dataset:
    scale: str
    read: Callable[[Node, Fields], Row]
    write: Callable[[Claim, str, Mapping[str, Evidence]], Node]


_DATASETS: Final[Mapping[str, _Dataset]] = {
    "averitec": _Dataset("averitec", read_averitec, write_averitec),
    "fever": _Dataset("fever", read_fever, write_fever),
    "feverous": _Dataset("fever", read_feverous, write_feverous),
    "scifact": _Dataset("scifact", read_scifact, write_scifact),
    "liar": _Dataset("liar", read_liar, write_liar),
}
DATASETS: Final = tuple(_DATASETS)
"""The names of the data sets."""


def from_dataset(row: Mapping[str, Any] | str, *, name: str) -> Imported:
    """Give the claim of one row of a data set, with the evidence it links to; the row stays in `origin`.

    >>> row = {"id": 7, "verifiable": "VERIFIABLE", "label": "REFUTES", "claim": "The quay was free",
    ...        "evidence": [[[None, None, "Marl_Quay", 3]]]}
    >>> imported = from_dataset(row, name="fever")
    >>> imported[0].reviews[0].verdict, imported[0].evidence[0].stance, imported.evidence[0].title
    ('false', 'refutes', 'Marl_Quay')

    Raises DocumentError where the row is no JSON object or holds no claim, and NotFoundError for an unknown name.
    """
    dataset = _dataset(name)
    node, _ = load_object(row)
    fields = Fields()
    read = dataset.read(node, fields)
    claim = make_claim(read, node, name=name, fields=fields)
    found = tuple(attrs.evolve(one, source=one.source or claim.id) for one in fields.findings)
    return Imported((claim,), tuple(read.evidence.values()), found)


def to_dataset(
    claims: Iterable[Claim], *, name: str, evidence: Iterable[Evidence] = (), policy: Policy = "refuse"
) -> Exported:
    """Give the rows of claims in a data set's form, and a finding for each claim that is skipped or loses something.

    An untouched row comes back equal. A verdict for which the data set has no label is skipped and listed. Where its
    label says less than the verdict, `policy` decides: "refuse" raises, "flag" writes it with a finding, "skip" leaves
    the claim out with one.

    >>> claim = Claim(id="quay-7", kind="direct", statement="The quay was free", verdict="mostly_false")
    >>> exported = to_dataset([claim], name="fever", policy="flag")
    >>> exported.value[0]["label"], exported.findings[0].code
    ('REFUTES', 'label-lossy')

    Raises DocumentError by that policy, and NotFoundError for an unknown name.
    """
    dataset, documents = _dataset(name), {one.id: one for one in evidence}
    rows: list[Node] = []
    findings: list[Finding] = []
    for claim in claims:
        label, finding = _label(claim, dataset.scale, name, policy)
        if finding is not None:
            findings.append(finding)
        if label is not None:
            rows.append(_row(claim, label, name, documents))
    refused = [one for one in findings if one.severity == "error"]
    if refused:
        raise DocumentError(refused)
    return Exported(tuple(rows), tuple(findings))


def _label(claim: Claim, scale: str, name: str, policy: Policy) -> tuple[str | None, Finding | None]:
    """Give the label to write, or None, and the finding on it."""
    review = claim.reviews[0] if claim.reviews else None
    verdict = claim.verdict or (review.verdict if review is not None else None)
    rating = review.rating if review is not None else None
    ours = claim.origin is not None and claim.origin.format == name
    on_scale = rating is not None and (ours or rating.scale == load_scale(scale).name)
    if rating is not None and on_scale and verdict == (review.verdict if review is not None else None):
        return rating.label, None
    if verdict is None:  # a row of the data set's unlabelled part stays one
        message = f"there is no verdict{'' if ours else ', so it was left out'}"
        return ("" if ours else None), _warning("label-no-target", claim, message)
    target = find_label(verdict, scale=scale)
    if target is None:
        return None, _warning("label-no-target", claim, f"{name} has no label for {verdict}, so it was left out")
    label, lossy = target
    if not lossy:
        return label, None
    message = f"{verdict} becomes {label!r} in {name}, which says less"
    if policy == "refuse":
        more = f"{message}; choose the policy 'flag' to write it all the same, or 'skip' to leave it out"
        return None, Finding(code="label-lossy", severity="error", message=more, source=claim.id)
    return (label if policy == "flag" else None), _warning("label-lossy", claim, message)


def _row(claim: Claim, label: str, name: str, documents: Mapping[str, Evidence]) -> Node:
    """Give the row of a claim: the one it came with, with what has changed since, or a new one."""
    dataset = _DATASETS[name]
    if claim.origin is None or claim.origin.format != name:
        return dataset.write(claim, label, documents)
    original: Node = parse_foreign(claim.origin.original)
    fields = Fields()
    read = dataset.read(original, fields)
    known = {**read.evidence, **documents}
    before = dataset.write(make_claim(read, original, name=name, fields=fields), read.label or "", known)
    after = dataset.write(claim, label, known)
    return original | {key: value for key, value in after.items() if value != before.get(key)}


def _warning(code: str, claim: Claim, message: str) -> Finding:
    return Finding(code=code, severity="warning", message=message, source=claim.id)


def _dataset(name: str) -> _Dataset:
    if name not in _DATASETS:
        raise NotFoundError(f"no data set {name[:60]!r}; there are {', '.join(DATASETS)}")
    return _DATASETS[name]
