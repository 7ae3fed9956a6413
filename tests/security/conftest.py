"""A house, for stories about those who would break in."""

from tests.journeys.conftest import small_house

__all__ = ["small_house"]
