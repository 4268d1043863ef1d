"""The sample company: a seeded generator of plausible CRM exports."""
