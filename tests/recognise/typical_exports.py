"""Header rows and a few rows of made-up data, laid out as customers' systems export them."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Export:
    """A delimited text (cells parted by |), and what it should be recognised as."""

    name: str
    text: str
    entity: str | None
    fields: dict[str, str]
    """Header -> the field it must fill; of a derived entity written entity.field."""
    sheet: str | None = None
    extras: tuple[str, ...] = field(default=())
    """Headers that must stay extra attributes."""

    @property
    def rows(self) -> list[list[str]]:
        """The lines of the file as cells."""
        return [
            [cell.strip() for cell in line.split("|")] for line in self.text.strip().split("\n")
        ]


EXPORTS = [
    Export(
        "report1688.csv",
        """Account Name|Account ID|Type|Industry|Billing City|Billing Country|Phone|Website|Annual Revenue|Employees|Account Owner|Created Date|Parent Account
Northwind Traders|0015g00000A1|Customer|Retail|Boston|United States|(617) 555-0101|www.northwind.example.com|1200000|35|Ann Lee|1/15/2023|
Contoso Medical|0015g00000A2|Prospect|Healthcare|Leeds|United Kingdom|+44 113 555 0102|contoso.example.com|880000|120|Bo Chan|11/30/2022|Northwind Traders
Fabrikam|0015g00000A3|Customer|Manufacturing|Lyon|France|+33 4 55 50 10 30|fabrikam.example.com|4500000|900|Ann Lee|2/3/2024|""",
        "customer",
        {
            "Account Name": "name",
            "Account ID": "customer_id",
            "Industry": "segment",
            "Billing City": "city",
            "Billing Country": "country",
            "Phone": "phone",
            "Website": "website",
            "Annual Revenue": "annual_revenue",
            "Employees": "employees",
            "Account Owner": "owner_id",
            "Created Date": "created_at",
            "Parent Account": "parent_id",
        },
        extras=("Type",),
    ),
    Export(
        "report1700.csv",
        """Opportunity Name|Account Name|Stage|Amount|Expected Revenue|Probability (%)|Close Date|Created Date|Opportunity Owner|Lead Source|Type|Next Step|Fiscal Period
Northwind 120 seats|Northwind Traders|Closed Won|12000.00|12000.00|100|3/31/2024|1/5/2024|Ann Lee|Web|New Business||Q1-2024
Contoso renewal|Contoso Medical|Negotiation/Review|8000.00|7200.00|90|4/15/2024|2/20/2024|Bo Chan|Phone|Renewal|Send draft|Q2-2024
Fabrikam pilot|Fabrikam|Closed Lost|500.00|0.00|0|2/28/2024|1/9/2024|Ann Lee|Partner|New Business||Q1-2024""",
        "opportunity",
        {
            "Opportunity Name": "name",
            "Account Name": "customer_id",
            "Stage": "stage",
            "Amount": "amount",
            "Probability (%)": "probability",
            "Close Date": "closed_at",
            "Created Date": "created_at",
            "Opportunity Owner": "owner_id",
        },
        extras=("Expected Revenue", "Type", "Next Step", "Fiscal Period"),
    ),
    Export(
        "leads_export.csv",
        """Lead ID|First Name|Last Name|Title|Company|Email|Phone|Lead Source|Lead Status|Industry|Lead Owner|Created Date|Converted Date
00Q5g001|Mia|Ito|CTO|Adatum|mia@adatum.example.com|555-010-2030|Webinar|Qualified|Technology|Ann Lee|2024-01-05|2024-02-01
00Q5g002|Leo|Roy|Buyer|Tailspin|leo@tailspin.example.com|555-010-2031|Trade Show|New|Retail|Bo Chan|2024-01-17|""",
        "lead",
        {
            "Lead ID": "lead_id",
            "Company": "company",
            "Title": "title",
            "Email": "email",
            "Lead Source": "source",
            "Lead Status": "status",
            "Industry": "segment",
            "Lead Owner": "owner_id",
            "Created Date": "created_at",
            "Converted Date": "qualified_at",
        },
    ),
    Export(
        "contacts.csv",
        """Contact ID|Full Name|Title|Account Name|Email|Mobile|Mailing City|Contact Owner
