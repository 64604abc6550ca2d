"""House style: how the repairs are written."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

KEEP = "keep"  # the value that leaves the source's own form


class Style(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings that templates reach as `{style.name}`."""

    honorific_female: Annotated[str, Meta(description="Ms., Mrs, … or keep")] = "Ms."
    honorific_male: Annotated[str, Meta(description="Mr., Mr, … or keep")] = "Mr."
    dateline_dash: Annotated[str, Meta(description="Between a dateline's place and its text")] = "—"
    clock: Annotated[str, Meta(description="12-hour or 24-hour", pattern="^(12|24)-hour$")] = (
        "12-hour"
    )
    am: Annotated[str, Meta(description="Before noon, on the 12-hour clock")] = "a.m."
    pm: Annotated[str, Meta(description="After noon, on the 12-hour clock")] = "p.m."
    date: Annotated[
        str, Meta(description="month-day or day-month", pattern="^(month-day|day-month)$")
    ] = "month-day"


STYLE_NAMES = Style.__struct_fields__
