"""What a move changed in an asset's drafts and reviews, a line for each thing, for the audit."""

from collections.abc import Iterator

from workflows.asset_parts import AssetDraft
from workflows.asset_review import Answer, Waiver


def draft_news(before: tuple[AssetDraft, ...], after: tuple[AssetDraft, ...]) -> Iterator[str]:
    """Yield a line for each draft that is new, has its hash now, or came to nothing."""
    old = {each.number: each for each in before}
    for draft in after:
        if draft.number not in old:
            yield f"version: {draft.number}"
        if draft.sha256 and (draft.number not in old or not old[draft.number].sha256):
            yield f"hash of version {draft.number}: {draft.sha256} ({draft.name})"
    kept = {each.number for each in after}
    yield from (f"version {number} came to nothing" for number in old if number not in kept)


def review_news(
    before: tuple[Answer, ...],
    after: tuple[Answer, ...],
    waived_before: tuple[Waiver, ...],
    waived_after: tuple[Waiver, ...],
) -> Iterator[str]:
    """Yield a line for each answer of a lane, and for each lane that is not applicable."""
    for answer in after[len(before) :]:
        said = "approves" if answer.approves else "asks for changes to"
        ticked = f" ({'; '.join(answer.checked)})" if answer.checked else ""
        yield f"{answer.lane.value} {said} version {answer.version}{ticked}"
    for waiver in waived_after[len(waived_before) :]:
        yield f"{waiver.lane.value} is not applicable"