0035g01|Mia Ito|CTO|Adatum|mia@adatum.example.com|555-010-2030|Oslo|Ann Lee
0035g02|Leo Roy|Buyer|Tailspin|leo@tailspin.example.com|555-010-2031|Bergen|Bo Chan""",
        "contact",
        {
            "Contact ID": "contact_id",
            "Full Name": "name",
            "Title": "title",
            "Account Name": "customer_id",
            "Email": "email",
            "Mobile": "phone",
        },
    ),
    Export(
        "cases.csv",
        """Case Number|Account Name|Contact Name|Subject|Status|Priority|Case Owner|Date/Time Opened|Date/Time Closed|Case Origin
00001001|Contoso Medical|Leo Roy|Printer jams|Closed|High|Cy Wood|1/5/2024 9:14 AM|1/6/2024 4:40 PM|Phone
00001002|Fabrikam|Mia Ito|Cannot log in|Open|Low|Di Hart|1/22/2024 2:05 PM||Email""",
        "support_case",
        {
            "Case Number": "case_id",
            "Account Name": "customer_id",
            "Subject": "subject",
            "Status": "status",
            "Priority": "priority",
            "Case Owner": "owner_id",
            "Date/Time Opened": "opened_at",
            "Date/Time Closed": "closed_at",
        },
    ),
    Export(
        "tasks.csv",
        """Activity ID|Subject|Type|Assigned To|Company / Account|Opportunity|Due Date|Status|Completed Date
00T01|Call back|Call|Ann Lee|Northwind Traders|Northwind 120 seats|2024-03-15|Completed|2024-03-14
00T02|Send quote|Email|Bo Chan|Contoso Medical|Contoso renewal|2024-03-20|Not Started|""",
        "activity",
        {
            "Activity ID": "activity_id",
            "Subject": "subject",
            "Type": "kind",
            "Assigned To": "owner_id",
            "Company / Account": "customer_id",
            "Opportunity": "opportunity_id",
            "Due Date": "due_at",
            "Completed Date": "done_at",
        },
    ),
    Export(
        "hubspot-crm-exports-all-deals-2024-05-01.csv",
        """Record ID|Deal Name|Deal Stage|Close Date|Deal owner|Amount|Pipeline|Create Date|Associated Company|Last Activity Date
9001|Seats for Adatum|Closed Won|2024-04-12 10:00|Ann Lee|5600|Sales Pipeline|2024-01-02 08:30|Adatum|2024-04-12 10:00
9002|Tailspin trial|Appointment Scheduled|2024-06-30 17:00|Bo Chan|900|Sales Pipeline|2024-03-09 11:12|Tailspin|2024-04-28 15:45""",
        "opportunity",
        {
            "Record ID": "opportunity_id",
            "Deal Name": "name",
            "Deal Stage": "stage",
            "Close Date": "closed_at",
            "Deal owner": "owner_id",
            "Amount": "amount",
            "Create Date": "created_at",
            "Associated Company": "customer_id",
        },
        extras=("Pipeline", "Last Activity Date"),
    ),
    Export(
        "hubspot-crm-exports-all-companies.csv",
        """Record ID|Company name|Company owner|Create Date|Phone Number|City|Country/Region|Industry|Number of Employees|Annual Revenue|Company Domain Name
7001|Adatum|Ann Lee|2023-11-01 10:00|555 010 2233|Oslo|Norway|COMPUTER_SOFTWARE|50|1000000|adatum.example.com
7002|Tailspin|Bo Chan|2023-12-24 09:00|555 010 2244|Graz|Austria|RETAIL|12|300000|tailspin.example.com""",
        "customer",
        {
            "Record ID": "customer_id",
            "Company name": "name",
            "Company owner": "owner_id",
            "Create Date": "created_at",
            "Phone Number": "phone",
            "City": "city",
            "Country/Region": "country",
            "Industry": "segment",
            "Number of Employees": "employees",
            "Annual Revenue": "annual_revenue",
            "Company Domain Name": "website",
        },
    ),
    Export(
        "hubspot-contacts.csv",
        """Record ID|First Name|Last Name|Email|Phone Number|Job Title|Associated Company|Contact owner|Create Date
501|Mia|Ito|mia@adatum.example.com|555 010 2233|CTO|Adatum|Ann Lee|2023-11-01 10:00
502|Leo|Roy|leo@tailspin.example.com|555 010 2244|Buyer|Tailspin|Bo Chan|2023-12-24 09:00""",
        "contact",
        {
            "Record ID": "contact_id",
            "Last Name": "name",
            "Email": "email",
            "Phone Number": "phone",
            "Job Title": "title",
            "Associated Company": "customer_id",
        },
    ),
    Export(
        "My Open Opportunities 14-5-2024.xlsx",
        """(Do Not Modify) Opportunity|(Do Not Modify) Row Checksum|(Do Not Modify) Modified On|Topic|Potential Customer|Status|Est. Close Date|Est. Revenue|Actual Revenue|Actual Close Date|Probability|Owner|Created On
