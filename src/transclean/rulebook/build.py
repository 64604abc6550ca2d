"""Build a rulebook from rule files, or name all their faults."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec
import regex

from transclean.rulebook.book import BookData, Heading, Rule
from transclean.rulebook.checktypes import CheckTypes
from transclean.rulebook.decode import Decoded, decode_rule_file
from transclean.rulebook.faults import Fault, RuleFileError, near_miss
from transclean.rulebook.fragments import FragmentError, Fragments, expand
from transclean.rulebook.lexicons import Lexicon, Lexicons, encode_lexicon, parse_lexicon
from transclean.rulebook.packs import SourceFile
from transclean.rulebook.patterns import compile_pattern, dump_pattern, lexicons_of, references_of
from transclean.rulebook.search import encode_part
from transclean.rulebook.style import STYLE_NAMES
from transclean.rulebook.templates import Placeholder, TemplateError, parse_template
from transclean.rulebook.transforms import TRANSFORMS
from transclean.rulebook.types import (
    LANGUAGE_CODE,
    Context,
    EvidenceEntry,
    FixTemplate,
    PatternEntry,
    RuleEntry,
)
from transclean.rulebook.units import Units


def read_entries(files: Iterable[SourceFile]) -> list[Decoded]:
    """Return all entries of rule files; raise RuleFileError with their faults."""
    contents = _read(files)
    if contents.faults:
        raise RuleFileError(contents.faults)
    return contents.entries


def build_book(files: Iterable[SourceFile], checks: CheckTypes, key: str = "") -> BookData:
    """Return the rulebook of some rule files; raise RuleFileError with all their faults."""
    contents = _read(files)
    builder = _Builder(contents, checks)
    for decoded in contents.entries:
        builder.add(decoded)
    if builder.faults:
        raise RuleFileError(builder.faults)
    return builder.data(key)


class _Contents(NamedTuple):
    """What stands in rule files and lexicons."""

    entries: list[Decoded]
    lexicons: dict[str, Lexicon]
    fragments: dict[str, str]
    faults: list[Fault]


def _read(files: Iterable[SourceFile]) -> _Contents:
    contents = _Contents([], {}, {}, [])
    places: dict[str, str] = {}
    for file in files:
        if file.lexicon:
            contents.faults.extend(_add_lexicon(contents, file))
            continue
        decoded = decode_rule_file(file.text, file.path)
        contents.faults.extend(decoded.faults)
        for entry in decoded.entries:
            contents.faults.extend(_pack_fault(entry, file.pack))
        contents.entries.extend(decoded.entries)
        for name, (pattern, place) in decoded.fragments.items():
            if name in contents.fragments:
                reason = f"the fragment “{name}” stands already at {places[name]}"
                contents.faults.append(Fault(file.path, *place, "", reason))
            places[name] = f"{file.path}:{place.line}"
            contents.fragments[name] = pattern
    contents.faults.extend(_same_ids(contents.entries))
    return contents


def _add_lexicon(contents: _Contents, file: SourceFile) -> list[Fault]:
    name = file.lexicon or ""
    lexicon, faults = parse_lexicon(name, file.text, file.path)
    if name in contents.lexicons:
        faults.append(Fault(file.path, 1, 1, "", f"a second lexicon “{name}”"))
    contents.lexicons[name] = lexicon
    return faults


def _pack_fault(decoded: Decoded, pack: str | None) -> Iterator[Fault]:
    if pack and not decoded.entry.id.startswith(f"{pack}-"):
        yield decoded.fault(f"the id of a rule in the pack “{pack}” begins with “{pack}-”", "id")


def _same_ids(entries: list[Decoded]) -> Iterator[Fault]:
    first: dict[str, Decoded] = {}
    for decoded in entries:
        other = first.setdefault(decoded.entry.id, decoded)
        if other is not decoded:
            place = f"{other.path}:{other.node.place.line}"
            yield decoded.fault(f"the id stands already at {place}", "id")


def contexts(entries: Iterable[str | Context]) -> tuple[Context, ...]:
    """Return contexts with a bare pattern as one that must overlap the match."""
    return tuple(Context(pattern=e) if isinstance(e, str) else e for e in entries)


def _several(one_or_more: Any) -> tuple[Any, ...]:
    if one_or_more is None:
        return ()
    return tuple(one_or_more) if isinstance(one_or_more, list) else (one_or_more,)


def _patterns(entry: RuleEntry | EvidenceEntry) -> tuple[tuple[str | PatternEntry, ...], str]:
    if entry.patterns is not None:
        return tuple(entry.patterns), "patterns"
    return ((entry.pattern,) if entry.pattern is not None else ()), "pattern"


class _Builder:
    """Validates entry after entry and collects the units and their literals."""

    def __init__(self, contents: _Contents, checks: CheckTypes) -> None:
        self.lexicons: Lexicons = contents.lexicons
        self.fragments: Fragments = contents.fragments
        self.checks, self.faults = checks, contents.faults
        self.headings: list[Heading] = []
        self.rules: list[bytes] = []
        self.units = Units(self.lexicons)
        self.codes: list[bytes] = []
        self.patterns: dict[str, Any] = {}  # compiled

    def data(self, key: str) -> BookData:
        encode, units = msgspec.msgpack.encode, self.units
        early, late = (units.literals_by_part(late=late) for late in (False, True))
        return BookData(
            key=key,
            headings=self.headings,
            rules=self.rules,
            lexicons={name: encode_lexicon(lexicon) for name, lexicon in self.lexicons.items()},
            units=units.all,
            always=units.always,
            parts="".join(f"{part}\n" for part in early),
            late_parts="".join(f"{part}\n" for part in late),
            literals=[encode_part(part) for part in (*early.values(), *late.values())],
            conditions=list(map(encode, units.conditions)),
            codes=self.codes,
        )

    def add(self, decoded: Decoded) -> None:
        before = len(self.faults)
        entry = decoded.entry
        patterns, key = _patterns(entry)
        rule = self.expanded(decoded, _rule(entry, patterns), key)
        groups = self.check_patterns(decoded, rule.patterns, key)
        for field in ("unless", "when"):
            self.check_contexts(decoded, field, getattr(rule, field), groups)
        self.check_languages(decoded, rule)
        if isinstance(entry, RuleEntry):
            self.check_kinds(decoded, entry)
            self.check_templates(decoded, entry, patterns, groups)
        if len(self.faults) == before:
            self.add_rule(rule)

    def expanded(self, decoded: Decoded, rule: Rule, key: str) -> Rule:
        """Return the rule with the fragments of its patterns and contexts put in."""

        def put_in(source: str, *path: str | int) -> str:
            try:
                return expand(source, self.fragments)
            except FragmentError as error:
                self.faults.append(decoded.fault(f"{_label(path)}: {error}", *path))
            return "x"  # something that compiles: one fault is enough

        patterns = tuple(
            put_in(source, *((key,) if key == "pattern" else (key, index)))
            for index, source in enumerate(rule.patterns)
        )
        found = {
            field: tuple(
                msgspec.structs.replace(context, pattern=put_in(context.pattern, field, index))
                for index, context in enumerate(getattr(rule, field))
            )
            for field in ("unless", "when")
        }
        return msgspec.structs.replace(rule, patterns=patterns, **found)

    def check_languages(self, decoded: Decoded, rule: Rule) -> None:
        named = {"needs": rule.needs}
        named["evidence" if isinstance(decoded.entry, RuleEntry) else "language"] = rule.languages
        for key, codes in named.items():
            for code in codes:
                if not re.match(LANGUAGE_CODE, code):
                    reason = f"{key}: “{code}” is no code of a language, such as “fr”, nor “any”"
                    self.faults.append(decoded.fault(reason, key))

    def add_rule(self, rule: Rule) -> None:
        number = len(self.rules)
        self.rules.append(msgspec.msgpack.encode(rule))
        self.codes.append(msgspec.msgpack.encode(dict(self.dumped(rule))))
        self.headings.append(
            Heading(
                id=rule.id,
                pack=rule.pack,
                category=rule.category,
                preview=rule.preview,
                artifact=rule.artifact,
                needs=bool(rule.needs),
                evidence=bool(rule.languages),
                sourced=rule.check is not None and self.checks[rule.check]().sourced,
                needs_less=rule.needs_less,
                corroborated=rule.corroborated,
                dense=rule.needs_density > 0,
            )
        )
        if rule.check:
            kind = self.checks[rule.check]()
            options = msgspec.convert(rule.options, kind.options)
            self.units.add_check(number, rule, kind.literals(options, self.lexicons))
        self.units.add_patterns(number, rule)

    def dumped(self, rule: Rule) -> Iterator[tuple[str, bytes]]:
        """Yield the patterns and contexts of a rule with their code, where there is one."""
        found = [context.pattern for context in (*rule.unless, *rule.when)]
        for source in dict.fromkeys((*rule.patterns, *found)):
            if not references_of(source):
                code = dump_pattern(source, self.compiled(source))
                if code is not None:
                    yield source, code

    def check_kinds(self, decoded: Decoded, entry: RuleEntry) -> None:
        if entry.check is None:
            if entry.options is not None:
                self.faults.append(decoded.fault("options are for a rule with a check", "options"))
        elif entry.check not in self.checks:
            hint = near_miss(entry.check, self.checks) or f"; known are {', '.join(self.checks)}"
            self.faults.append(decoded.fault(f"no check is called “{entry.check}”{hint}", "check"))
        else:
            self.check_options(decoded, entry)
        if entry.needs and entry.evidence:
            reason = "a rule that needs provenance can't be evidence of it"
            self.faults.append(decoded.fault(reason, "evidence"))

    def check_options(self, decoded: Decoded, entry: RuleEntry) -> None:
        assert entry.check is not None
        try:
            msgspec.convert(entry.options or {}, self.checks[entry.check]().options)
        except msgspec.ValidationError as error:
            self.faults.append(decoded.fault(f"options: {error}", "options"))

    def check_patterns(
        self, decoded: Decoded, patterns: tuple[str, ...], key: str
    ) -> list[set[str]]:
        """Return the names of each pattern's groups."""
        entry = decoded.entry
        check = getattr(entry, "check", None)
        given = [entry.pattern is not None, entry.patterns is not None, check is not None]
        if sum(given) != 1 or (not patterns and not check):
            reason = "give exactly one of “pattern:”, “patterns:” and “check:”"
            self.faults.append(decoded.fault(reason, key))
        groups = []
        for index, source in enumerate(patterns):
            path = (key,) if key == "pattern" else (key, index)
            compiled = self.compile(decoded, source, path)
            groups.append(set(compiled.groupindex) | {"0"} if compiled else {"0"})
        return groups

    def compile(self, decoded: Decoded, source: str, path: tuple[str | int, ...]) -> Any:
        for name in lexicons_of(source):
            if name not in self.lexicons:
                reason = f"no lexicon is called “{name}”{near_miss(name, self.lexicons)}"
                self.faults.append(decoded.fault(reason, *path))
                return None
        try:
            compiled = self.compiled(source)
        except regex.error as error:
            self.faults.append(decoded.fault(f"{_label(path)}: {error}", *path))
            return None
        return compiled

    def compiled(self, source: str) -> Any:
        """Return a pattern compiled; rules share some."""
        if source not in self.patterns:
            self.patterns[source] = compile_pattern(source, self.lexicons)
        return self.patterns[source]

    def check_contexts(
        self,
        decoded: Decoded,
        field: str,
        found: tuple[Context, ...],
        groups: list[set[str]],
    ) -> None:
        for index, context in enumerate(found):
            names = references_of(context.pattern)
            for name in names:
                if not all(name in known for known in groups):
                    reason = f"{field}[{index}]: not every pattern has a group “{name}”"
                    self.faults.append(decoded.fault(reason, field, index))
            source = regex.sub(r"\\g<[^<>]*>", "x", context.pattern)
            self.compile(decoded, source, (field, index))

    def check_templates(
        self,
        decoded: Decoded,
        entry: RuleEntry,
        patterns: tuple[str | PatternEntry, ...],
        groups: list[set[str]],
    ) -> None:
        common = set.intersection(*groups) if groups else {"0"}
        users = [
            known
            for known, item in zip(groups, patterns, strict=True)
            if isinstance(item, str) or item.fix is None
        ]
        shared = set.intersection(*users) if users else common
        self.check_fixes(decoded, entry.fix, shared, ("fix",))
        for index, item in enumerate(patterns):
            if isinstance(item, PatternEntry):
                self.check_fixes(decoded, item.fix, groups[index], ("patterns", index, "fix"))
        if entry.message is not None:
            self.check_template(decoded, entry.message, common, ("message",))

    def check_fixes(
        self,
        decoded: Decoded,
        fixes: FixTemplate | list[FixTemplate] | None,
        groups: set[str],
        path: tuple[str | int, ...],
    ) -> None:
        for index, fix in enumerate(_several(fixes)):
            at = (*path, index) if isinstance(fixes, list) else path
            if (fix.to is None) == (fix.edits is None):
                reason = f"{_label(at)}: give either “to:” or “edits:”"
                self.faults.append(decoded.fault(reason, *at))
            if fix.to is not None:
                self.check_template(decoded, fix.to, groups, (*at, "to"))
            for group, template in (fix.edits or {}).items():
                if group not in groups:
                    reason = f"{_label(at)}.edits: no group is called “{group}”"
                    self.faults.append(decoded.fault(reason, *at, "edits", group))
                self.check_template(decoded, template, groups, (*at, "edits", group))

    def check_template(
        self, decoded: Decoded, source: str, groups: set[str], path: tuple[str | int, ...]
    ) -> None:
        try:
            parts = parse_template(source)
        except TemplateError as error:
            self.faults.append(decoded.fault(f"{_label(path)}: {error}", *path))
            return
        for part in parts:
            if isinstance(part, Placeholder):
                for reason in self.placeholder_faults(part, groups):
                    self.faults.append(decoded.fault(f"{_label(path)}: {reason}", *path))

    def placeholder_faults(self, part: Placeholder, groups: set[str]) -> Iterator[str]:
        if part.style is not None:
            if part.style not in STYLE_NAMES:
                hint = near_miss(part.style, STYLE_NAMES)
                yield f"the style has no setting “{part.style}”{hint}"
        elif part.name not in groups:
            hint = near_miss(part.name, groups)
            yield f"not every pattern has a group “{part.name}”{hint}"
        for name, arguments in part.calls:
            if name not in TRANSFORMS:
                hint = near_miss(name, TRANSFORMS) or f"; known are {', '.join(TRANSFORMS)}"
                yield f"no transform is called “{name}”{hint}"
                continue
            kinds, optional = TRANSFORMS[name].arguments, TRANSFORMS[name].optional
            if not len(kinds) - optional <= len(arguments) <= len(kinds):
                yield f"“{name}” takes {len(kinds)} arguments ({', '.join(kinds)})"
                continue
            for argument, kind in zip(arguments, kinds, strict=False):
                known = groups if kind == "group" else set(self.lexicons)
                if argument not in known:
                    yield f"no {kind} is called “{argument}”{near_miss(argument, known)}"


