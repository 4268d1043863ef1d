"""Reads about plans, kept until a plan, a register or a setting changes."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from crm_core.domain.actor import Actor
from crm_core.services.planning.plans import AREA
from crm_core.store import Store
from pages._ui import kept

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def read(
    service: Callable[Concatenate[Store, Actor, Given], Answer],
    *args: Given.args,
    **kwargs: Given.kwargs,
) -> Answer:
    """What a service answers this session's person."""
    return kept.until(("programme", "settings", AREA), service, *args, **kwargs)