6f9619ff-8b86-d011-b42d-00c04fc964ff|a1b2|2024-05-01|Robot arm|Adatum|Won|2024-04-30|9000|8700|2024-04-29|100|Ann Lee|2024-01-02
6f9619ff-8b86-d011-b42d-00c04fc964aa|a1b3|2024-05-02|Conveyor|Tailspin|Open|2024-07-31|4000|||60|Bo Chan|2024-02-14
6f9619ff-8b86-d011-b42d-00c04fc964bb|a1b4|2024-05-02|Gripper|Fabrikam|Lost|2024-03-31|2500|0|2024-03-30|0|Bo Chan|2024-02-15""",
        "opportunity",
        {
            "(Do Not Modify) Opportunity": "opportunity_id",
            "Topic": "name",
            "Potential Customer": "customer_id",
            "Status": "outcome",
            "Est. Close Date": "expected_close_at",
            "Actual Revenue": "amount",
            "Actual Close Date": "closed_at",
            "Probability": "probability",
            "Owner": "owner_id",
            "Created On": "created_at",
        },
        extras=("(Do Not Modify) Row Checksum", "(Do Not Modify) Modified On", "Est. Revenue"),
    ),
    Export(
        "Deals.csv",
        """Record Id|Deal Name|Account Name.id|Account Name|Amount|Closing Date|Stage|Probability (%)|Deal Owner|Lead Source|Created Time|Currency
zcrm_5001|Lamp order|zcrm_1|Adatum|1200|2024-03-13|Closed Won|100|Ann Lee|Trade Show|2024-01-02 10:00:00|EUR
zcrm_5002|Desk order|zcrm_2|Tailspin|800|2024-08-01|Qualification|10|Bo Chan|Web|2024-02-02 12:00:00|EUR""",
        "opportunity",
        {
            "Record Id": "opportunity_id",
            "Deal Name": "name",
            "Amount": "amount",
            "Closing Date": "closed_at",
            "Stage": "stage",
            "Probability (%)": "probability",
            "Deal Owner": "owner_id",
            "Created Time": "created_at",
            "Currency": "currency",
        },
    ),
    Export(
        "deals-1234567-89.csv",
        """Deal - ID|Deal - Title|Deal - Organization|Deal - Value|Deal - Currency of Value|Deal - Stage|Deal - Status|Deal - Owner|Deal - Deal created|Deal - Won time|Deal - Expected close date|Deal - Lost reason
1|Lamp order|Adatum|1200|EUR|Negotiations Started|Won|Ann Lee|2024-01-02 10:00:00|2024-03-13 09:00:00|2024-03-01|
2|Desk order|Tailspin|800|EUR|Proposal Made|Open|Bo Chan|2024-02-02 12:00:00||2024-06-01|
3|Chair order|Tailspin|80|EUR|Lead In|Lost|Bo Chan|2024-02-03 12:00:00||2024-06-02|Price""",
        "opportunity",
        {
            "Deal - ID": "opportunity_id",
            "Deal - Title": "name",
            "Deal - Organization": "customer_id",
            "Deal - Value": "amount",
            "Deal - Currency of Value": "currency",
            "Deal - Stage": "stage",
            "Deal - Status": "outcome",
            "Deal - Owner": "owner_id",
            "Deal - Deal created": "created_at",
            "Deal - Won time": "closed_at",
            "Deal - Expected close date": "expected_close_at",
        },
        extras=("Deal - Lost reason",),
    ),
    Export(
        "Opportunities_suite.csv",
        """ID|Opportunity Name|Account Name|Sales Stage|Opportunity Amount|Currency|Expected Close Date|Probability (%)|Lead Source|Assigned to|Date Created|Date Modified
