"""Killed at random while Slack loses answers: people see what they would have seen anyway.

`make prove` kills the bot `KILLS` times (500 unless told) on each database, half of them in each of
the two long stories, and half as often in the one with partners, who lose answers, too. It does so
from the seed `SEED` on; a failure names the seed that it came of.
"""

import os

import pytest

from tests.faults.exhausting import Theatre
from tests.faults.stories import ASSET_LIFE, DEAL, DECLINED
from tests.faults.story import Story
from tests.faults.striking import Striker, Toll
from tests.faults.through_partners import THROUGH_PARTNERS
from tests.proof import Proof

_KILLS = int(os.environ.get("KILLS", "500"))
_SEED = int(os.environ.get("SEED", "1"))
_FEW = 20
_MOST_RUNS = 200


async def struck(theatre: Theatre, story: Story, kills: int) -> Toll:
    """Strike at a story, seed after seed and over both transports, for so many kills."""
    undisturbed = await theatre.undisturbed(story)
    total = Toll()
    for seed in range(_SEED, _SEED + _MOST_RUNS):
        transport = "socket" if seed % 3 == 0 else "http"
        toll = await Striker(seed).strike(theatre, story, undisturbed, transport)
        total.add(toll, f"with SEED={seed} over {transport}")
        if total.kills >= kills:
            break
    return total


def hand_in(proof: Proof, subject: str, total: Toll) -> None:
    """Put into figures what came of it."""
    proof(
        subject,
        tried=total.kills,
        requests=total.requests,
        messages=total.messages,
        lost=len(total.findings.lost),
        duplicated=len(total.findings.duplicated),
        wrong=len(total.findings.wrong),
        seed=str(_SEED),
        answers_lost=str(total.faults),
    )


@pytest.mark.timeout(300)
@pytest.mark.sample
async def test_a_bot_killed_now_and_then_goes_on(theatre: Theatre, proof: Proof) -> None:
    total = await struck(theatre, DECLINED, _FEW)

    hand_in(proof, "killed now and then, SQLite", total)
    assert not total.findings.all, "\n".join(total.findings.all)
    assert total.kills >= _FEW


@pytest.mark.prove
@pytest.mark.at_length
@pytest.mark.timeout(3 * 60 * 60)
@pytest.mark.parametrize(
    "story", [DEAL, ASSET_LIFE, THROUGH_PARTNERS], ids=lambda story: story.name
)
async def test_a_bot_killed_at_random_goes_on(
    either_theatre: Theatre, story: Story, proof: Proof
) -> None:
    total = await struck(either_theatre, story, _KILLS // 2)

    hand_in(proof, f"killed at random, {either_theatre.world(story)}", total)
    assert not total.findings.all, "\n".join(total.findings.all)
    assert total.kills >= _KILLS // 2
