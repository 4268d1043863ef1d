from moved_company import company, loaded_company, migrate, same

__all__ = ["company", "loaded_company", "migrate", "same"]