a1-b2|Lamp order|Adatum|Closed Won|1200|EUR|13/03/2024|100|Cold Call|Ann Lee|02/01/2024|14/03/2024
a1-b3|Desk order|Tailspin|Prospecting|800|EUR|01/08/2024|10|Web Site|Bo Chan|22/02/2024|23/02/2024""",
        "opportunity",
        {
            "ID": "opportunity_id",
            "Opportunity Name": "name",
            "Account Name": "customer_id",
            "Sales Stage": "stage",
            "Opportunity Amount": "amount",
            "Currency": "currency",
            "Expected Close Date": "expected_close_at",
            "Probability (%)": "probability",
            "Assigned to": "owner_id",
            "Date Created": "created_at",
        },
    ),
    Export(
        "sale.order.csv",
        """Order Reference|Order Date|Customer|Salesperson|Total|Status
S00021|2024-03-12 10:00:00|Adatum|Ann Lee|1250.50|Sales Order
S00022|2024-03-13 11:00:00|Tailspin|Bo Chan|99.00|Sales Order""",
        "sale",
        {
            "Order Reference": "sale_id",
            "Order Date": "ordered_at",
            "Customer": "customer_id",
            "Salesperson": "owner_id",
            "Total": "amount",
            "Status": "status",
        },
    ),
    Export(
        "DEAL_20240501.csv",
        """ID|Deal name|Stage|Responsible person|Company|Total|Currency|Created|Expected close date|Probability
11|Lamp order|Deal won|Ann Lee|Adatum|1200|US Dollar|13.01.2024 10:00:00|13.03.2024|100
12|Desk order|In progress|Bo Chan|Tailspin|800|US Dollar|02.02.2024 12:00:00|01.08.2024|20""",
        "opportunity",
        {
            "ID": "opportunity_id",
            "Deal name": "name",
            "Stage": "stage",
            "Responsible person": "owner_id",
            "Company": "customer_id",
            "Total": "amount",
            "Currency": "currency",
            "Created": "created_at",
            "Expected close date": "expected_close_at",
        },
    ),
    Export(
        "导出数据.xlsx",
        """商机名称|客户名称|销售阶段|预计成交金额（元）|预计成交日期|赢率|负责人|负责人主属部门|创建时间|最后修改时间
产线改造|青禾科技|赢单|120000|2024-03-31|100%|沈一|华东销售部|2024-01-05 09:00|2024-04-01 10:00
仓库扩建|云杉物流|方案报价|56000|2024-06-30|40%|周二|华南销售部|2024-02-11 14:20|2024-04-02 10:00
设备升级|远山制造|输单|8000|2024-02-28|0%|沈一|华东销售部|2024-01-09 08:00|2024-03-01 10:00""",
        "opportunity",
        {
            "商机名称": "name",
            "客户名称": "customer_id",
            "销售阶段": "stage",
            "预计成交金额（元）": "amount",
            "预计成交日期": "expected_close_at",
            "赢率": "probability",
            "负责人": "owner_id",
            "负责人主属部门": "person.team",
            "创建时间": "created_at",
        },
        extras=("最后修改时间",),
    ),
    Export(
        "销售机会.xlsx",
        """销售机会名称|客户名称|销售金额（万元）|结单日期|销售阶段|赢率|销售机会所有人|所属行业|创建日期
产线改造|青禾科技|12|2024/3/31|已赢单|100|沈一|制造业|2024/1/5
仓库扩建|云杉物流|5.6|2024/6/30|商务谈判|40|周二|物流|2024/2/11""",
        "opportunity",
        {
            "销售机会名称": "name",
            "客户名称": "customer_id",
            "销售金额（万元）": "amount",
            "结单日期": "closed_at",
            "销售阶段": "stage",
            "赢率": "probability",
            "销售机会所有人": "owner_id",
            "所属行业": "segment",
            "创建日期": "created_at",
        },
    ),
    Export(
        "销售出库单列表.xls",
        """日期|单据编号|购货单位|物料编码|物料名称|规格型号|单位|实发数量|销售单价|销售金额|业务员|部门|备注
2024-03-01|XOUT000101|青禾科技|01.001|轴承|6204|个|100|3.5|350|沈一|销售一部|
2024-03-01|XOUT000101|青禾科技|01.002|皮带|B42|条|20|12|240|沈一|销售一部|
2024-03-02|XOUT000102|云杉物流|01.001|轴承|6204|个|50|3.6|180|周二|销售二部|急""",
        "sale",
        {
            "日期": "ordered_at",
            "单据编号": "order_id",
            "购货单位": "customer_id",
            "物料编码": "product_id",
            "物料名称": "product.name",
            "实发数量": "quantity",
            "销售单价": "unit_price",
            "销售金额": "amount",
            "业务员": "owner_id",
        },
        extras=("单位", "备注"),
    ),
    Export(
        "销售发票.xls",
        """单据号|单据日期|客户简称|存货编码|存货名称|数量|含税单价|无税金额|税额|价税合计|业务员