def _label(path: tuple[str | int, ...]) -> str:
    label = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return label.lstrip(".")


def _rule(entry: RuleEntry | EvidenceEntry, patterns: tuple[str | PatternEntry, ...]) -> Rule:
    """Return an entry as the engine runs it."""
    sources = tuple(p if isinstance(p, str) else p.pattern for p in patterns)
    pack = entry.id.partition("-")[0]
    if isinstance(entry, EvidenceEntry):
        return Rule(
            id=entry.id,
            pack=pack,
            artifact=False,
            patterns=sources,
            fixes=((),) * len(sources),
            unless=contexts(entry.unless),
            scope=entry.scope,
            languages=_several(entry.language),
            weight=entry.weight,
        )
    shared = _several(entry.fix)
    own = tuple(
        shared if isinstance(p, str) or p.fix is None else _several(p.fix) for p in patterns
    )
    return Rule(
        id=entry.id,
        pack=pack,
        category=entry.category,
        severity=entry.severity,
        confidence=entry.confidence,
        message=entry.message or _plain_template(f"{entry.summary}. {entry.why}"),
        preview=entry.preview,
        patterns=sources,
        fixes=own or (shared,),
        check=entry.check,
        options=entry.options or {},
        unless=contexts(entry.unless),
        when=contexts(entry.when),
        scope=entry.scope,
        where=entry.where,
        needs=_several(entry.needs.provenance) if entry.needs else (),
        needs_strength=entry.needs.strength if entry.needs else 0.0,
        needs_leading=entry.needs is not None and entry.needs.leading,
        needs_density=entry.needs.density if entry.needs else 0.0,
        yields=entry.yields,
        corroborated=entry.corroborated,
        needs_less=entry.needs is not None and entry.needs.otherwise == "suggested",
        languages=_several(entry.evidence.language) if entry.evidence else (),
        weight=entry.evidence.weight if entry.evidence else 0.0,
    )


def _plain_template(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
