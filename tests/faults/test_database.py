"""The database goes away or stands still while worker and beat are busy: they go on when it is back, no flag lost."""

import os
import sqlite3
import time
from contextlib import closing

import pytest
from django.db import connection

from tests.faults.cluster import private_cluster
from tests.faults.ledger import assert_flagged_once, backlog, open_among, wait_until_begun
from tests.faults.newsroom import PATIENCE, beat, database_url, worker
from tests.management.processes import wait_until

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]

if os.environ.get("DATABASE_URL", "").startswith("postgres"):

    def test_postgres_stopped_at_once_amid_a_sweep_and_started_again_needs_no_restart_of_ours(environ):
        with private_cluster() as cluster:
            slow = environ | {"APP": "tests.faults.app", "CHUNK": "2", "DATABASE_URL": database_url()}
            claims = backlog(200)
            with worker(slow) as one, beat(environ) as other:
                for _ in range(2):
                    before = open_among(claims)
                    wait_until_begun(claims, before)
                    connection.close()
                    cluster.stop()
                    # Alarms come meanwhile, and fail.
                    time.sleep(1.2)
                    cluster.start()
                    claims += backlog(100)
                wait_until(lambda: not open_among(claims), seconds=PATIENCE)
                assert (one.poll(), other.poll()) == (None, None)
            assert_flagged_once(claims)

else:

    def test_a_database_that_another_program_holds_for_seconds_is_waited_for(environ, capfd):
        with worker(environ) as one, beat(environ) as other:
            claims = backlog(3)
            wait_until(lambda: not open_among(claims), seconds=PATIENCE)
            for _ in range(2):
                claims += backlog(3)
                with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as holder:
                    holder.execute("BEGIN IMMEDIATE")
                    time.sleep(2.5)
                    holder.execute("ROLLBACK")
                wait_until_begun(claims, 1)
            assert (one.poll(), other.poll()) == (None, None)
        assert_flagged_once(claims)
        # Waited for and not only tried again.
        assert "database is locked" not in "".join(capfd.readouterr())
