"""What the firm sells."""

import numpy as np
import pandas as pd

from crm_core.sample.world import Array, World


def products(world: World) -> pd.DataFrame:
    """One row per product: product_id, name, family, list_price (yuan), phasing_out."""
    families = world.firm.families
    rows = pd.DataFrame(
        [
            (f"{i:02d}{j:04d}", product, family, price)
            for i, (family, shape) in enumerate(families.items(), start=1)
            for j, (product, price) in enumerate(shape.products.items(), start=1)
        ],
        columns=["product_id", "name", "family", "list_price"],
    )
    rows["phasing_out"] = rows["name"].isin(world.firm.phasing_out)
    return rows


def mixed(
    world: World, dice: np.random.Generator, catalogue: pd.DataFrame, segments: Array
) -> Array:
    """A product for every segment (both as positions): each segment has its own mix."""
    family = catalogue["family"].to_numpy(dtype=object)
    popular = dice.lognormal(0.0, 0.6, len(catalogue)) * np.where(catalogue["phasing_out"], 0.4, 1)
    chosen = np.zeros(len(segments), dtype=int)
    for position, segment in enumerate(world.firm.segments):
        weights = np.array([segment.mix.get(name, 0.0) for name in family]) * popular
        here = segments == position
        chosen[here] = dice.choice(len(weights), int(here.sum()), p=weights / weights.sum())
    return chosen