FP0001|2024-03-01|青禾科技|CH001|轴承|100|3.5|309.73|40.27|350|沈一
FP0001|2024-03-01|青禾科技|CH002|皮带|20|12|212.39|27.61|240|沈一""",
        "sale",
        {
            "单据号": "order_id",
            "单据日期": "ordered_at",
            "客户简称": "customer_id",
            "存货编码": "product_id",
            "存货名称": "product.name",
            "数量": "quantity",
            "含税单价": "unit_price",
            "无税金额": "amount",
            "业务员": "owner_id",
        },
        extras=("税额", "价税合计"),
    ),
    Export(
        "客戶資料.csv",
        """客戶編號|客戶名稱|產業|聯絡電話|電子郵件|城市|國家|員工人數|業務員|建立日期
C001|青禾科技|製造業|02-2345-6789|a@qinghe.example.com|臺北|臺灣|120|沈一|2023/5/13
C002|雲杉物流|物流|02-2345-6790|b@yunshan.example.com|高雄|臺灣|80|周二|2023/6/2""",
        "customer",
        {
            "客戶編號": "customer_id",
            "客戶名稱": "name",
            "產業": "segment",
            "電子郵件": "email",
            "城市": "city",
            "國家": "country",
            "員工人數": "employees",
            "業務員": "owner_id",
        },
    ),
    Export(
        "store.csv",
        """Row ID|Order ID|Order Date|Ship Date|Ship Mode|Customer ID|Customer Name|Segment|Country|City|State|Postal Code|Region|Product ID|Category|Sub-Category|Product Name|Sales|Quantity|Discount|Profit
1|CA-1001|11/8/2016|11/11/2016|Second Class|CG-1|Ann Lee|Consumer|United States|Henderson|Kentucky|42420|South|FUR-1|Furniture|Bookcases|Oak case|261.96|2|0|41.91
2|CA-1001|11/8/2016|11/11/2016|Second Class|CG-1|Ann Lee|Consumer|United States|Henderson|Kentucky|42420|South|FUR-2|Furniture|Chairs|Red chair|731.94|3|0.2|219.58
3|CA-1002|6/12/2016|6/16/2016|Second Class|DV-2|Bo Chan|Corporate|United States|Los Angeles|California|90036|West|OFF-1|Office Supplies|Labels|Labels|14.62|2|0|6.87""",
        "sale",
        {
            "Row ID": "sale_id",
            "Order ID": "order_id",
            "Order Date": "ordered_at",
            "Ship Date": "shipped_at",
            "Customer ID": "customer_id",
            "Customer Name": "customer.name",
            "Segment": "segment",
            "Country": "customer.country",
            "City": "customer.city",
            "Postal Code": "customer.postcode",
            "Region": "region",
            "Product ID": "product_id",
            "Category": "product.family",
            "Product Name": "product.name",
            "Sales": "amount",
            "Quantity": "quantity",
            "Discount": "discount",
            "Profit": "profit",
        },
        extras=("Ship Mode", "State", "Sub-Category"),
    ),
    Export(
        "online.csv",
        """InvoiceNo|StockCode|Description|Quantity|InvoiceDate|UnitPrice|CustomerID|Country
536365|85123A|HANGING HEART|6|12/1/2010 8:26|2.55|17850|United Kingdom
536365|71053|METAL LANTERN|6|12/1/2010 8:26|3.39|17850|United Kingdom
C536379|22752|NESTING BOXES|-2|12/14/2010 9:00|7.65|13047|France""",
        "sale",
        {
            "InvoiceNo": "order_id",
            "StockCode": "product_id",
            "Description": "product.name",
            "Quantity": "quantity",
            "InvoiceDate": "ordered_at",
            "UnitPrice": "unit_price",
            "CustomerID": "customer_id",
            "Country": "customer.country",
        },
    ),
    Export(
        "sample.csv",
        """ORDERNUMBER|QUANTITYORDERED|PRICEEACH|ORDERLINENUMBER|SALES|ORDERDATE|STATUS|QTR_ID|MONTH_ID|YEAR_ID|PRODUCTLINE|MSRP|PRODUCTCODE|CUSTOMERNAME|PHONE|ADDRESSLINE1|CITY|STATE|POSTALCODE|COUNTRY|TERRITORY|DEALSIZE
