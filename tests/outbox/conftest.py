from listeners import chat, guarded_post, open_post, post

__all__ = ["chat", "guarded_post", "open_post", "post"]
