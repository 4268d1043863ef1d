from listeners import chat, post

__all__ = ["chat", "post"]
