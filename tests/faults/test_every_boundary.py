"""Killed at every boundary there is: nothing is lost, and nothing happens twice.

What a boundary is stands in :mod:`tests.faults.boundaries`, the stories in
:mod:`tests.faults.stories`. `make prove` kills the bot at each, on both databases; `make sample`
at some 60, of every kind and in every story; `make test` at a few, in a short one.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain, zip_longest
from math import ceil
from pathlib import Path

import pytest

from tests.faults.comparing import Findings
from tests.faults.exhausting import Boundary, Played, Theatre
from tests.faults.memory import claimed
from tests.faults.stories import DECLINED, STORIES, Story
from tests.proof import Proof

_SAMPLE = 60
_FEW = 8
_STEPS = sum(len(story.steps) for story in STORIES)
_TRIES = 3
"""So often a step is played that may not come to its boundary: threads run side by side."""


def sample(played: Played, count: int) -> list[Boundary]:
    """Return so many boundaries of a story, of each kind in turn, and always the same."""
    kinds = defaultdict[str, list[Boundary]](list)
    for each in sorted(played.boundaries, key=lambda found: zlib.crc32(found.name.encode())):
        kinds[each.name.partition(" ")[0]].append(each)
    in_turn = chain.from_iterable(zip_longest(*(kinds[kind] for kind in sorted(kinds))))
    return [each for each in in_turn if each is not None][:count]


async def killed_at(
    theatre: Theatre, played: Played, boundaries: Iterable[Boundary], subject: str, proof: Proof
) -> Findings:
    """Kill the bot at each of these, and put into figures what came of it."""
    total, messages, tried, found = Findings(), 0, 0, 0
    for boundary in boundaries:
        found += 1
        for _ in range(_TRIES):
            killed = await theatre.kill(played, boundary)
            where = f"killed at {boundary}"
            total.add(killed.findings, where)
            if killed.kills:
                tried += 1
                messages += killed.messages
                break
    proof(
        subject,
        found=found,
        tried=tried,
        requests=found,
        messages=messages,
        lost=len(total.lost),
        duplicated=len(total.duplicated),
        wrong=len(total.wrong),
    )
    return total


@pytest.mark.timeout(300)
@pytest.mark.sample
async def test_a_bot_killed_at_a_few_boundaries_goes_on(theatre: Theatre, proof: Proof) -> None:
    played = await theatre.play(DECLINED)
    few = sample(played, _FEW)

    findings = await killed_at(theatre, played, few, "killed at a few boundaries, SQLite", proof)

    assert findings.all == []


@pytest.mark.sample
@pytest.mark.timeout(30 * 60)
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
async def test_a_bot_killed_at_some_boundaries_goes_on(
    theatre: Theatre, story: Story, proof: Proof
) -> None:
    played = await theatre.play(story)
    share = sample(played, ceil(_SAMPLE * len(story.steps) / _STEPS))
    subject = "killed at some boundaries, SQLite"

    findings = await killed_at(theatre, played, share, subject, proof)

    assert findings.all == []


@pytest.mark.prove
@pytest.mark.at_length
@pytest.mark.timeout(3 * 60 * 60)
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
async def test_a_bot_killed_at_any_boundary_goes_on(
    either_theatre: Theatre, story: Story, shared_folder: Path, proof: Proof
) -> None:
    played = await either_theatre.play(story)
    kind = either_theatre.databases.kind
    names = [each.name for each in played.boundaries]
    ours = claimed(shared_folder / f"boundaries-{kind}", names)
    boundaries = [each for each in played.boundaries if each.name in ours]
    subject = f"killed at every boundary, {kind}"

    findings = await killed_at(either_theatre, played, boundaries, subject, proof)

    assert findings.all == []
