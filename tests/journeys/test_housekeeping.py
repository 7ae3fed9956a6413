"""What is not needed any more is forgotten, and nothing else."""

from datetime import timedelta

from bot import housekeeping
from bot.ports import Draft
from tests.journeys.house import House


async def test_a_form_that_nobody_went_on_with_is_forgotten_after_a_month(
    small_house: House,
) -> None:
    now, ana = small_house.clock.now(), small_house.person("ana").id
    with small_house.frontdesk.database.unit() as unit:
        for days in (31, 29):
            unit.drafts.save(
                Draft(
                    id=f"{days} days old",
                    user=ana,
                    form="sow",
                    workflow="sow",
                    transition="submit",
                    at=now - timedelta(days=days),
                )
            )
        unit.commit()

    housekeeping.forget(small_house.frontdesk.desk, now)

    assert [draft.id for draft in small_house.drafts("ana")] == ["29 days old"]
