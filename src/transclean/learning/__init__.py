"""Learning rules: from articles before and after a human's repair to candidates for rules.

pairs → `align` (what was changed where) → `generalise` (patterns that a change may be an
instance of) → `weigh` (how often each is right, and where it was left alone) → `write`.
"""

from __future__ import annotations

from transclean.learning.align import AlignedText, align
from transclean.learning.pairs import Pair, read_folders, read_records
from transclean.learning.weigh import Weighed, learn
from transclean.learning.write import rule_file

__all__ = [
    "AlignedText",
    "Pair",
    "Weighed",
    "align",
    "learn",
    "read_folders",
    "read_records",
    "rule_file",
]
