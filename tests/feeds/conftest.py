from nights import night

__all__ = ["night"]
