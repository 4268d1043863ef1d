"""A team's steps typed or pasted as a list."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_core.domain.variant import Step
from crm_core.services.processes import listing

WORDS = st.text('ab 12."|;-中文', max_size=6).map(lambda text: " ".join(text.split()))
TAGS = st.lists(st.text("ab", min_size=1, max_size=3), unique=True, max_size=2).map(tuple)
STEPS = st.builds(
    Step,
    what=st.text("abc中文", min_size=1, max_size=6),
    who=WORDS,
    tool=WORDS,
    minutes=st.none() | st.decimals(0, 999, places=1),
    hand_over=WORDS,
    experience=st.none() | st.integers(1, 5),
    waste=TAGS,
)


@given(st.lists(STEPS, max_size=5))
def test_a_written_list_is_read_back_the_same(steps: list[Step]) -> None:
    found = listing.read(listing.written(steps))
    assert (found.wrong, found.left_out) == ((), ())
    assert [Step(**said) for said in found.steps] == steps


def test_a_line_is_a_step_and_only_what_is_done_has_to_be_said() -> None:
    found = listing.read(
        "Take the call\n\nWrite it down | Agent | Excel | 1.5 h | Back office | 2\n"
    )
    assert found.steps == (
        {"what": "Take the call"},
        {
            "what": "Write it down",
            "who": "Agent",
            "tool": "Excel",
            "minutes": Decimal(90),
            "hand_over": "Back office",
            "experience": 2,
        },
    )


@pytest.mark.parametrize("text", ["1. Call\n2. Write\n", "- Call\n- Write", "1、Call\n2、Write"])
def test_the_numbers_of_a_pasted_list_are_no_part_of_its_steps(text: str) -> None:
    assert [said["what"] for said in listing.read(text).steps] == ["Call", "Write"]


@pytest.mark.parametrize(
    "heads",
    [
        "Duration\tStep\tWeather\tWaste tags",
        "用时（分钟）\t步骤\t天气\t浪费",
        "minutes\twhat\tx\twaste",
    ],
)
def test_a_pasted_table_is_read_by_its_heads_in_either_language(heads: str) -> None:
    found = listing.read(f"{heads}\n15 分钟\tCall\tfine\twaiting；rework\n")
    assert found.steps == (
        {"what": "Call", "minutes": Decimal(15), "waste": ("waiting", "rework")},
    )
    assert found.left_out == (heads.split("\t")[2],)


def test_each_cell_that_cannot_be_taken_is_named_with_its_line() -> None:
    found = listing.read("Call | Ann | Phone | soon | | 6\n | Bob\nSend | | | | | | x | y\n")
    assert [(one.line, one.field, one.value, one.problem.code) for one in found.wrong] == [
        (1, "experience", "6", "item_range"),
        (1, "minutes", "soon", "item_number"),
        (2, "what", "", "item_required"),
        (3, "what", "Send", "step_cells"),
    ]
