"""`manage.py intake` as other programs run it."""

import io
import json
import sys
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command


def test_lines_go_in_and_come_out_in_order(monkeypatch, capsys):
    lines = b'{"id": 1, "mode": "dates", "text": "by 2027"}\nnonsense\n{"id": 2, "mode": "dates", "text": "x"}\n'
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(lines)))
    call_command("intake", "--jsonl")
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line.get("id") for line in told] == [1, None, 2]
    assert told[0]["dates"][0]["edtf"] == "../2027"


def test_without_jsonl_it_says_in_one_line_what_it_can_do():
    with pytest.raises(CommandError, match="--jsonl") as refusal:
        call_command("intake")
    assert "\n" not in str(refusal.value)
