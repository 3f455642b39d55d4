"""The demo: the whole story, played through the public interface of a freshly started service, printed as it goes.

It is no part of the product. Its messengers (`demo/fakes`) and its people at a channel's end (`demo/cast.py`) are also
those of the tests.
"""
