"""Killed at every boundary there is: nothing is lost, and nothing happens twice.

What a boundary is stands in :mod:`tests.faults.boundaries`, the stories in
:mod:`tests.faults.stories`. `make prove` kills the bot at each, on both databases; `make sample`
at some 75, of every kind and in every story; `make test` at a few, in a short one.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import chain, zip_longest
from math import ceil
from pathlib import Path

import pytest

from tests.faults.comparing import Findings
from tests.faults.exhausting import Boundary, Played, Theatre
from tests.faults.memory import claimed
from tests.faults.stories import DECLINED, STORIES
from tests.faults.story import Story
from tests.proof import Proof

_SAMPLE = 75
_FEW = 8
_STEPS = sum(len(story.steps) for story in STORIES)
_TRIES = 3
"""So often a step is played that may not come to its boundary: threads run side by side."""
_UNREACHED = 20
"""One in so many boundaries, or one of fewer, may be a matter of the threads' luck."""


def sample(played: Played, count: int) -> list[Boundary]:
    """Return so many boundaries of a story, of each kind in turn, and always the same."""
    kinds = defaultdict[str, list[Boundary]](list)
    for each in sorted(played.boundaries, key=lambda found: zlib.crc32(found.name.encode())):
        kinds[each.name.partition(" ")[0]].append(each)
    in_turn = chain.from_iterable(zip_longest(*(kinds[kind] for kind in sorted(kinds))))
    return [each for each in in_turn if each is not None][:count]


@dataclass
class Tally:
    """What came of killing the bot at boundaries: which, and how often in vain."""

    found: int = 0
    messages: int = 0
    unreached: list[str] = field(default_factory=list)
    """Boundaries that were not come to again, so that nobody was killed there."""
    findings: Findings = field(default_factory=Findings)

    def judge(self) -> None:
        """Assert that nothing is wrong, and that the bot was killed where that is said."""
        assert not self.findings.all, "\n".join(self.findings.all)
        assert len(self.unreached) <= max(1, self.found // _UNREACHED), self.unreached
        assert self.found == 0 or len(self.unreached) < self.found, self.unreached


async def killed_at(
    theatre: Theatre, played: Played, boundaries: Iterable[Boundary], subject: str, proof: Proof
) -> Tally:
    """Kill the bot at each of these, and put into figures what came of it."""
    tally = Tally()
    for boundary in boundaries:
        tally.found += 1
        for _ in range(_TRIES):
            killed = await theatre.kill(played, boundary)
            tally.findings.add(killed.findings, f"killed at {boundary}")
            if killed.kills:
                tally.messages += killed.messages
                break
        else:
            tally.unreached.append(boundary.name)
    hand_in(proof, subject, tally)
    return tally


def hand_in(proof: Proof, subject: str, tally: Tally) -> None:
    """Put into figures what came of it, with the name of each boundary not come to again."""
    proof(
        subject,
        found=tally.found,
        tried=tally.found - len(tally.unreached),
        requests=tally.found,
        messages=tally.messages,
        lost=len(tally.findings.lost),
        duplicated=len(tally.findings.duplicated),
        wrong=len(tally.findings.wrong),
        **({"not reached again": " | ".join(tally.unreached)} if tally.unreached else {}),
    )


@pytest.mark.timeout(300)
@pytest.mark.sample
async def test_a_bot_killed_at_a_few_boundaries_goes_on(theatre: Theatre, proof: Proof) -> None:
    played = await theatre.play(DECLINED)
    few = sample(played, _FEW)

    tally = await killed_at(theatre, played, few, "killed at a few boundaries, SQLite", proof)

    tally.judge()


@pytest.mark.timeout(300)
@pytest.mark.sample
async def test_a_boundary_that_is_not_come_to_again_is_named(theatre: Theatre) -> None:
    played = await theatre.play(replace(DECLINED, steps=DECLINED.steps[:1]))
    rows: list[dict[str, int | str]] = []

    def told(subject: str, **figures: int | str) -> None:
        assert subject
        rows.append(figures)

    nowhere = [Boundary("commit @ nobody.nowhere", 0, is_starting=False)]
    tally = await killed_at(theatre, played, nowhere, "killed nowhere", told)

    assert rows[0]["not reached again"] == "commit @ nobody.nowhere"
    assert (rows[0]["found"], rows[0]["tried"]) == (1, 0)
    with pytest.raises(AssertionError, match=r"nobody\.nowhere"):
        tally.judge()


@pytest.mark.sample
@pytest.mark.timeout(30 * 60)
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
async def test_a_bot_killed_at_some_boundaries_goes_on(
    theatre: Theatre, story: Story, proof: Proof
) -> None:
    played = await theatre.play(story)
    share = sample(played, ceil(_SAMPLE * len(story.steps) / _STEPS))
    subject = f"killed at some boundaries, {theatre.world(story)}"

    tally = await killed_at(theatre, played, share, subject, proof)

    tally.judge()


@pytest.mark.prove
@pytest.mark.at_length
@pytest.mark.timeout(3 * 60 * 60)
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
async def test_a_bot_killed_at_any_boundary_goes_on(
    either_theatre: Theatre, story: Story, shared_folder: Path, proof: Proof
) -> None:
    played = await either_theatre.play(story)
    world = either_theatre.world(story)  # what is called the same is another matter in another one
    names = [each.name for each in played.boundaries]
    ours = claimed(shared_folder / f"boundaries-{world}", names)
    boundaries = [each for each in played.boundaries if each.name in ours]
    subject = f"killed at every boundary, {world}"

    tally = await killed_at(either_theatre, played, boundaries, subject, proof)

    tally.judge()
