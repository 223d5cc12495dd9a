"""Spark as the command line starts it: whom it answers to, and what is told where it cannot."""

import shutil
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from py4j.protocol import Py4JError
from pyspark.errors import PySparkRuntimeError

from riskbehov.errors import InputError
from riskbehov.library import Library
from riskbehov.tables import score_file
from riskbehov.tables.jobs import engines
from riskbehov.tables.scores.arguments import score_step

LOOPBACK = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
LISTENING = """
import os
from pathlib import Path
from riskbehov.tables.jobs.engines import spark_session

java = spark_session().sparkContext._gateway.proc.pid
open_files = [os.readlink(each) for each in Path(f"/proc/{java}/fd").iterdir() if each.is_symlink()]
own = {name.removeprefix("socket:[").rstrip("]") for name in open_files}
for table in ("tcp", "tcp6"):
    for line in Path(f"/proc/{java}/net/{table}").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[3] == "0A" and fields[9] in own:
            print("listens on", fields[1].partition(":")[0])
"""
OWN = {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"}
"""127.0.0.1 and ::1 as Linux writes them there."""


@pytest.fixture
def told_of(monkeypatch):
    """Return what is told of a fault of Spark's."""

    def tell(fault):
        monkeypatch.setattr(engines, "spark_session", Mock(side_effect=fault))
        step = score_step(Library.open().scored("audit"))
        with pytest.raises(InputError, match="Spark could not do it") as told:
            engines.by_spark([Path("in.parquet")], pa.schema([]), step, print, print)
        return str(told.value)

    return tell


@pytest.mark.usefixtures("spark")
def test_spark_writes_the_file_that_arrow_writes_and_says_nothing_of_pandas(tmp_path):
    rows = pa.table({f"audit_{n}": [0, 2, None, 4] for n in range(1, 11)})
    pq.write_table(rows, tmp_path / "in.parquet")
    for engine in ("arrow", "spark"):
        score_file(tmp_path / "in.parquet", "audit", tmp_path / f"{engine}.parquet", engine=engine)
    by_arrow, by_spark = (tmp_path / f"{engine}.parquet" for engine in ("arrow", "spark"))
    assert by_spark.read_bytes() == by_arrow.read_bytes()


def configured(**given):
    from pyspark import SparkConf

    return SparkConf(loadDefaults=False).setAll(
        [(f"spark.{name.replace('_', '.')}", value) for name, value in given.items()]
    )


@pytest.mark.parametrize("master", ["local", "local[*]", "local[2]"])
def test_a_local_spark_is_for_this_machine_alone(master):
    assert engines.alone(configured(master=master)) == LOOPBACK | {"spark.ui.enabled": "false"}


@pytest.mark.parametrize("master", ["yarn", "spark://host:7077", "k8s://https://host"])
def test_a_cluster_is_left_as_it_is_configured(master):
    assert engines.alone(configured(master=master)) == {}


def test_what_somebody_has_configured_is_left():
    assert engines.alone(configured(master="local[*]", ui_enabled="true")) == LOOPBACK
    assert engines.alone(configured(master="local[*]", driver_host="10.1.1.1")) == {
        "spark.ui.enabled": "false"
    }


def test_a_cluster_that_is_not_there_is_told_without_its_own_words(told_of):
    told = told_of(Py4JError("a cell, perhaps"))
    assert told == "engine: Spark could not do it (Py4JError); --engine arrow may"


def test_what_spark_calls_its_fault_is_told(told_of):
    fault = PySparkRuntimeError(errorClass="JAVA_GATEWAY_EXITED", messageParameters={})
    assert "Spark could not do it (JAVA_GATEWAY_EXITED)" in told_of(fault)


@pytest.mark.skipif(
    shutil.which("java") is None or not Path("/proc/net/tcp6").exists(),
    reason="no Java, or not Linux, which tells who listens where",
)
def test_a_spark_that_is_started_here_listens_on_this_machine_alone():
    ran = subprocess.run(
        [sys.executable, "-c", LISTENING], capture_output=True, text=True, check=True
    )
    found = [line.split()[-1] for line in ran.stdout.splitlines() if "listens on" in line]
    assert found
    assert set(found) <= OWN