10107|30|95.70|2|2871.00|2/24/2003 0:00|Shipped|1|2|2003|Motorcycles|95|S10_1678|Land of Toys|2125557818|897 Long Airport Avenue|NYC|NY|10022|USA|NA|Small
10107|34|81.35|5|2765.90|5/7/2003 0:00|Shipped|2|5|2003|Motorcycles|95|S10_1679|Land of Toys|2125557818|59 rue de Abbaye|Reims||51100|France|EMEA|Small
10134|41|94.74|2|3884.34|7/1/2003 0:00|Disputed|3|7|2003|Classic Cars|95|S10_1678|Lyon Souveniers|+33 1 46 62 7555|27 rue du Colonel|Paris||75508|France|EMEA|Medium""",
        "sale",
        {
            "ORDERNUMBER": "order_id",
            "QUANTITYORDERED": "quantity",
            "PRICEEACH": "unit_price",
            "SALES": "amount",
            "ORDERDATE": "ordered_at",
            "STATUS": "status",
            "PRODUCTLINE": "product.family",
            "PRODUCTCODE": "product_id",
            "CUSTOMERNAME": "customer_id",
            "CITY": "customer.city",
            "COUNTRY": "customer.country",
            "TERRITORY": "region",
            "POSTALCODE": "customer.postcode",
        },
        extras=("DEALSIZE", "QTR_ID", "MONTH_ID", "YEAR_ID", "ORDERLINENUMBER"),
    ),
    Export(
        "WinLoss.csv",
        """Opportunity Number|Supplies Subgroup|Supplies Group|Region|Route To Market|Elapsed Days In Sales Stage|Opportunity Result|Sales Stage Change Count|Opportunity Amount USD|Client Size By Revenue|Client Size By Employee Count|Deal Size Category
1641984|Exterior Accessories|Car Accessories|Northwest|Fields Sales|76|Won|13|0|5|5|1
1658010|Exterior Accessories|Car Accessories|Pacific|Reseller|63|Loss|2|650000|3|5|1
1674737|Motorcycle Parts|Performance & Non-auto|Pacific|Reseller|24|Won|7|750000|1|2|7""",
        "opportunity",
        {
            "Opportunity Number": "opportunity_id",
            "Region": "region",
            "Route To Market": "channel",
            "Opportunity Result": "outcome",
            "Opportunity Amount USD": "amount",
        },
        extras=("Elapsed Days In Sales Stage", "Sales Stage Change Count", "Deal Size Category"),
    ),
    Export(
        "Education.csv",
        """Prospect ID|Lead Number|Lead Origin|Lead Source|Do Not Email|Converted|TotalVisits|Last Activity|Country|Specialization|What is your current occupation|City
7927b2df|660737|API|Olark Chat|No|0|0|Page Visited on Website|Select|Select|Unemployed|Select
2a272436|660728|API|Organic Search|No|0|5|Email Opened|India|Select|Unemployed|Select
8cc8c611|660727|Landing Page Submission|Direct Traffic|No|1|2|Email Opened|India|Business Administration|Student|Mumbai""",
        "lead",
        {"Prospect ID": "lead_id", "Lead Source": "source", "Country": "country", "City": "city"},
        extras=("Do Not Email", "Converted", "TotalVisits", "Last Activity"),
    ),
    Export(
        "closed.csv",
        """mql_id|seller_id|sdr_id|sr_id|won_date|business_segment|lead_type|business_type|declared_monthly_revenue
5420aad7|2c43fb51|a8387c01|4ef15afb|2018-02-26 19:58:54|pet|online_medium|reseller|0.0
a555fb36|bbb7d776|09285259|d3d1e91a|2018-05-08 20:17:59|car_accessories|industry|reseller|0.0
327174d3|612170e3|b90f87d2|6565aa9c|2018-06-05 17:27:23|home_appliances|online_big|reseller|0.0""",
        "opportunity",
        {
            "mql_id": "lead_id",
            "won_date": "closed_at",
            "business_segment": "segment",
            "sr_id": "owner_id",
        },
    ),
    Export(
        "qualified.csv",
        """mql_id|first_contact_date|landing_page_id|origin
