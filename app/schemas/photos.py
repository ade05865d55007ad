"""Photos in: read with a library that knows the formats, made small, and without what the camera knew of the place."""

import struct
from dataclasses import dataclass
from io import BytesIO

from PIL import ExifTags, Image, UnidentifiedImageError

from app.operations.attach_photos import Photo
from app.operations.problems import Invalid, Problem

FORMATS = ("JPEG", "PNG", "WEBP")
LARGEST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = 50_000_000  # a picture of this size is 150 MB unpacked; a bomb claims a thousand times that
LONGEST_EDGE = 1600
QUALITY = 80
# What the library says of EXIF that is none.
ODD = (AttributeError, LookupError, OSError, SyntaxError, TypeError, ValueError, struct.error)
# What a camera says of how it was held, and what turns the picture upright.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
MOST = 6


@dataclass(frozen=True, slots=True)
class Picture:
    """A file as it was sent."""

    file_name: str
    data: bytes


def read_photos(pictures: list[Picture]) -> tuple[Photo, ...]:
    """Photos as they are kept. Raises Invalid, naming the file."""
    if len(pictures) > MOST:
        raise Invalid([Problem(("photos",), "too_many_photos", {"most": MOST})])
    return tuple(_read(picture) for picture in pictures)


def _read(picture: Picture) -> Photo:
    if len(picture.data) > LARGEST_BYTES:
        raise Invalid([Problem(("photos",), "photo_too_large", {"file": picture.file_name})])
    try:
        with Image.open(BytesIO(picture.data), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Invalid([Problem(("photos",), "photo_too_large", {"file": picture.file_name})])
            turned = _upright(opened).convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, *ODD) as error:
        raise Invalid([Problem(("photos",), "not_a_photo", {"file": picture.file_name})]) from error
    turned.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    kept = BytesIO()
    turned.save(kept, "JPEG", quality=QUALITY, optimize=True)  # nothing of EXIF goes with it
    return Photo(kept.getvalue(), turned.width, turned.height)


def _upright(opened: Image.Image) -> Image.Image:
    """Turned as the camera was held. Only that is read of what it says: the rest may be of any type, or broken."""
    try:
        turn = TURNS.get(opened.getexif().get(ExifTags.Base.Orientation, 1))
    except ODD:
        turn = None
    return opened if turn is None else opened.transpose(turn)
