"""The demo: the whole story, played through the public interface of a freshly started service, printed as it goes."""

from bot.demo.stage import play

__all__ = ["play"]
