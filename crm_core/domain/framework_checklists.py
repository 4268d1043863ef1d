"""Frameworks of others converted to checklists: requirements to items, their headings to sections.

Threats, controls, mappings and which groups an answer selects are left out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from crm_core.domain.checklists import Checklist, Item, ItemKind, Option, Section, When
from crm_core.domain.entities import Label
from crm_core.domain.frameworks import Framework, Library, Node, Question, Spoken
from crm_core.domain.problems import Refused
from crm_core.domain.slugs import slug, unique_slugs
from crm_core.domain.untranslated import label

IN_PLACE = tuple(
    Option(code=code, label=Label(en=en, zh=zh))
    for code, en, zh in (
        ("no", "Not in place", "未落实"),
        ("partly", "Partly in place", "部分落实"),
        ("fully", "Fully in place", "完全落实"),
    )
)
"""The levels of what comes without any."""
_YES_NO = (
    Option(code="yes", label=Label(en="Yes", zh="是")),
    Option(code="no", label=Label(en="No", zh="否")),
)
_RESULTS = {
    "compliant": Decimal(1),
    "partially_compliant": Decimal("0.5"),
    "non_compliant": Decimal(0),
    "True": Decimal(1),
    "False": Decimal(0),
}
_KINDS = {
    "unique_choice": ItemKind.ONE,
    "boolean": ItemKind.ONE,
    "multiple_choice": ItemKind.SEVERAL,
    "number": ItemKind.NUMBER,
    "date": ItemKind.DATE,
    "text": ItemKind.TEXT,
}
_OWN_LEVEL = re.compile(r"(?m)^\s*(\d+)\s*[:：]\s*")
"""How remarks on a requirement say what is seen at each score of it."""
_PLACES = Decimal("0.0001")
_URN_HEAD = 5
"""Parts of a urn that all requirements of a framework have in common."""


def converted(library: Library, group: str = "") -> Checklist:
    """The checklist that a library's framework comes to, of one implementation group if it is
    named. Refused: framework_none, framework_group, framework_empty."""
    single = [library.objects.framework] if library.objects.framework else []
    found = (*single, *library.objects.frameworks)
    if not found:
        raise Refused("framework_none")
    return _Conversion(library, found[0], group).checklist()


class _Conversion:
    """A framework on its way to a checklist."""

    def __init__(self, library: Library, framework: Framework, group: str) -> None:
        nodes = framework.requirement_nodes
        groups = {name for node in nodes for name in node.implementation_groups}
        if group and group not in groups:
            raise Refused("framework_group", value=group, known=", ".join(sorted(groups)))
        self._library, self._framework = library, framework
        self._nodes = {node.urn: node for node in nodes}
        self._wanted = [
            node
            for node in nodes
            if node.assessable and (not group or group in node.implementation_groups)
        ]
        urns = [*self._nodes, *(urn for node in nodes for urn in node.questions)]
        short = {urn: ":".join(urn.split(":")[_URN_HEAD:]) or urn for urn in urns}
        ids = unique_slugs(short.values())
        self._ids = {urn: ids[name] for urn, name in short.items()}

    def checklist(self) -> Checklist:
        """All that is wanted of it."""
        items: dict[str, list[Item]] = {}
        for node in self._wanted:
            items.setdefault(self._heading(node), []).extend(self._items(node))
        if not items:
            raise Refused("framework_empty")
        title = self._label(self._framework, "name") or _same(self._library.name)
        return Checklist(
            id=slug(self._library.urn.split(":")[-1]),
            version=self._library.version,
            provider=self._library.provider or self._library.name,
            title=title,
            about=self._label(self._framework, "description") or title,
            scopes=("programme", "department", "vendor"),
            sections=tuple(self._section(urn, title, each) for urn, each in items.items()),
        )

    def _heading(self, node: Node) -> str:
        """The nearest heading above a requirement; "" where there is none."""
        return next((one.urn for one in self._above(node) if not one.assessable), "")

    def _above(self, node: Node) -> Iterator[Node]:
        seen = {node.urn}
        while (above := self._nodes.get(node.parent_urn or "")) and above.urn not in seen:
            yield above
            seen.add(above.urn)
            node = above

    def _section(self, urn: str, whole: Label, items: Sequence[Item]) -> Section:
        node = self._nodes.get(urn)
        if node is None:
            return Section(id="general", title=whole, items=tuple(items))
        path = [self._named(one) for one in (*reversed(list(self._above(node))), node)]
        return Section(
            id=self._ids[urn],
            title=_joined(path, " › "),
            about=self._label(node, "description") if node.name else None,
            items=tuple(items),
        )

    def _items(self, node: Node) -> Iterator[Item]:
        """A requirement's own item, unless its questions say what it is worth, and these."""
        questions = [(urn, one) for urn, one in node.questions.items()]
        if not any(_worths(one) for _, one in questions):
            yield Item(
                id=self._ids[node.urn],
                text=self._named(node),
                help=self._help(node),
                weight=node.weight,
                evidence=self._label(node, "typical_evidence"),
                options=self._levels(node),
            )
        earlier = dict[str, Mapping[str, str]]()
        for urn, question in questions:
            item = self._question(urn, node, question, earlier)
            yield item
            there = {one.code for one in item.options}
            earlier[urn] = {key: code for key, code in _codes(question).items() if code in there}

    def _question(
        self, urn: str, node: Node, question: Question, earlier: Mapping[str, Mapping[str, str]]
    ) -> Item:
        options, worths = self._options(question), _worths(question)
        can_choose = len(options) > 1 or not question.type.endswith("_choice")
        kind = _KINDS[question.type] if can_choose else ItemKind.TEXT
        text = self._label(question, "text") or self._named(node)
        return Item(
            id=self._ids[urn],
            kind=kind,
            text=text,
            help=self._help(node) if worths else None,
            weight=node.weight if worths else Decimal(1),
            options=options if can_choose else (),
            ask_if=tuple(self._conditions(question, earlier)),
        )

    def _conditions(
        self, question: Question, earlier: Mapping[str, Mapping[str, str]]
    ) -> Iterator[When]:
        depends = question.depends_on
        if depends is None or depends.question not in earlier:
            return
        known = earlier[depends.question]
        codes = [known[urn] for urn in depends.answers if urn in known]
        parts = [codes] if depends.condition == "any" else [[code] for code in codes]
        for part in parts:
            if part:
                yield When(item=self._ids[depends.question], one_of=tuple(part))

    def _options(self, question: Question) -> tuple[Option, ...]:
        if question.type == "boolean":
            return _YES_NO
        if not question.type.endswith("_choice"):
            return ()
        worths, codes = _worths(question), _codes(question)
        return tuple(
            Option(
                code=codes[one.urn],
                label=self._label(one, "value") or _same(codes[one.urn]),
                worth=worths.get(one.urn),
            )
            for one in question.choices
        )

    def _levels(self, node: Node) -> tuple[Option, ...]:
        """What is seen at each score: as the requirement says itself, as the framework says for
        all, else whether it is in place."""
        scores = sorted(self._framework.scores_definition, key=lambda one: one.score)
        if len({one.score for one in scores}) < max(2, len(scores)):
            return IN_PLACE
        own = self._label(node, "annotation")
        told = [_own_levels(text) for text in (own.en, own.zh)] if own else [{}, {}]
        labels = [
            Label(en=told[0][one.score], zh=told[1][one.score])
            if all(each.keys() == {score.score for score in scores} for each in told)
            else _joined([each for each in self._of_score(one) if each], " – ")
            for one in scores
        ]
        low, high = scores[0].score, scores[-1].score
        even = all(one.score == low + at for at, one in enumerate(scores))
        return tuple(
            Option(
                code=slug(str(one.score)),
                label=each,
                worth=None if even else _share(one.score - low, high - low),
            )
            for one, each in zip(scores, labels, strict=True)
        )

    def _of_score(self, score: Spoken) -> list[Label | None]:
        return [self._label(score, "name"), self._label(score, "description")]

    def _named(self, node: Node) -> Label:
        """A requirement or a heading by its number and its name."""
        said = self._label(node, "name") or self._label(node, "description")
        number = node.ref_id or ""
        if said is None:
            return _same(number or self._ids[node.urn])
        return Label(en=f"{number} {said.en}".strip(), zh=f"{number} {said.zh}".strip())

    def _help(self, node: Node) -> Label | None:
        described = self._label(node, "description") if node.name else None
        parts = [one for one in (described, self._label(node, "annotation")) if one]
        return _joined(parts, "\n\n") if parts else None

    def _label(self, part: Spoken, field: str) -> Label | None:
        """A text in both languages; None where there is none."""
        said = {code[:2].casefold(): getattr(one, field) for code, one in part.translations.items()}
        said |= {self._library.locale[:2].casefold(): getattr(part, field)}
        there = {code: text.strip() for code, text in said.items() if text and text.strip()}
        own = self._library.locale[:2].casefold()
        return label(there, "en" if "en" in there else own) if there else None


