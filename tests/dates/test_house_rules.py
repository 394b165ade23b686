"""The house rules that the method page shows read as they say."""

import pytest

from claims.dates import EXAMPLES_MADE_ON, HOUSE_RULES, UnreadableDate, read_phrase


def test_the_rules_are_numbered_from_one_without_gaps():
    assert [rule.number for rule in HOUSE_RULES] == [str(number) for number in range(1, len(HOUSE_RULES) + 1)]


@pytest.mark.parametrize("rule", HOUSE_RULES, ids=lambda rule: rule.title)
def test_every_example_reads_as_its_rule_says(rule):
    if rule.example_edtf is None:
        with pytest.raises(UnreadableDate):
            read_phrase(rule.example_phrase, made_on=EXAMPLES_MADE_ON)
        return
    reading = read_phrase(rule.example_phrase, made_on=EXAMPLES_MADE_ON)
    assert (reading.date.edtf, reading.rule) == (rule.example_edtf, rule.number)


@pytest.mark.parametrize("rule", HOUSE_RULES, ids=lambda rule: rule.title)
def test_every_rule_is_told_in_both_languages(rule):
    assert rule.text_en.endswith(".")
    assert rule.text_id.endswith(".")
    assert rule.text_en != rule.text_id
    assert rule.title


def test_a_reading_keeps_the_phrase_as_it_was_written():
    assert read_phrase(" By 2027 ", made_on=EXAMPLES_MADE_ON).phrase == " By 2027 "
