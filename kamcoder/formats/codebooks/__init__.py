"""Codebooks as files: the templates that ship (TOML), tables (CSV) and the REFI-QDA codebook (.qdc).

Bytes become a `CodebookFile`, a `Codebook` becomes bytes. Nothing here knows a project; the readers name the file they
were given in every refusal.
"""