def _codes(question: Question) -> dict[str, str]:
    """The code of each choice, by its urn."""
    short = {one.urn: one.urn.split(":")[-1] for one in question.choices}
    if len(set(short.values())) < len(short):
        short = {urn: urn for urn in short}
    codes = unique_slugs(short.values())
    return {urn: codes[name] for urn, name in short.items()}


def _worths(question: Question) -> dict[str, Decimal]:
    """What the choices are worth, by urn; {} where the library does not say."""
    results = {one.urn: _RESULTS.get(str(one.compute_result)) for one in question.choices}
    stated = {urn: share for urn, share in results.items() if share is not None}
    if stated:
        return stated
    scores = {one.urn: one.add_score for one in question.choices if one.add_score is not None}
    if len(set(scores.values())) < 2:
        return {}
    if question.type == "multiple_choice":
        every = sum(score for score in scores.values() if score > 0)
        return {urn: _share(max(0, score), every) for urn, score in scores.items()}
    low, high = min(scores.values()), max(scores.values())
    return {urn: _share(score - low, high - low) for urn, score in scores.items()}


def _share(part: int, whole: int) -> Decimal:
    return (Decimal(part) / Decimal(whole)).quantize(_PLACES).normalize() if whole else Decimal(0)


def _own_levels(text: str) -> dict[int, str]:
    """What a remark says of each score, if that is how it is written."""
    _, *parts = _OWN_LEVEL.split(text)
    return {
        int(score): " ".join(said.split())
        for score, said in zip(parts[::2], parts[1::2], strict=True)
    }


def _same(text: str) -> Label:
    return Label(en=text, zh=text)


def _joined(parts: Sequence[Label], between: str) -> Label:
    return Label(en=between.join(one.en for one in parts), zh=between.join(one.zh for one in parts))
