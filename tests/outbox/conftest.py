from listeners import chat, guarded_post, post

__all__ = ["chat", "guarded_post", "post"]
