"""Exports of the systems people use are understood without anybody's help."""

from pathlib import Path

import pytest
from raw_tables import column, field, recognise
from typical_exports import EXPORTS, Export


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: f"{export.name} {export.sheet}")
def test_an_export_is_recognised_with_all_its_fields_surely(export: Export, tmp_path: Path) -> None:
    plan = recognise(tmp_path, export.text, export.name, export.sheet)
    assert plan.entity == export.entity
    assert plan.confidence >= 0.75
    found = {header: field(column(plan, header)) for header in export.fields}
    assert found == export.fields
    assert [header for header in export.fields if not column(plan, header).sure] == []
    assert [header for header in export.extras if column(plan, header).field] == []


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: f"{export.name} {export.sheet}")
def test_the_name_of_the_file_is_not_needed(export: Export, tmp_path: Path) -> None:
    plan = recognise(tmp_path, export.text, "x.csv")
    assert plan.entity == export.entity


def test_an_event_log_is_not_taken_for_customer_data(tmp_path: Path) -> None:
    plan = recognise(
        tmp_path,
        """|concept:name|org:resource|time:timestamp|Activity|Resource|Costs|case:concept:name
0|register request|P1|2010-12-30 14:32:00+01:00|register request|P1|50|3
1|check ticket|P2|2010-12-30 15:06:00+01:00|check ticket|P2|400|3""",
    )
    assert plan.confidence < 0.75


def test_a_list_of_restaurants_is_at_most_a_guess(tmp_path: Path) -> None:
    plan = recognise(
        tmp_path,
        """id|name|addr|city|phone|type
1|apple pan|10801 w. pico blvd.|west la|310-475-3585|american
2|asahi ramen|2027 sawtelle blvd.|west la|310-479-2231|noodle shops""",
        "zagats.csv",
    )
    assert plan.confidence < 0.75


def test_a_table_of_pairs_is_nothing_known(tmp_path: Path) -> None:
    plan = recognise(tmp_path, "left_no|right_no\n534|219\n535|220")
    assert plan.entity is None


def test_a_person_may_say_what_the_sheet_is(tmp_path: Path) -> None:
    plan = recognise(tmp_path, "name|city\nA|Oslo\nB|Graz", entity="lead")
    assert (plan.entity, plan.confidence) == ("lead", 1.0)
    assert field(column(plan, "city")) == "city"


def test_the_list_of_a_pipelines_stages_is_no_list_of_deals(tmp_path: Path) -> None:
    plan = recognise(
        tmp_path,
        """pipeline_id|stage_id|stage_name|sort_order|probability|is_final
sales-main|NEW|New|10|10|false
sales-main|PROPOSAL|Proposal sent|20|50|false
sales-main|WON|Won|30|100|true""",
        "pipeline_stages.csv",
    )
    assert plan.entity is None


def test_lines_of_deals_are_asked_about_not_taken_for_products(tmp_path: Path) -> None:
    plan = recognise(
        tmp_path,
        """Record ID|Name|Quantity|Unit price|Net price|SKU|Product ID|Associated Deal IDs
5551001|GTX Pro|3|4821.00|14463.00|GTXPRO|1201|90011
5551002|MG Special|1|55.00|55.00|MGSP|1202|90012""",
        "hubspot-crm-exports-line-items-2026-11-01.csv",
    )
    assert plan.confidence < 0.75


def test_lines_that_name_their_deal_beside_an_id_of_their_own_are_asked_about(
    tmp_path: Path,
) -> None:
    plan = recognise(
        tmp_path,
        """ID|Revenue Line Item|Opportunity ID|Account Name|Expected Close Date|Sales Stage|Likely
6001|Seats|5001|Alder Ltd|2025-03-14|Closed Won|700.50
6002|Support|5001|Alder Ltd|2025-03-14|Closed Won|500
6003|Seats|5002|Birch & Co|2025-04-02|Prospecting|900""",
        "Revenue Line Items.csv",
    )
    assert plan.confidence < 0.75


def test_two_ids_of_the_rows_themselves_raise_no_doubt(tmp_path: Path) -> None:
    plan = recognise(
        tmp_path,
        """ID|Opportunity Number|Opportunity Name|Account Name|Sales Stage|Amount|Close Date
6001|5001|Seats|Alder Ltd|Closed Won|700.50|2025-03-14
6002|5002|Support|Alder Ltd|Closed Won|500|2025-03-14
6003|5003|Seats|Birch & Co|Prospecting|900|2025-04-02""",
        "Opportunities.csv",
    )
    assert (plan.entity, plan.confidence) == ("opportunity", 1.0)


def test_a_column_without_a_value_identifies_no_row(tmp_path: Path) -> None:
    plan = recognise(
        tmp_path,
        """Account Number|Account Name|Phone|Billing City
|Alder Ltd|+44 113 496 0111|Leeds
|Birch & Co|+44 113 496 0112|York""",
        "accounts.csv",
    )
    assert field(column(plan, "Account Number")) is None
    assert field(column(plan, "Account Name")) == "name"
