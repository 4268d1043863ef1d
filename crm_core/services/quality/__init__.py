"""How filled and how right the data are, now and after each load."""
