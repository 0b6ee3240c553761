"""Lexicons: vocabularies as data, compiled for one pass over a draft."""
