"""One .sql file per metric, and the code that runs them."""
