"""How far a course is, and the day that tells it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crm_core.domain.training import Course, State

TODAY = date(2026, 6, 15)
DAYS = st.none() | st.dates(TODAY - timedelta(3), TODAY + timedelta(3))
COURSES = st.builds(
    Course,
    *(st.just("TR-1"), st.just("Quotes"), st.just("Clerk"), st.just("daily")),
    planned=DAYS,
    held=DAYS,
    proof=st.none() | st.just("Task done alone"),
    follow_up=DAYS,
    followed_up=DAYS,
)
HELD = {State.UNPROVED, State.FOLLOW_UP, State.PROVED}


@given(COURSES)
def test_a_course_is_held_from_its_day_on_and_proved_only_by_proof(course: Course) -> None:
    state = course.state(TODAY)
    assert (state in HELD) == (course.held is not None and course.held <= TODAY)
    assert state not in (State.PROVED, State.FOLLOW_UP) or course.proof
    assert state is not State.UNPROVED or course.proof is None


@given(COURSES)
def test_only_a_day_that_has_passed_without_a_course_is_missed(course: Course) -> None:
    missed = course.held is None and course.planned is not None and course.planned < TODAY
    assert (course.state(TODAY) is State.MISSED) == missed


@given(COURSES)
def test_a_follow_up_is_overdue_from_the_day_after_until_it_was_held(course: Course) -> None:
    if course.state(TODAY) is State.FOLLOW_UP:
        assert course.followed_up is None and course.day(TODAY) == course.follow_up
        assert course.follow_up is not None and course.follow_up < TODAY
    elif course.state(TODAY) is State.PROVED:
        assert course.followed_up or course.follow_up is None or course.follow_up >= TODAY


@given(COURSES)
def test_time_makes_no_state_better_by_itself_once_a_course_was_held(course: Course) -> None:
    if course.state(TODAY) in HELD:
        order = list(State)
        later = course.state(TODAY + timedelta(30))
        assert order.index(later) <= order.index(course.state(TODAY))
