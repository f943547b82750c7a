"""An audit on a cluster of Dask."""

from __future__ import annotations

import json

import pytest

from pageschema.audit import audit_extractions
from pageschema.audit.cluster import dask_executor

SCHEMA = {"type": "object", "properties": {"total": {"type": "number"}}, "required": ["total"]}


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_of_dask_says_what_the_local_pool_says(tmp_path):
    distributed = pytest.importorskip("distributed")
    path = tmp_path / "r.jsonl"
    path.write_text("".join(json.dumps({"total": number if number % 50 else "x"}) + "\n" for number in range(200)))
    expected = audit_extractions([path], SCHEMA, workers=0)
    with (
        distributed.LocalCluster(n_workers=1, processes=False, dashboard_address=None) as cluster,
        dask_executor(cluster.scheduler_address) as executor,
    ):
        assert audit_extractions([path], SCHEMA, executor=executor, range_bytes=500) == expected
