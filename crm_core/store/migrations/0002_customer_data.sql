-- Customer data. Rows hold the present; crm_history holds every earlier version.
-- References (customer_id, owner_id, product_id …) keep the source's own id or name;
-- metrics/staging resolves them, so that files may come in any order.
-- Lineage, the same on every table:
--   row_id         ours, stable across updates
--   row_key        what identifies the row: its own key, or content and occurrence number
--   origin         own: a row of a sheet of this entity; derived: told by another entity's sheet
--   by_hand        the fields set in the product, which outlive the next import

CREATE TABLE crm.customer (
    customer_id VARCHAR,
    kind VARCHAR,
    name VARCHAR,
    given_name VARCHAR,
    surname VARCHAR,
    birth_date DATE,
    national_id VARCHAR,
    tax_id VARCHAR,
    segment VARCHAR,
    segment_captured_by VARCHAR,
    segment_captured_at TIMESTAMP,
    channel VARCHAR,
    parent_id VARCHAR,
    owner_id VARCHAR,
    phone VARCHAR,
    email VARCHAR,
    website VARCHAR,
    street VARCHAR,
    postcode VARCHAR,
    city VARCHAR,
    region VARCHAR,
    country VARCHAR,
    employees BIGINT,
    annual_revenue DECIMAL(38, 10),
    currency VARCHAR,
    created_at TIMESTAMP,
    status VARCHAR,
    row_id BIGINT NOT NULL,
    row_key VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    batch_id BIGINT,
    file_id BIGINT,
    source_file VARCHAR,
    source_line BIGINT,
    loaded_at TIMESTAMP NOT NULL,
    change_id BIGINT NOT NULL,
    by_hand VARCHAR[],
    extra JSON
);
CREATE TABLE crm_history.customer AS SELECT *, 0::BIGINT AS superseded_by FROM crm.customer;

CREATE TABLE crm.contact (
    contact_id VARCHAR,
    customer_id VARCHAR,
    name VARCHAR,
    email VARCHAR,
    phone VARCHAR,
    title VARCHAR,
    row_id BIGINT NOT NULL,
    row_key VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    batch_id BIGINT,
    file_id BIGINT,
    source_file VARCHAR,
    source_line BIGINT,
    loaded_at TIMESTAMP NOT NULL,
    change_id BIGINT NOT NULL,
    by_hand VARCHAR[],
    extra JSON
);
CREATE TABLE crm_history.contact AS SELECT *, 0::BIGINT AS superseded_by FROM crm.contact;

CREATE TABLE crm.lead (
    lead_id VARCHAR,
    name VARCHAR,
    company VARCHAR,
    title VARCHAR,
    email VARCHAR,
    phone VARCHAR,
    segment VARCHAR,
    segment_captured_by VARCHAR,
    segment_captured_at TIMESTAMP,
    source VARCHAR,
    channel VARCHAR,
    status VARCHAR,
    owner_id VARCHAR,
    region VARCHAR,
    city VARCHAR,
    country VARCHAR,
    created_at TIMESTAMP,
    qualified_at TIMESTAMP,
    converted_customer_id VARCHAR,
    row_id BIGINT NOT NULL,
    row_key VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    batch_id BIGINT,
    file_id BIGINT,
    source_file VARCHAR,
    source_line BIGINT,
    loaded_at TIMESTAMP NOT NULL,
    change_id BIGINT NOT NULL,
    by_hand VARCHAR[],
    extra JSON
);
CREATE TABLE crm_history.lead AS SELECT *, 0::BIGINT AS superseded_by FROM crm.lead;

CREATE TABLE crm.opportunity (
    opportunity_id VARCHAR,
    name VARCHAR,
    customer_id VARCHAR,
    lead_id VARCHAR,
    product_id VARCHAR,
    segment VARCHAR,
    channel VARCHAR,
    region VARCHAR,
    stage VARCHAR,
    outcome VARCHAR,
    amount DECIMAL(38, 10),
    expected_amount DECIMAL(38, 10),
    currency VARCHAR,
    probability DOUBLE,
    owner_id VARCHAR,
    created_at TIMESTAMP,
    expected_close_at TIMESTAMP,
    closed_at TIMESTAMP,
    row_id BIGINT NOT NULL,
    row_key VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    batch_id BIGINT,
    file_id BIGINT,
    source_file VARCHAR,
    source_line BIGINT,
    loaded_at TIMESTAMP NOT NULL,
    change_id BIGINT NOT NULL,
    by_hand VARCHAR[],
    extra JSON
);
CREATE TABLE crm_history.opportunity AS SELECT *, 0::BIGINT AS superseded_by FROM crm.opportunity;

