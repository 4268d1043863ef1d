"""Product lines and channels that are being given up, and the rows that serve nothing else."""

from collections.abc import Mapping

import duckdb

# A product line is given up where somebody said so in the register, or where all its products in
# the data are; a row that serves anything else as well is not counted.
_SERVED = """
WITH line AS (
    SELECT
        'product_line' AS kind, id, title,
        coalesce(phasing_out, false)
        OR (
            phasing_out IS NULL
            AND lower(trim(title)) IN (
                SELECT lower(trim(family)) FROM crm.product
                WHERE family IS NOT NULL
                GROUP BY lower(trim(family)) HAVING bool_and(coalesce(phasing_out, false))
            )
        ) AS over
    FROM programme.product_line
    UNION ALL
    SELECT 'channel', id, title, coalesce(phasing_out, false) FROM programme.channel
),
served AS (
    SELECT id AS row_id, 'product_line' AS kind, unnest(product_lines) AS id
    FROM programme.{register}
    UNION ALL
    SELECT id, 'channel', unnest(channels) FROM programme.{register}
)
SELECT row_id, list(line.title ORDER BY line.title)
FROM served JOIN line USING (kind, id)
GROUP BY row_id HAVING bool_and(over)
"""


def only_phasing_out(
    cursor: duckdb.DuckDBPyConnection, register: str
) -> Mapping[str, tuple[str, ...]]:
    """The rows of a register (pain_point, goal) that serve product lines and channels which are all
    phasing out: id -> their titles."""
    found = cursor.execute(_SERVED.format(register=register)).fetchall()
    return {key: tuple(titles) for key, titles in found}
