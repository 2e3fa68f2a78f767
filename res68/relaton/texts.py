"""The YAML texts in files, folders and tars: read one by one, never unpacked to the disk."""

import lzma
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ENDINGS = (".yaml", ".yml")
LONGEST = 8_000_000  # bytes of one text; the longest of the real ones have a tenth of that
BROKEN = (tarfile.TarError, lzma.LZMAError, zlib.error, EOFError, OSError)


class Unreadable(Exception):
    """Something cannot be read; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text with the name to call it by, or what is wrong with it."""

    name: str
    content: bytes = b""
    fault: str = ""


def texts(path: Path) -> Iterator[Text]:
    """The texts of a file, a folder or a tar, by name; Unreadable where it is none of these."""
    if path.is_dir():
        files = sorted(one for one in path.rglob("*") if one.suffix in ENDINGS and one.is_file())
        yield from (from_file(file) for file in files)
    elif path.suffix in ENDINGS:
        yield from_file(path)
    else:
        yield from from_tar(path)


def from_file(path: Path) -> Text:
    """The text of a file."""
    try:
        if (size := path.stat().st_size) > LONGEST:
            return Text(str(path), fault=too_long(size))
        return Text(str(path), path.read_bytes())
    except OSError as error:
        return Text(str(path), fault=f"it cannot be read ({error.strerror})")


def from_tar(path: Path) -> Iterator[Text]:
    """The texts of a tar, packed or not, in the order in which they lie there."""
    try:
        with tarfile.open(path, "r:*") as tar:
            for member in tar:
                if Path(member.name).suffix in ENDINGS:
                    yield from_member(tar, member, f"{path}:{member.name}")
    except BROKEN as error:
        raise Unreadable("neither a folder nor YAML nor a whole tar") from error


def from_member(tar: tarfile.TarFile, member: tarfile.TarInfo, name: str) -> Text:
    """The text of a member; its name is only something to call it by."""
    if not member.isreg():
        return Text(name, fault="it is no regular file")
    if member.size > LONGEST:
        return Text(name, fault=too_long(member.size))
    file = tar.extractfile(member)
    return Text(name, file.read() if file else b"")


def too_long(size: int) -> str:
    """What is wrong with a text of this size."""
    return f"it has {size:,} bytes, more than {LONGEST:,}"
