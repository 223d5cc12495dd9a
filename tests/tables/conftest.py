"""One Spark for all tests, on this machine, where there is a Java to run it."""

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

OPTIONS = {
    "spark.ui.enabled": "false",
    "spark.log.level": "FATAL",
    "spark.driver.memory": "1g",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "700",
}


@pytest.fixture(scope="session")
def spark() -> "Iterator[SparkSession]":
    """Return a Spark with two workers, which run the same Python as the tests."""
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("no Java, which Spark needs")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Spark's own, of the other libraries' versions
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master("local[2]")
        for name, value in OPTIONS.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.fixture
def calm() -> Iterator[None]:
    """Let Spark say what it likes of the other libraries' versions."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
        yield
