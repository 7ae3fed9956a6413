"""The days that people name in plain words: "by next Friday", "EOD tomorrow", "end of Q3".

A day is filled in silently only where it can mean nothing else; in doubt it is a guess, with every
reading that is likely. What names no day for certain names none: amounts, versions, "may" the verb.

Layers: `words` spells a text out, `lexicon` knows names and slips, `script` applies rules to a line
of words until all that is understood is a mark. The rules are in `written`, `feasts`, `stretches`,
`parts`, `weekdays`, `counting`, `hours` and `joining`; `reckoning` counts; `reading` says
what is left, and `dateparsing` asks a library about what is none of these.
"""

from bot.understanding.days.day import Day, Today
from bot.understanding.days.reading import days_in, problem, read_day

__all__ = ["Day", "Today", "days_in", "problem", "read_day"]
