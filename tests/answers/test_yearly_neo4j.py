"""The yearly line of Neo4j answers the gallery as 5.26 does."""

from pathlib import Path

import pytest

from res68.gallery import gallery
from schema.service import Service
from tests.answers.test_gallery import UNORDERED, answer
from tests.engines.neo4j_for_tests import Neo4jAddress
from tests.graph.served import REFERENCE, engine, served


@pytest.mark.slow
async def test_the_yearly_neo4j_answers_the_gallery(
    embedded: Service, neo4j_2026_address: Neo4jAddress, tmp_path: Path
) -> None:
    async with served(engine("neo4j", tmp_path, neo4j_2026_address), REFERENCE) as yearly:
        for example in gallery():
            if example.name not in UNORDERED:
                assert await answer(yearly, example) == await answer(embedded, example), example.name
