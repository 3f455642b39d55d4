"""The pictures that people of the story send, drawn at once."""

from io import BytesIO

from PIL import Image, ImageDraw

from demo.scene import ADDRESS


def portrait() -> bytes:
    """A photo of a face, more or less."""
    image = Image.new("RGB", (480, 640), "lightgray")
    ImageDraw.Draw(image).ellipse((140, 160, 340, 420), fill="peru")
    kept = BytesIO()
    image.save(kept, format="JPEG")
    return kept.getvalue()


def paper() -> bytes:
    """A photo of a paper, as a phone makes one: with words on it, and metadata that say where."""
    image = Image.new("RGB", (900, 600), "ivory")
    ImageDraw.Draw(image).text((60, 60), "BIRTH CERTIFICATE", fill="black")
    exif = Image.Exif()
    exif[0x010E] = ADDRESS
    kept = BytesIO()
    image.save(kept, format="JPEG", exif=exif)
    return kept.getvalue()
