"""The metrics of several processes as one: whichever of them is asked, asks the others."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from prometheus_client import generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

from res68.telemetry.metrics import Metrics

SECONDS = 2.0
LABEL = "worker"


@asynccontextmanager
async def telling(metrics: Metrics, path: Path) -> AsyncIterator[None]:
    """Tell the metrics of this process to whoever opens its socket, for as long as the block lasts."""

    async def tell(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(generate_latest(metrics.settled()))
        await writer.drain()
        writer.close()

    _remove(path)  # that of one who died
    server = await asyncio.start_unix_server(tell, path)
    try:
        yield
    finally:
        server.close()
        _remove(path)


class Together(Collector):
    """The metrics of all, each with the number of its process as a label."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self._families: dict[str, Metric] = {}
        for number, text in texts:
            for family in text_string_to_metric_families(text):
                self._add(family, number)

    def _add(self, family: Metric, number: str) -> None:
        found = self._families.setdefault(family.name, Metric(family.name, family.documentation, family.type))
        found.samples += [
            sample._replace(labels={**sample.labels, LABEL: number}) for sample in family.samples
        ]

    def collect(self) -> Iterable[Metric]:
        """All of them, each once."""
        return self._families.values()


async def together(directory: Path) -> Together:
    """What the processes say whose sockets are in a directory; who does not answer in time is left out."""
    paths = _sockets(directory)
    texts = await asyncio.gather(*map(_told, paths))
    return Together((path.stem, text) for path, text in zip(paths, texts, strict=True) if text)


def _sockets(directory: Path) -> list[Path]:
    return sorted(directory.glob("*.sock"))


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


async def _told(path: Path) -> str:
    try:
        async with asyncio.timeout(SECONDS):
            reader, writer = await asyncio.open_unix_connection(path)
            text = await reader.read()
            writer.close()
            return text.decode()
    except (OSError, TimeoutError):
        return ""
