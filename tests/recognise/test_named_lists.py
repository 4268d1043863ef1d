"""Where columns fit two kinds of list about as well, the name of the file tells which it is."""

from pathlib import Path

from raw_tables import recognise

from crm_core.domain.plan import SURE

LEADS = """Id|LastName|FirstName|Name|Company|Street|City|State|PostalCode|Country|Phone|Email|\
LeadSource|Status|AnnualRevenue|NumberOfEmployees|OwnerId|CreatedDate
00QEc1|Lee|William|William Lee|Alder Ltd|84 Springs|Kellyburgh|ME|11709|US|8683896283|\
william@a.example.com|Online Form|Qualified|120000|12|005E1|2024-01-22
00QEc2|Freeman|Pat|Pat Freeman|Birch Ltd|63 Larson Rue|Meganhaven|MN|89271|US|7744098360|\
pat@b.example.com|Cold Call|New|90000|7|005E1|2024-01-22
00QEc3|Gonzalez|Mia|Mia Gonzalez|Cedar Ltd|178 Cliffs|Ronald|FM|21955|US|8191161473|\
mia@c.example.com|Online Form|New|45000|3|005E2|2024-01-22"""
CONTACTS = """Id|AccountId|LastName|FirstName|Name|MailingStreet|MailingCity|MailingState|\
MailingPostalCode|MailingCountry|Phone|Email|Birthdate|OwnerId|CreatedDate
003Ec1|001Ec1|Ryan|Patricia|Patricia Ryan|4228 Walks|Anthonyton|OK|43892|US|5987002803|\
patricia@a.example.com|2000-12-08|005E1|2024-01-23
003Ec2|001Ec1|Brock|Ashley|Ashley Brock|2859 Square|Aaron|AL|71774|US|1552512395|\
ashley@a.example.com|1982-10-01|005E1|2024-01-23
003Ec4|001Ec1|Moss|Ada|Ada Moss|2859 Square|Aaron|AL|71774|US|1552512390|ada@a.example.com|\
1982-11-01|005E1|2024-01-23
003Ec3|001Ec2|Massey|Kelsey|Kelsey Massey|6141 Lodge|Tammy|IN|14199|US|9032532336|\
kelsey@b.example.com|1977-06-23|005E2|2024-01-23"""
PEOPLE = """Email|Company Name|Business Phone|Address 1: City|Address 1: Country/Region|\
Address 1: Street 1|Address 1: ZIP/Postal Code|Birthday|First Name|Job Title|Last Name|Website
abbi@n.example.com|Northwind Traders|614-555-0122|Columbus|United States|678 Dayton|60012|\
1/2/1980|Abbi|Buyer|Atkins|http://n.example.com
abe@d.example.com|Adatum Corporation|425-555-0159|Redmond|United States|2345 Birch|98052|\
1/13/1975|Abe|CFO|Chen|http://d.example.com
ann@d.example.com|Adatum Corporation|425-555-0159|Redmond|United States|2345 Birch|98052|\
7/3/1985|Ann|CEO|Cole|http://d.example.com"""


def test_leads_with_the_columns_of_customers_are_leads_in_a_file_named_so(tmp_path: Path) -> None:
    plan = recognise(tmp_path, LEADS, "Lead.csv")
    assert (plan.entity, plan.confidence >= SURE) == ("lead", True)


def test_people_of_accounts_are_contacts_in_a_file_named_so(tmp_path: Path) -> None:
    for name in ("Contact.csv", "联系人.xlsx"):
        for text in (CONTACTS, PEOPLE):
            plan = recognise(tmp_path, text, name)
            assert (plan.entity, plan.confidence >= SURE) == ("contact", True)


def test_people_of_firms_in_a_file_without_a_telling_name_are_asked_about(tmp_path: Path) -> None:
    assert recognise(tmp_path, PEOPLE, "export.csv").confidence < SURE
    assert recognise(tmp_path, CONTACTS, "export.csv").confidence < SURE


def test_people_are_customers_in_a_file_named_so(tmp_path: Path) -> None:
    plan = recognise(tmp_path, PEOPLE, "customers.csv")
    assert (plan.entity, plan.confidence >= SURE) == ("customer", True)


def test_a_name_does_not_outweigh_columns_that_say_something_else(tmp_path: Path) -> None:
    orders = """Order No|Order Date|Customer|Email|Phone|Product Name|Quantity|Total
1001|2024-07-20|Alder Ltd|a@a.example.com|8683896283|Eames chair|2|7961.17
1002|2024-07-21|Birch Ltd|b@b.example.com|7744098360|Knoll sofa|1|26717.34"""
    plan = recognise(tmp_path, orders, "customers.csv")
    assert (plan.entity, plan.confidence >= SURE) == ("sale", True)
