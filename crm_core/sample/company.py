"""The whole company as clean tables, before anybody exported them."""

from dataclasses import dataclass

import pandas as pd

from crm_core.sample.activities import activities
from crm_core.sample.capture import capture_customers, capture_leads
from crm_core.sample.cases import cases, segment_known
from crm_core.sample.customers import customers
from crm_core.sample.deals import opportunities
from crm_core.sample.handoffs import escalations, lead_handoffs
from crm_core.sample.leads import leads
from crm_core.sample.orders import order_lines, returns
from crm_core.sample.products import products
from crm_core.sample.staff import staff
from crm_core.sample.world import World


@dataclass(frozen=True)
class Company:
    """Clean tables; the functions that make them say what is in each."""

    people: pd.DataFrame
    products: pd.DataFrame
    customers: pd.DataFrame
    leads: pd.DataFrame
    opportunities: pd.DataFrame
    order_lines: pd.DataFrame
    returns: pd.DataFrame
    cases: pd.DataFrame
    activities: pd.DataFrame
    lead_handoffs: pd.DataFrame
    escalations: pd.DataFrame


def company(world: World) -> Company:
    """The company of that world; the same world gives the same company."""
    crew = staff(world)
    catalogue = products(world)
    buyers = customers(world, crew)
    prospects = leads(world, buyers, crew)
    deals = opportunities(world, buyers, prospects, catalogue)
    lines = order_lines(world, buyers, deals, catalogue)
    requests = cases(world, buyers, crew)
    capture_customers(world, buyers, prospects, requests, crew)
    capture_leads(world, prospects, buyers)
    requests["segment_known"] = segment_known(requests, buyers)
    return Company(
        people=crew,
        products=catalogue,
        customers=buyers,
        leads=prospects,
        opportunities=deals,
        order_lines=lines,
        returns=returns(world, lines, catalogue),
        cases=requests,
        activities=activities(world, buyers, prospects, deals, requests),
        lead_handoffs=lead_handoffs(world, prospects, crew),
        escalations=escalations(world, requests, crew),
    )
