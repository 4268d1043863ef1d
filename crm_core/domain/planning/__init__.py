"""The roadmap's model: initiatives and what binds them, a plan, what a plan is worth.

Periods are counted from 0 here, and from 1 wherever people read or write them. A span of periods
is half open: from its first one to the one after its last.
"""
