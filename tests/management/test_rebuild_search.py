"""`manage.py rebuild_search`."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.factories import ClaimFactory

pytestmark = pytest.mark.django_db


def test_the_check_fails_while_an_entry_is_astray_and_the_rebuilt_index_passes_it(capsys):
    ClaimFactory()
    call_command("rebuild_search", check=True)
    assert capsys.readouterr().out == "0 entries astray\n"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM claims_search")
    with pytest.raises(CommandError, match="1 entry astray"):
        call_command("rebuild_search", check=True)
    call_command("rebuild_search")
    assert capsys.readouterr().out == "1 entry astray, rebuilt\n"
    call_command("rebuild_search", check=True)