CREATE TABLE crm.sale (
    sale_id VARCHAR,
    order_id VARCHAR,
    customer_id VARCHAR,
    product_id VARCHAR,
    segment VARCHAR,
    channel VARCHAR,
    region VARCHAR,
    owner_id VARCHAR,
    ordered_at TIMESTAMP,
    shipped_at TIMESTAMP,
    quantity DECIMAL(18, 4),
    unit_price DECIMAL(38, 10),
    amount DECIMAL(38, 10),
    currency VARCHAR,
    discount DECIMAL(18, 6),
    profit DECIMAL(38, 10),
    status VARCHAR,
    returned BOOLEAN,
    row_id BIGINT NOT NULL,
    row_key VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    batch_id BIGINT,
    file_id BIGINT,
    source_file VARCHAR,
    source_line BIGINT,
    loaded_at TIMESTAMP NOT NULL,
    change_id BIGINT NOT NULL,
    by_hand VARCHAR[],
    extra JSON
);
CREATE TABLE crm_history.sale AS SELECT *, 0::BIGINT AS superseded_by FROM crm.sale;

CREATE TABLE crm.sale_return (
    order_id VARCHAR,
    sale_id VARCHAR,
    returned_at TIMESTAMP,
    reason VARCHAR,
    row_id BIGINT NOT NULL,
    row_key VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    batch_id BIGINT,
    file_id BIGINT,
    source_file VARCHAR,
    source_line BIGINT,
    loaded_at TIMESTAMP NOT NULL,
    change_id BIGINT NOT NULL,
    by_hand VARCHAR[],
    extra JSON
);
CREATE TABLE crm_history.sale_return AS SELECT *, 0::BIGINT AS superseded_by FROM crm.sale_return;

CREATE TABLE crm.product (
    product_id VARCHAR,
    name VARCHAR,
    family VARCHAR,
    list_price DECIMAL(38, 10),
    currency VARCHAR,
    phasing_out BOOLEAN,
    row_id BIGINT NOT NULL,
    row_key VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    batch_id BIGINT,
    file_id BIGINT,
    source_file VARCHAR,
    source_line BIGINT,
    loaded_at TIMESTAMP NOT NULL,
    change_id BIGINT NOT NULL,
    by_hand VARCHAR[],
    extra JSON
);
CREATE TABLE crm_history.product AS SELECT *, 0::BIGINT AS superseded_by FROM crm.product;

CREATE TABLE crm.support_case (
    case_id VARCHAR,
    customer_id VARCHAR,
    subject VARCHAR,
    tier VARCHAR,
    status VARCHAR,
    priority VARCHAR,
    owner_id VARCHAR,
    opened_at TIMESTAMP,
    closed_at TIMESTAMP,
    segment_known_at_opening BOOLEAN,
    row_id BIGINT NOT NULL,
    row_key VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    batch_id BIGINT,
    file_id BIGINT,
    source_file VARCHAR,
    source_line BIGINT,
    loaded_at TIMESTAMP NOT NULL,
    change_id BIGINT NOT NULL,
    by_hand VARCHAR[],
    extra JSON
);
CREATE TABLE crm_history.support_case AS SELECT *, 0::BIGINT AS superseded_by FROM crm.support_case;

CREATE TABLE crm.activity (
    activity_id VARCHAR,
    kind VARCHAR,
    subject VARCHAR,
    owner_id VARCHAR,
    customer_id VARCHAR,
    lead_id VARCHAR,
    opportunity_id VARCHAR,
    case_id VARCHAR,
    happened_at TIMESTAMP,
    due_at TIMESTAMP,
    done_at TIMESTAMP,
    row_id BIGINT NOT NULL,
    row_key VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    batch_id BIGINT,
    file_id BIGINT,
    source_file VARCHAR,
    source_line BIGINT,
    loaded_at TIMESTAMP NOT NULL,
    change_id BIGINT NOT NULL,
    by_hand VARCHAR[],
    extra JSON
);
CREATE TABLE crm_history.activity AS SELECT *, 0::BIGINT AS superseded_by FROM crm.activity;

CREATE TABLE crm.handoff (
    handoff_id VARCHAR,
    kind VARCHAR,
    lead_id VARCHAR,
    case_id VARCHAR,
    from_id VARCHAR,
    to_id VARCHAR,
    from_team VARCHAR,
    to_team VARCHAR,
    handed_at TIMESTAMP,
    accepted_at TIMESTAMP,
    next_step_at TIMESTAMP,
    context VARCHAR,
    row_id BIGINT NOT NULL,
    row_key VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    batch_id BIGINT,
    file_id BIGINT,
    source_file VARCHAR,
    source_line BIGINT,
    loaded_at TIMESTAMP NOT NULL,
    change_id BIGINT NOT NULL,
    by_hand VARCHAR[],
    extra JSON
);
CREATE TABLE crm_history.handoff AS SELECT *, 0::BIGINT AS superseded_by FROM crm.handoff;

CREATE TABLE crm.person (
    person_id VARCHAR,
    name VARCHAR,
    email VARCHAR,
    team VARCHAR,
    region VARCHAR,
    role VARCHAR,
    manager_id VARCHAR,
    active BOOLEAN,
    row_id BIGINT NOT NULL,
    row_key VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    batch_id BIGINT,
    file_id BIGINT,
    source_file VARCHAR,
    source_line BIGINT,
    loaded_at TIMESTAMP NOT NULL,
    change_id BIGINT NOT NULL,
    by_hand VARCHAR[],
    extra JSON
);
CREATE TABLE crm_history.person AS SELECT *, 0::BIGINT AS superseded_by FROM crm.person;

CREATE SEQUENCE crm.row_id;