dac32acd|2018-02-01|88740e65|social
8c18d1de|2017-10-20|007f9098|paid_search
b4bc852d|2018-03-22|a7982125|organic_search""",
        "lead",
        {"mql_id": "lead_id", "first_contact_date": "created_at", "origin": "source"},
    ),
    Export(
        "tickets.csv",
        """Ticket ID|Customer Name|Customer Email|Product Purchased|Ticket Type|Ticket Subject|Ticket Status|Resolution|Ticket Priority|Ticket Channel|Created time|Resolved time
1|Ann Lee|ann@adatum.example.com|GoPro Hero|Technical issue|Product setup|Open||Critical|Chat|2024-03-01 12:15:36|
2|Bo Chan|bo@tailspin.example.com|LG Smart TV|Technical issue|Peripheral|Closed|Replaced|Low|Email|2024-03-02 16:45:38|2024-03-14 01:57:40""",
        "support_case",
        {
            "Ticket ID": "case_id",
            "Customer Name": "customer_id",
            "Ticket Subject": "subject",
            "Ticket Status": "status",
            "Ticket Priority": "priority",
            "Created time": "opened_at",
            "Resolved time": "closed_at",
        },
    ),
    Export(
        "工单.xlsx",
        """工单编号|客户名称|问题描述|优先级|状态|受理人|受理时间|解决时间
W001|青禾科技|设备报警|高|已关闭|陈三|2024-03-01 09:00|2024-03-01 18:00
W002|云杉物流|无法登录|低|处理中|李四|2024-03-13 10:00|""",
        "support_case",
        {
            "工单编号": "case_id",
            "客户名称": "customer_id",
            "问题描述": "subject",
            "优先级": "priority",
            "状态": "status",
            "受理人": "owner_id",
            "受理时间": "opened_at",
            "解决时间": "closed_at",
        },
    ),
    Export(
        "线索.xlsx",
        """线索名称|公司名称|手机|线索来源|线索状态|所属行业|负责人|创建时间|转化时间
王五|青禾科技|13800000001|官网|已转化|制造业|沈一|2024-01-05|2024-02-03
赵六|远山贸易|13800000002|展会|跟进中|零售|周二|2024-01-19|""",
        "lead",
        {
            "线索名称": "name",
            "公司名称": "company",
            "手机": "phone",
            "线索来源": "source",
            "线索状态": "status",
            "所属行业": "segment",
            "负责人": "owner_id",
            "创建时间": "created_at",
            "转化时间": "qualified_at",
        },
    ),
    Export(
        "book.xls",
        """订单号|退货日期|退货原因
SO-1|2024-03-13|破损
SO-7|2024-03-19|尺寸不符""",
        "sale_return",
        {"订单号": "order_id", "退货日期": "returned_at", "退货原因": "reason"},
        sheet="退货",
    ),
    Export(
        "book.xls",
        """地区|地区经理
东北|王五
华东|赵六""",
        "person",
        {"地区": "region", "地区经理": "name"},
        sheet="销售人员",
    ),
    Export(
        "handoffs.csv",
        """Handoff ID|Lead ID|From|To|From Team|To Team|Handed At|Accepted At|Next Step At|Notes
H1|L1|Ann Lee|Bo Chan|Inside Sales|Field Sales|2024-03-01 10:00|2024-03-02 09:00|2024-03-13|Warm
H2|L2|Cy Wood|Di Hart|Inside Sales|Field Sales|2024-03-02 10:00|||""",
        "handoff",
        {
            "Handoff ID": "handoff_id",
            "Lead ID": "lead_id",
            "From": "from_id",
            "To": "to_id",
            "From Team": "from_team",
            "To Team": "to_team",
            "Handed At": "handed_at",
            "Accepted At": "accepted_at",
            "Next Step At": "next_step_at",
        },
    ),
    Export(
        "跟进记录.xlsx",
        """跟进记录编号|客户名称|跟进方式|跟进内容|跟进人|跟进时间|下次跟进时间
G1|青禾科技|电话|确认报价|沈一|2024-03-01 10:00|2024-03-15
G2|云杉物流|拜访|演示系统|周二|2024-03-02 14:00|""",
        "activity",
        {
            "跟进记录编号": "activity_id",
            "客户名称": "customer_id",
            "跟进方式": "kind",
            "跟进内容": "subject",
            "跟进人": "owner_id",
            "跟进时间": "happened_at",
            "下次跟进时间": "due_at",
        },
    ),
]
