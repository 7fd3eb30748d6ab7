"""Merging one copy of a project into another: what each knows, what both together say, and writing it.

`tables` says what merging has to know of each table, `side` reads a copy, `joining` puts two together row by row,
`keeping` brings back what is still needed, `unifying` finds rows made apart that say the same, `mending` puts right
what only the two together make wrong, `planning` runs all of this, `writing` writes it.
"""
