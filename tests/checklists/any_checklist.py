"""Checklists at random that fit together, and answers to them."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from crm_core.domain.checklist_mistakes import mistakes
from crm_core.domain.checklists import CHOSEN, Checklist, Item, ItemKind
from crm_core.domain.scoring import Value

MANY = settings(
    max_examples=settings().max_examples // 3, suppress_health_check=[HealthCheck.too_slow]
)
"""A checklist has many parts to draw."""
WORDS = st.sampled_from(
    [
        *(
            "a",
            "问",
            "=1+1",
            "“问”",
            "'x",
            "100%",
            "a; b",
            "a、b",
            "TRUE",
            "1.0",
            "-",
            "#N/A",
            "null",
        ),
        *(
            "~",
            "2024-01-01",
            "007",
            "_x0041_",
            "<b>",
            "{x}",
            "a: b",
            "- a",
            "é",
            "&amp;",
            "是",
            "no",
        ),
    ]
)
LABELS = st.builds(lambda en, zh: {"en": en, "zh": zh}, WORDS, WORDS)
SHARES = st.decimals("0.001", "1", places=3)
VOICES = st.lists(st.sampled_from(["lead", "manager", "it"]), unique=True, max_size=2)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def items(draw: st.DrawFn, key: str, earlier: tuple[str, ...]) -> dict[str, Any]:
    kind = draw(st.sampled_from(ItemKind))
    item: dict[str, Any] = {
        "id": key,
        "kind": kind,
        "text": draw(LABELS),
        "help": draw(maybe(LABELS)),
        "evidence": draw(maybe(LABELS)),
        "unit": draw(maybe(LABELS)),
        "weight": draw(st.decimals("0.01", "100", places=2)),
        "may_not_apply": draw(st.booleans()),
        "asked_of": draw(VOICES),
        "covers": draw(st.lists(st.sampled_from(["A6", "D2", "C1"]), unique=True, max_size=2)),
    }
    if kind in CHOSEN:
        codes = draw(st.lists(st.sampled_from("abcdef"), min_size=2, max_size=4, unique=True))
        item["options"] = [
            {"code": code, "label": draw(LABELS), "worth": draw(maybe(SHARES))} for code in codes
        ]
        item["leads_to"] = [
            {
                "when": {"one_of": codes[:1]},
                "recommendation": draw(LABELS),
                "flag": draw(maybe(LABELS)),
                "severity": draw(st.sampled_from(["low", "medium", "high"])),
                "initiative": draw(maybe(LABELS)),
            }
        ][: draw(st.integers(0, 1))]
    if kind is ItemKind.SEVERAL:
        item["options"][0]["alone"] = draw(st.booleans())
    if kind is ItemKind.NUMBER and draw(st.booleans()):
        item |= {"zero_at": draw(st.integers(-5, 5)), "full_at": draw(st.integers(6, 90))}
    if earlier and draw(st.booleans()):
        item["ask_if"] = [{"item": draw(st.sampled_from(earlier)), "one_of": ["a"]}]
    return item


@st.composite
def checklists(draw: st.DrawFn, version: int = 1) -> Checklist:
    chosen: list[str] = []
    sections = []
    for at in range(draw(st.integers(1, 3))):
        made = []
        for number in range(draw(st.integers(1, 3))):
            key = f"q{at}-{number}"
            item = draw(items(key, tuple(chosen)))
            chosen += [key] if "a" in [one["code"] for one in item.get("options", ())] else []
            made.append(item)
        about, weight = draw(maybe(LABELS)), draw(st.integers(1, 9))
        section = {"id": f"s{at}", "title": draw(LABELS), "about": about, "weight": weight}
        sections.append(section | {"items": made})
    made = Checklist.model_validate(
        {
            "id": "c",
            "version": version,
            "provider": draw(WORDS),
            "title": draw(LABELS),
            "about": draw(LABELS),
            "scopes": draw(
                st.lists(st.sampled_from(["programme", "vendor"]), min_size=1, unique=True)
            ),
            "green_from": draw(st.decimals("0.6", "1", places=3)),
            "sections": sections,
        }
    )
    assert not list(mistakes(made))
    return made


def values(item: Item) -> st.SearchStrategy[Value]:
    codes = [one.code for one in item.options]
    match item.kind:
        case ItemKind.SEVERAL:
            alone = {one.code for one in item.options if one.alone}
            several = st.lists(st.sampled_from(codes), min_size=1, unique=True).map(tuple)
            return several.map(lambda found: found[:1] if alone & {*found} else found)
        case ItemKind.NUMBER:
            return st.decimals(-(10**6), 10**6, places=3).map(Decimal)
        case ItemKind.DATE:
            return st.dates(date(1990, 1, 1), date(2100, 1, 1))
        case ItemKind.TEXT:
            return WORDS
        case _:
            return st.sampled_from(codes)
