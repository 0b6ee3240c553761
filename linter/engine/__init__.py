"""The engine: rule files, patterns, the rule book, and rules over a draft."""
