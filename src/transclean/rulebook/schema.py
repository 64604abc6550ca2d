"""The JSON Schema of rule files, for editors to complete and check against."""

from __future__ import annotations

from typing import Any

import msgspec

from transclean.rulebook.types import RuleFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def rule_schema() -> dict[str, Any]:
    """Return the schema of a rule file, made from the types that rule files are decoded to."""
    schema = msgspec.json.schema(RuleFile)
    return {"$schema": DIALECT, "title": "transclean rule file", **schema}
