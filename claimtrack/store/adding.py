"""What adding an article and its claims does to a store, worked out before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

import attrs

from claimtrack.errors import ClaimtrackError, DocumentError, Finding, StoreError
from claimtrack.models import Article, Claim, Relation
from claimtrack.store.carrying import Carried, carry_claims
from claimtrack.store.content import decode_document, encode_document
from claimtrack.store.editions import find_edition
from claimtrack.store.home import Batch
from claimtrack.store.matching import find_differences, has_history, match_claims, merge_claim
from claimtrack.store.paths import Place, article_place, claim_place, claim_places, claims_folder, id_at, is_claim_of

ArticleOutcome = Literal["new", "unchanged", "revised", "renamed", "refused"]
ClaimOutcome = Literal["new", "unchanged", "changed", "gone"]

_SINCE: dict[str, ClaimOutcome] = {"same_as": "unchanged", "updates": "changed"}
_SAID = {
    "new": "new article",
    "revised": "new edition",
    "renamed": "new article under another id, because its own was taken",
}


@attrs.frozen(slots=True)
class Added:
    """What became of one article that was added, and of each of its claims.

    `article_outcome` is new, unchanged, revised (a new edition), renamed (its id was another article's) or refused.
    `outcomes` gives each claim's id with new, unchanged, changed, or gone: stored earlier and not found again, and
    still there. `findings` say what was kept although it differs, and why an article was refused.

    >>> print(Added("2025-10-09-harbour-post-ferry", "new", (("2025-10-09-harbour-post-ferry-120", "new"),)))
    2025-10-09-harbour-post-ferry: new article, 1 claim new
    """

    article_id: str
    article_outcome: ArticleOutcome
    outcomes: tuple[tuple[str, ClaimOutcome], ...] = ()
    findings: tuple[Finding, ...] = ()
    revises: str | None = None
    carried: tuple[Carried, ...] = ()

    def __str__(self) -> str:
        """Give one line for people."""
        if self.article_outcome == "refused":
            return f"{self.article_id}: not added: {self.findings[0].message}"
        counts = Counter(outcome for _, outcome in self.outcomes)
        told = [
            f"{counts[outcome]} {outcome}" for outcome in ("new", "changed", "gone", "unchanged") if counts[outcome]
        ]
        if self.article_outcome == "unchanged" and set(counts) <= {"unchanged"}:
            return f"{self.article_id}: nothing changed"
        if told:
            number, outcome = told[0].split()
            told[0] = f"{number} {'claim' if number == '1' else 'claims'} {outcome}"
        if self.article_outcome in _SAID:
            revised = f" of {self.revises}" if self.revises else ""
            told.insert(0, _SAID[self.article_outcome] + revised)
        return f"{self.article_id}: {', '.join(told)}"


def add_to_batch(batch: Batch, article: Article, *, claims: Sequence[Claim]) -> Added:
    """Put into a batch what adding an article and its claims must write, and give the outcome.

    What cannot be added is refused with a finding, and leaves the batch as it was.
    """
    try:
        added, documents = _plan(batch, article, claims)
    except ClaimtrackError as error:
        refusal = Finding(code="not-added", severity="error", message=str(error))
        return Added(str(getattr(article, "id", article)), "refused", findings=(refusal,))
    batch.put(documents)
    return added


def _plan(batch: Batch, given: Article, claims: Sequence[Claim]) -> tuple[Added, dict[Place, bytes]]:
    _check_input(given, claims)

    def stored_article(id: str) -> Article | None:
        place = article_place(id)
        data = batch.read(place)
        document = None if data is None else decode_document(data, place)
        assert document is None or isinstance(document, Article)
        return document

    def siblings(start: str) -> list[str]:
        return [id for place in batch.places_in(article_place(given.id)[:-1]) if (id := id_at(place)).startswith(start)]

    edition = find_edition(given, stored=stored_article, siblings=siblings)
    article = edition.article
    where = article_place(article.id)
    documents: dict[Place, bytes] = {}
    if edition.outcome != "unchanged":
        documents[where] = encode_document(article)
    findings = [attrs.evolve(finding, source="/".join(where)) for finding in edition.findings]

    found: Sequence[Claim] = [_moved(claim, given.id, article.id) for claim in claims]
    stored, damaged = _stored_claims(batch, article.id)
    carried: tuple[Carried, ...] = ()
    back: dict[int, Relation] = {}
    worked_on: set[str] = set()
    before = stored_article(article.revises) if article.revises is not None else None
    if before is not None:
        old, _ = _stored_claims(batch, before.id)
        found, back, carried = carry_claims(found, old, edition=article, before=before)
        worked_on = {claim.id for claim in old if has_history(claim)}
    matched = match_claims(found, stored)
    known = {here: stored[there].id for here, there in matched.items()}
    ids = _name(batch, found, known=known, taken={claim.id for claim in stored}, article_id=article.id)
    renamed = dict(zip((claim.id for claim in claims), ids, strict=False))

    revised = edition.outcome == "revised"
    outcomes: list[tuple[str, ClaimOutcome]] = []
    for here, (claim, id) in enumerate(zip(found, ids, strict=True)):
        place = claim_place(id, article_id=article.id)
        wanted = _renamed(claim, id, renamed)
        if here in back and (here not in matched or wanted.relations):
            wanted = wanted.replace(relations=(*wanted.relations, back[here]))
        outcome: ClaimOutcome = "changed"
        if here in matched:
            known_as = stored[matched[here]]
            wanted = merge_claim(wanted, known_as)
            different = find_differences(wanted, known_as)
            if not different:
                outcome = "unchanged"
            elif has_history(known_as):
                findings.append(_kept(place, different))
            else:
                documents[place] = encode_document(wanted)
        elif id in damaged:
            findings.append(damaged[id])
        else:
            outcome = _SINCE[back[here].kind] if revised and here in back else "new"
            documents[place] = encode_document(wanted)
        outcomes.append((id, outcome))
    again = set(matched.values())
    outcomes.extend((claim.id, "gone") for there, claim in enumerate(stored) if there not in again)
    if not revised:  # what became of the claims before was told when the edition came
        return Added(article.id, edition.outcome, tuple(outcomes), tuple(findings)), documents
    outcomes.extend((one.claim, "gone") for one in carried if one.into is None)
    into = {relation.claim: ids[here] for here, relation in back.items()}
    told = tuple(attrs.evolve(one, into=into.get(one.claim)) for one in carried)
    findings.extend(_left_behind(one) for one in told if one.outcome != "unchanged" and one.claim in worked_on)
    return Added(article.id, "revised", tuple(outcomes), tuple(findings), article.revises, told), documents


def _check_input(article: Article, claims: Sequence[Claim]) -> None:
    if not isinstance(article, Article):
        raise StoreError(f"an Article is added, not {type(article).__name__}; read_article makes one")
    article_place(article.id)
    for claim in claims:
        if not isinstance(claim, Claim):
            raise StoreError(f"{article.id}: a Claim is added, not {type(claim).__name__}; extract_claims makes them")
        if claim.article_id not in (None, article.id) or not is_claim_of(article.id, claim.id):
            raise StoreError(
                f"the claim {claim.id} is not one of the article {article.id}: its id is to be the article's id and an "
                "offset, and its article_id the article's id; save() keeps a claim of its own"
            )


def _moved(claim: Claim, old: str, new: str) -> Claim:
    """Give a claim with the id that its article's edition asks for."""
    if claim.article_id == new == old:
        return claim
    return claim.replace(id=new + claim.id.removeprefix(old), article_id=new)


def _renamed(claim: Claim, id: str, renamed: dict[str, str]) -> Claim:
    relations = tuple(one.replace(claim=renamed.get(one.claim, one.claim)) for one in claim.relations)
    return claim if claim.id == id and claim.relations == relations else claim.replace(id=id, relations=relations)


def _stored_claims(batch: Batch, article_id: str) -> tuple[list[Claim], dict[str, Finding]]:
    """Give the stored claims of an article, and by id a finding on each file that cannot be read."""
    stored: list[Claim] = []
    damaged: dict[str, Finding] = {}
    for place in batch.places_in(claims_folder(article_id)):
        try:
            data = batch.read(place)
            document = None if data is None else decode_document(data, place)
        except (DocumentError, StoreError) as error:
            message = f"the stored file cannot be read and was kept as it is: {error}"
            damaged[id_at(place)] = Finding(
                code="claim-damaged", severity="error", message=message, source="/".join(place)
            )
            continue
        if isinstance(document, Claim):
            stored.append(document)
    return stored, damaged


def _name(
    batch: Batch, found: Sequence[Claim], *, known: dict[int, str], taken: set[str], article_id: str
) -> list[str]:
    """Give each found claim's id: the stored one, its own, or the next that is free."""
    ids: list[str] = []
    for here, claim in enumerate(found):
        id, count = known.get(here, claim.id), 1
        if here not in known:
            offset = claim.id[len(article_id) + 1 :].split("-")[0]
            while id in taken or _is_elsewhere(batch, id, article_id):
                count += 1
                id = f"{article_id}-{offset}-{count}"
        taken.add(id)
        ids.append(id)
    return ids


def _is_elsewhere(batch: Batch, id: str, article_id: str) -> bool:
    """Tell whether another article's claim has the id, which an article id that ends in a number makes possible."""
    return any(place[2] != article_id and batch.read(place) is not None for place in claim_places(id))


def _left_behind(one: Carried) -> Finding:
    become = f"is now {one.into}" if one.into else "is not in the new edition"
    message = f"the claim {one.claim}, which people have worked on, {become}: {one.reason}; look at it again"
    if one.into is None:
        return Finding(code="claim-gone", severity="warning", message=message)
    return Finding(code="claim-changed", severity="warning", message=message)


def _kept(place: Place, different: tuple[str, ...]) -> Finding:
    message = (
        f"extraction now gives another {', '.join(different)}; the stored claim has a history and was kept as it is, "
        "save() changes it"
    )
    return Finding(code="claim-kept", severity="warning", message=message, source="/".join(place))
