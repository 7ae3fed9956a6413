"""Asking in one's own words: what was said fills in a form, card by card, and nothing is sent.

`arriving` takes a message and promises to look into it; `turns` finds out what it wants; `filling`
puts what was understood into an unfinished form; `asking` chooses the next question; `showing`
keeps the card of it current; `pressing` takes its buttons; `replying` answers questions. What is
handed in goes the form's own way (:mod:`bot.intake`).
"""
