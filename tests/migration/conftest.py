from moved_company import company, migrate, same

__all__ = ["company", "migrate", "same"]
