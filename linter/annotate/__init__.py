"""What the words of a draft are: sentences, mentions, quantities, citations, context."""

from linter.annotate.annotations import Annotations, Sentence, annotate
from linter.annotate.mentions import Mention

__all__ = ["Annotations", "Mention", "Sentence", "annotate"]
