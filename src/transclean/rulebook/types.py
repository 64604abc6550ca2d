"""The format of a rule file, as types: what YAML is decoded to and the JSON Schema is made from.

Every description here is what an editor shows its user, so it says what to write.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from transclean.model import Applicability, Category, Severity

Scope = Literal["segment", "heading", "line", "document"]
ContextScope = Literal["match", "sentence", "segment", "document"]
# For editors alone: the rulebook checks it. msgspec 0.22 frees the pattern of a type that stands
# twice in a union, as in `Languages`, once too often, and crashes.
LANGUAGE_CODE = "^([a-z]{2,3}|any)$"
Language = Annotated[str, Meta(extra_json_schema={"pattern": LANGUAGE_CODE})]
Languages = Language | list[Language]
FragmentName = Annotated[str, Meta(pattern="^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
Share = Annotated[float, Meta(ge=0, le=1)]
Text = Annotated[str, Meta(min_length=1)]


class _Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of everything in a rule file."""


class FixTemplate(_Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to write instead."""

    to: Annotated[str | None, Meta(description="Template that replaces the whole match.")] = None
    edits: Annotated[
        dict[str, str] | None,
        Meta(description="Templates that replace named groups of the match, all together."),
    ] = None
    applicability: Annotated[
        Applicability,
        Meta(description="safe: right wherever the rule fires. suggested: a person decides."),
    ]
    case: Annotated[
        Literal["sentence", "match", "as-is"],
        Meta(
            description=(
                "sentence: a capital where the match began a sentence with one. "
                "match: take over lower case, Capital or CAPITALS from the match. as-is: neither."
            )
        ),
    ] = "sentence"


class Context(_Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pattern looked for around a match."""

    pattern: Annotated[
        str, Meta(description="Pattern; \\g<name> stands for the text of the match's group.")
    ]
    scope: Annotated[
        ContextScope,
        Meta(description="match: must overlap the match. Otherwise anywhere in that stretch."),
    ] = "match"


class PatternEntry(_Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pattern with a fix of its own."""

    pattern: Text
    fix: FixTemplate | list[FixTemplate] | None = None


class Needs(_Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The provenance without which the rule is silent, or no fix of it safe."""

    provenance: Annotated[
        Languages,
        Meta(description="Source language or languages; any: translated from whichever."),
    ]
    strength: Annotated[Share, Meta(description="How sure that must be, 0 to 1.")] = 0.9
    leading: Annotated[
        bool, Meta(description="Whether no other language may be likelier than these.")
    ] = False
    density: Annotated[
        float,
        Meta(ge=0, description="How many leftovers of a translation 100 words must have."),
    ] = 0.0
    otherwise: Annotated[
        Literal["silent", "suggested"],
        Meta(
            description=(
                "What the rule does where it is less sure; suggested: it finds the place all the "
                "same, and its fixes are suggested at most."
            )
        ),
    ] = "silent"


class EvidenceOf(_Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a match says about the language the document was translated from."""

    language: Languages
    weight: Annotated[
        Share,
        Meta(description="How much one occurrence proves, 0 to 1; several add up as 1-Π(1-w)."),
    ]


class Where(_Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which places of a document the rule looks at."""

    quotation: Annotated[
        Literal["any", "inside", "outside"], Meta(description="In relation to quotation marks.")
    ] = "any"
    place: Annotated[
        Literal["any", "margins", "body"],
        Meta(description="margins: before the first or after the last paragraph of prose."),
    ] = "any"


class Example(_Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Text that the rule must find, and what its preferred fix makes of it."""

    bad: Text
    good: Annotated[str | None, Meta(description="Left out for a rule without a fix.")] = None
    found: Annotated[str | None, Meta(description="The exact text of the first finding.")] = None
    source: Annotated[
        str | None, Meta(description="What `bad` was translated from, for a rule that compares.")
    ] = None


class LookAlike(_Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text that must stay silent beside what it was translated from."""

    text: Text
    source: Text


def parts_of(alike: str | LookAlike) -> tuple[str, str | None]:
    """Return the text of a look-alike, and its source if it has one."""
    return (alike, None) if isinstance(alike, str) else (alike.text, alike.source)


class RuleEntry(_Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule, as it stands in a rule file."""

    id: Annotated[
        str,
        Meta(
            pattern="^[a-z][a-z0-9]*(-[a-z0-9]+)+$",
            description="Stable, kebab-case, prefixed by its pack.",
        ),
    ]
    summary: Annotated[Text, Meta(description="The artifact in a few words.")]
    category: Category
    why: Annotated[Text, Meta(description="Where it comes from and what English does instead.")]
    message: Annotated[
        str | None, Meta(description="Template for the finding; the summary where left out.")
    ] = None
    pattern: Annotated[
        str | None,
        Meta(description="Pattern in the syntax of the regex package; \\L<name> takes a lexicon."),
    ] = None
    patterns: Annotated[
        list[str | PatternEntry] | None, Meta(description="Several patterns in place of `pattern`.")
    ] = None
    check: Annotated[str | None, Meta(description="Name of a check in place of a pattern.")] = None
    options: Annotated[dict[str, Any] | None, Meta(description="Data for the check.")] = None
    unless: Annotated[
        list[str | Context], Meta(description="Contexts in which a match is no artifact.")
    ] = []
    when: Annotated[
        list[str | Context], Meta(description="Contexts that a match needs, every one of them.")
    ] = []
    scope: Annotated[
        Scope,
        Meta(
            description=(
                "What the pattern sees: one segment; a heading; a whole line, which it must fill; "
                "the document."
            )
        ),
    ] = "segment"
    where: Where = Where()
    fix: Annotated[
        FixTemplate | list[FixTemplate] | None, Meta(description="The first is the preferred one.")
    ] = None
    confidence: Annotated[Share, Meta(description="Share of findings that are artifacts.")]
    confidence_basis: Annotated[
        Literal["estimate", "measured"], Meta(description="Where the confidence is from.")
    ] = "estimate"
    severity: Severity = Severity.WARNING
    preview: Annotated[bool, Meta(description="Not on by default yet.")] = False
    needs: Needs | None = None
    yields: Annotated[
        bool, Meta(description="Silent where a rule that does not yield says something.")
    ] = False
    evidence: EvidenceOf | None = None
    corroborated: Annotated[
        bool,
        Meta(
            description=(
                "Silent where it finds a single place in a whole article and no other rule's "
                "evidence says, too, that it was translated."
            )
        ),
    ] = False
    references: list[Text] = []
    examples: Annotated[list[Example], Meta(min_length=1)]
    not_: Annotated[
        list[str | LookAlike],
        Meta(description="Look-alikes that must stay silent; {text: …, source: …} with a source."),
    ] = msgspec.field(name="not", default_factory=list)


class EvidenceEntry(_Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pattern that is no artifact but tells where a document comes from."""

    id: Annotated[str, Meta(pattern="^[a-z][a-z0-9]*(-[a-z0-9]+)+$")]
    language: Languages
    weight: Share
    why: Text
    pattern: str | None = None
    patterns: list[str] | None = None
    scope: Scope = "segment"
    unless: list[str | Context] = []
    examples: Annotated[list[Text], Meta(description="Texts it finds."), Meta(min_length=1)]
    not_: list[Text] = msgspec.field(name="not", default_factory=list)


class RuleFile(_Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule file: rules, evidence, fragments of patterns, in any mixture."""

    fragments: Annotated[
        dict[FragmentName, Text],
        Meta(description="Pieces of patterns by name, for all packs; \\F<name> puts one in."),
    ] = {}
    rules: list[RuleEntry] = []
    evidence: list[EvidenceEntry] = []
