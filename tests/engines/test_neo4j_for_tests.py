"""The Neo4j that the tests start is a real one: constraints, full text in Chinese, and an orderly life."""

import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest
from neo4j import AsyncDriver, AsyncGraphDatabase
from neo4j.exceptions import ConstraintError

from tests.engines.neo4j_for_tests import (
    NEO4J_5,
    Neo4jAddress,
    Neo4jNotToBeHad,
    Neo4jProcess,
    Release,
    java_for,
    java_version,
)

pytestmark = pytest.mark.neo4j

ROOT = Path(__file__).parents[2]

INDEX = """
CREATE FULLTEXT INDEX house_text IF NOT EXISTS FOR (h:House) ON EACH [h.text]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}
"""
SEARCH = "CALL db.index.fulltext.queryNodes('house_text', $wanted) YIELD node RETURN collect(node.id) AS ids"


@pytest.fixture
async def driver(neo4j_address: Neo4jAddress) -> AsyncIterator[AsyncDriver]:
    async with AsyncGraphDatabase.driver(neo4j_address.uri, auth=neo4j_address.auth) as driver:
        yield driver
        for statement in (
            "MATCH (h:House) DELETE h",
            "DROP CONSTRAINT house_id IF EXISTS",
            "DROP INDEX house_text IF EXISTS",
        ):
            await driver.execute_query(statement, database_=neo4j_address.database)


async def test_one_key_cannot_be_created_twice(driver: AsyncDriver, neo4j_address: Neo4jAddress) -> None:
    database = neo4j_address.database
    await driver.execute_query(
        "CREATE CONSTRAINT house_id IF NOT EXISTS FOR (h:House) REQUIRE h.id IS UNIQUE", database_=database
    )
    await driver.execute_query("CREATE (:House {id: 'house/1'})", database_=database)
    with pytest.raises(ConstraintError, match="house/1"):
        await driver.execute_query("CREATE (:House {id: 'house/1'})", database_=database)


async def test_chinese_words_are_found_by_full_text(driver: AsyncDriver, neo4j_address: Neo4jAddress) -> None:
    database = neo4j_address.database
    await driver.execute_query(INDEX, database_=database)
    await driver.execute_query("CALL db.awaitIndexes()", database_=database)
    await driver.execute_query(
        "CREATE (:House {id: 'a', text: '弥合标准化差距'}), (:House {id: 'b', text: '发展中国家'})",
        database_=database,
    )
    await driver.execute_query("CALL db.awaitIndexes()", database_=database)
    found = await driver.execute_query(SEARCH, wanted="标准化", database_=database)
    assert found.records[0]["ids"] == ["a"]


STARTER = """
import sys, time
from pathlib import Path
from tests.engines.neo4j_for_tests import NEO4J_5, Neo4jProcess
neo4j = Neo4jProcess(NEO4J_5, Path(sys.argv[1]))
neo4j.start()
print(neo4j.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.usefixtures("neo4j_address")  # it skips or fails where no Neo4j can be run
def test_the_server_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    """Even kill -9 of the tests leaves no Java behind."""
    command = [sys.executable, "-c", STARTER, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        server = psutil.Process(int(process.stdout.readline()))
        process.kill()
    server.wait(timeout=60)
    assert not server.is_running()


@pytest.mark.slow
async def test_what_was_committed_outlives_a_kill(neo4j_address: Neo4jAddress, tmp_path: Path) -> None:
    """The same home can be started again, for tests of loads that die in the middle."""
    neo4j = Neo4jProcess(NEO4J_5, tmp_path)
    neo4j.start()
    async with AsyncGraphDatabase.driver(neo4j.uri) as driver:
        await driver.execute_query("CREATE (:House {id: 'house/1'})")
    neo4j.kill()
    neo4j.start()
    async with AsyncGraphDatabase.driver(neo4j.uri) as driver:
        found = await driver.execute_query("MATCH (h:House) RETURN h.id AS id")
    neo4j.stop()
    assert [record["id"] for record in found.records] == ["house/1"]


@pytest.mark.slow
async def test_the_yearly_line_answers_too(neo4j_2026_address: Neo4jAddress) -> None:
    async with AsyncGraphDatabase.driver(neo4j_2026_address.uri) as driver:
        found = await driver.execute_query(
            "CALL dbms.components() YIELD versions RETURN versions[0] AS version"
        )
    assert found.records[0]["version"].startswith("2026.")


def test_a_java_that_is_too_old_is_named_in_one_line() -> None:
    with pytest.raises(Neo4jNotToBeHad, match=r"^Neo4j 1\.0 needs a JDK 1 to 2, and none was found$"):
        java_for(Release("1.0", (1, 2)))


def test_a_java_that_does_not_start_has_no_version() -> None:
    assert java_version("/nowhere/bin/java") == 0
    assert NEO4J_5.java[0] == 17
