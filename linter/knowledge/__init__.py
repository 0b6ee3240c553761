"""What is approved for what: the shipped tables, a user's own additions, and the questions put to them."""

from linter.knowledge.base import KnowledgeBase, compile_base

__all__ = ["KnowledgeBase", "compile_base"]
