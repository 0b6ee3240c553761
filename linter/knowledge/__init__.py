"""What is approved for what: the shipped tables, a user's own additions, and the questions put to them."""

from linter.knowledge.base import KnowledgeBase, compile_base
from linter.knowledge.model import KnowledgeFileError

__all__ = ["KnowledgeBase", "KnowledgeFileError", "compile_base"]
