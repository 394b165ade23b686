"""Letters on their way to a mail server, which may refuse, stall or vanish."""

import logging
import socket
import threading
from contextlib import closing, contextmanager, nullcontext
from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.db import OperationalError, connection

from claims import revisit
from claims.models import Letter, Notice, Preference, Rhythm, Turn
from claims.models.parcel import JITTER, LEASE, MOST_SILENT, PATIENCE, WAITS, State
from claims.notify import mail, message
from claims.notify.mail import OUTAGE
from tests.factories import NOW, PersonFactory, open_claim
from tests.notify.readers import note, reader, send, settle, write

BOUNCE = "550 5.1.1 Nobody of that name."


@pytest.fixture
def server(settings, smtp_sink):
    """A mail server that letters are handed to."""
    for name, value in smtp_sink.settings.items():
        setattr(settings, name, value)
    settings.EMAIL_BACKEND = "claims.notify.smtp.SmtpBackend"
    return smtp_sink


def later(moment=NOW, **more):
    return moment + timedelta(**more)


def states():
    return [letter.state for letter in Letter.objects.order_by("pk")]


@pytest.mark.django_db
def test_the_owner_of_a_claim_that_fell_due_gets_one_letter_that_names_it(server):
    owner = PersonFactory(email="owner@newsroom.example")
    claim = open_claim(edtf="2020", owner=owner, statement="Output doubles by 2020")
    write()
    assert send() == 1
    (letter,) = server.letters
    assert letter.to == ("owner@newsroom.example",)
    assert letter.message["Subject"] == "Due: Output doubles by 2020"
    assert f"http://localhost:8000/claims/{claim.public_id}/" in letter.text
    assert Letter.objects.get().delivered_at == NOW
    assert send(later(days=1)) == 0
    assert len(server.letters) == 1


@pytest.mark.django_db
def test_all_that_is_ready_goes_out_over_one_connection(server, monkeypatch):
    opened = Mock(side_effect=mail.get_connection)
    monkeypatch.setattr(mail, "get_connection", opened)
    for _ in range(5):
        open_claim(edtf="2020", owner=reader(is_for_all=False))
    write()
    assert send() == 5
    assert len(server.letters) == 5
    assert opened.call_count == 1


@pytest.mark.django_db
def test_a_letter_that_is_turned_away_for_now_is_sent_later_under_the_same_name(server):
    open_claim(edtf="2020", owner=PersonFactory(email="owner@newsroom.example"))
    write()
    server.answers.append("451 4.3.0 Try again later.")
    assert send() == 0
    letter = Letter.objects.get()
    assert (letter.state, letter.attempts) == (State.PENDING, 1)
    assert letter.error == "The mail server answers: 451 4.3.0 Try again later."
    assert send(later(seconds=5)) == 0
    assert send(later(seconds=15)) == 1
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.error) == (State.DELIVERED, 2, "")
    assert [received.id for received in server.letters] == [f"<{letter.key}@localhost>"]


@pytest.mark.django_db
def test_a_letter_whose_sender_died_after_the_server_took_it_comes_again_under_the_same_name(server, monkeypatch):
    open_claim(edtf="2020", owner=PersonFactory(email="owner@newsroom.example"))
    write()
    monkeypatch.setattr(Letter, "deliver", Mock(side_effect=OperationalError))
    with pytest.raises(OperationalError):
        send()
    monkeypatch.undo()
    assert send(later(seconds=30)) == 0
    assert send(NOW + LEASE) == 1
    assert len(server.letters) == 2
    assert len(server.distinct) == 1


@pytest.mark.django_db
def test_an_address_that_is_refused_gets_nothing_more_until_its_person_says_so_and_others_get_theirs(server):
    gone, other = reader(email="gone@newsroom.example"), reader(email="here@newsroom.example")
    server.refused["gone@newsroom.example"] = BOUNCE
    open_claim(edtf="2020")
    write()
    assert send() == 1
    letter = Letter.objects.get(person=gone)
    preference = Preference.of(gone)
    assert letter.state == State.PARKED
    assert letter.error == preference.bounced_because == f"The mail server answers: {BOUNCE}"
    assert preference.bounced_at == NOW
    open_claim(edtf="2021")
    write(later(hours=1))
    assert Letter.objects.filter(person=gone).count() == 1
    assert send(later(hours=1)) == 1
    assert {received.to for received in server.letters} == {(other.email,)}
    preference.forget_bounce()
    server.refused.clear()
    assert Letter.objects.parked().send_again(later(hours=2)) == 1
    assert send(later(hours=2)) == 1


@pytest.mark.django_db
def test_a_letter_that_was_written_before_its_address_was_refused_is_given_up_with_it(server):
    gone = reader(email="gone@newsroom.example")
    server.refused["gone@newsroom.example"] = BOUNCE
    for edtf in ("2020", "2021"):
        open_claim(edtf=edtf)
        write()
    assert send() == 0
    assert states() == [State.PARKED] * 2
    assert {letter.error for letter in Letter.objects.all()} == {Preference.of(gone).bounced_because}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "answer", ["554 5.7.1 Relay access denied.", "550 5.7.26 Unauthenticated mail.", "550 5.7.1 Blocked."]
)
def test_a_refusal_that_is_about_us_is_not_laid_at_the_readers_door(server, answer):
    person = reader(email="here@newsroom.example")
    server.refused["here@newsroom.example"] = answer
    open_claim(edtf="2020")
    write()
    assert send() == 0
    assert states() == [State.PARKED]
    assert Preference.of(person).bounced_at is None


@pytest.mark.django_db
def test_a_mailbox_that_is_full_is_tried_again(server):
    server.refused[reader().email] = "552 5.2.2 Over quota."
    open_claim(edtf="2020")
    write()
    send()
    assert states() == [State.PENDING]


@pytest.mark.django_db
def test_a_letter_that_is_not_wanted_for_what_it_says_is_given_up_and_the_next_one_sent(server):
    for _ in range(2):
        reader()
    open_claim(edtf="2020")
    write()
    server.answers.append("554 5.6.0 Looks like spam.")
    assert send() == 1
    assert states() == [State.PARKED, State.DELIVERED]
    assert not Preference.objects.filter(bounced_at__isnull=False).exists()


@pytest.mark.django_db
def test_a_server_that_is_gone_costs_one_letter_one_attempt_a_pass_and_all_go_out_soon_after_it_is_back(
    settings, server
):
    for _ in range(4):
        reader()
    open_claim(edtf="2020")
    write()
    port = settings.EMAIL_PORT
    with closing(socket.socket()) as taken:
        # Nobody listens there, and nobody else can.
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = taken.getsockname()[1]
        assert send() == 0
        assert sorted(Letter.objects.values_list("attempts", flat=True)) == [0, 0, 0, 1]
        assert Letter.objects.get(attempts=1).error.startswith("The mail server cannot be reached: ")
        for hour in range(1, 20):
            assert send(later(hours=hour)) == 0
    settings.EMAIL_PORT = port
    assert send(later(hours=19) + OUTAGE) == 4


@pytest.mark.django_db
def test_a_letter_that_was_written_by_a_clock_that_ran_ahead_goes_out_when_that_is_set_back(server):
    reader()
    open_claim(edtf="2020")
    write(later(days=400))
    assert send() == 1


@pytest.mark.django_db
def test_a_letter_that_is_tried_again_in_hours_is_not_taken_for_one_of_a_clock_that_ran_ahead(server):
    reader()
    open_claim(edtf="2020")
    write()
    Letter.objects.update(next_attempt_at=NOW + WAITS[-1] * (1 + JITTER))
    assert send() == 0


@pytest.mark.django_db
def test_a_letter_that_cannot_be_sent_for_a_day_is_given_up(settings, server):
    reader()
    open_claim(edtf="2020")
    write()
    settings.EMAIL_HOST = "127.0.0.1:"
    send(NOW + PATIENCE)
    assert states() == [State.PARKED]


@contextmanager
def stubborn(serve):
    """A server that does with each connection as it likes."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept():
        while True:
            try:
                connection, _address = listener.accept()
            except OSError:
                return
            threading.Thread(target=talk, args=(connection,), daemon=True).start()

    def talk(connection):
        with connection:
            try:
                serve(connection)
            except OSError:
                pass

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def says_nothing(connection):
    connection.recv(1)


def never_ends_its_greeting(connection):
    while connection.send(b"2"):
        threading.Event().wait(0.05)


def never_ends_its_answer(connection):
    connection.sendall(b"220 welcome\r\n")
    connection.recv(1_000)
    while connection.send(b"250-x\r\n"):
        threading.Event().wait(0.05)


def hangs_up(connection):
    connection.sendall(b"220 welcome\r\n")


@pytest.mark.django_db
@pytest.mark.parametrize("serve", [says_nothing, never_ends_its_greeting, never_ends_its_answer, hangs_up])
def test_a_server_that_never_comes_to_its_point_is_given_up_and_left_alone_for_this_pass(settings, server, serve):
    settings.EMAIL_TIMEOUT = 0.5
    for _ in range(3):
        reader()
    open_claim(edtf="2020")
    write()
    with stubborn(serve) as settings.EMAIL_PORT:
        assert send() == 0
    assert sorted(Letter.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    settings.EMAIL_PORT = server.port
    assert send(NOW + OUTAGE) == 3


@pytest.mark.django_db
def test_a_server_that_breaks_down_over_each_letter_is_left_alone_after_two(settings, server):
    settings.EMAIL_TIMEOUT = 0.3
    server.pause = 0.6
    for _ in range(4):
        reader()
    open_claim(edtf="2020")
    write()
    assert send() == 0
    assert sorted(Letter.objects.values_list("attempts", flat=True)) == [0, 0, 1, 1]
    assert "no answer within 0.3 seconds" in Letter.objects.filter(attempts=1).first().error


@pytest.mark.django_db
def test_a_server_that_says_it_is_closing_is_left_alone_after_two_letters(server):
    server.answers.extend(["421 4.3.2 Closing."] * 4)
    for _ in range(4):
        reader()
    open_claim(edtf="2020")
    write()
    assert send() == 0
    assert sorted(Letter.objects.values_list("attempts", flat=True)) == [0, 0, 1, 1]


@pytest.mark.django_db
def test_a_connection_that_the_server_ends_is_opened_again_for_the_next_letter(server):
    for _ in range(3):
        reader()
    open_claim(edtf="2020")
    write()
    server.answers.extend(["250 2.0.0 taken", "421 4.7.0 Enough for one connection."])
    assert send() == 2
    assert states() == [State.DELIVERED, State.PENDING, State.DELIVERED]


@pytest.mark.django_db
def test_the_password_of_the_mail_server_is_in_no_error_and_no_log(settings, server, caplog):
    def repeats_what_it_hears(connection):
        connection.sendall(b"220 welcome\r\n")
        lines = connection.makefile("rb")
        for line in lines:
            if line.upper().startswith(b"EHLO"):
                connection.sendall(b"250-here\r\n250 AUTH PLAIN LOGIN\r\n")
            else:
                connection.sendall(b"535 5.7.8 not " + line.split()[-1] + b" hunter2-hunter2\r\n")

    caplog.set_level(logging.DEBUG)
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "desk", "hunter2-hunter2"
    reader()
    open_claim(edtf="2020")
    write()
    with stubborn(repeats_what_it_hears) as settings.EMAIL_PORT:
        assert send() == 0
    letter = Letter.objects.get()
    assert (letter.state, letter.attempts) == (State.PENDING, 1)
    assert letter.error == "The mail server does not accept the user and password (535)."
    assert "hunter2" not in caplog.text
    assert "aHVudGVy" not in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"EMAIL_HOST": "a..b"}, {"EMAIL_HOST_USER": "desk", "EMAIL_HOST_PASSWORD": "pässword"}]
)
def test_a_server_that_is_set_up_wrongly_is_no_fault_of_the_letters(settings, server, wrong):
    def asks_for_a_password(connection):
        connection.sendall(b"220 welcome\r\n")
        connection.recv(1_000)
        connection.sendall(b"250-here\r\n250 AUTH PLAIN\r\n")
        connection.recv(1_000)

    for _ in range(2):
        reader()
    open_claim(edtf="2020")
    write()
    with stubborn(asks_for_a_password) as settings.EMAIL_PORT:
        for name, value in wrong.items():
            setattr(settings, name, value)
        assert send() == 0
    assert states() == [State.PENDING, State.PENDING]
    assert sorted(Letter.objects.values_list("attempts", flat=True)) == [0, 1]
    assert "what EMAIL_URL says cannot be used" in Letter.objects.get(attempts=1).error


@pytest.mark.django_db
def test_an_answer_with_characters_that_no_database_keeps_is_kept_without_them(server):
    reader()
    open_claim(edtf="2020")
    write()
    server.answers.append("550 5.6.0 not \x00 \x1b[31m like this")
    assert send() == 0
    assert states() == [State.PARKED]
    assert Letter.objects.get().error == "The mail server answers: 550 5.6.0 not [31m like this"


@pytest.mark.django_db
def test_a_letter_that_cannot_be_written_is_given_up_with_the_reason_and_the_others_go_out(server, monkeypatch):
    broken = reader()
    reader()
    open_claim(edtf="2020")
    write()
    original = message.contents_of

    def contents_of(letter, *args):
        if letter.person == broken:
            raise KeyError("statement")
        return original(letter, *args)

    monkeypatch.setattr(message, "contents_of", contents_of)
    assert send() == 1
    assert states() == [State.PARKED, State.DELIVERED]
    assert Letter.objects.get(person=broken).error == "It cannot be written: KeyError('statement')"


@pytest.mark.django_db
def test_a_letter_that_ends_whatever_sends_it_is_given_up_in_the_end(server, monkeypatch):
    reader()
    open_claim(edtf="2020")
    write()
    monkeypatch.setattr(mail, "message_of", deadly := Mock(side_effect=SystemExit))
    for minute in range(MOST_SILENT):
        with pytest.raises(SystemExit):
            send(later(minutes=minute))
    assert deadly.call_count == MOST_SILENT
    assert send(later(minutes=MOST_SILENT)) == 0
    letter = Letter.objects.get()
    assert (letter.state, letter.error) == (State.PARKED, "Whatever tried to send it broke off, 30 times.")


@pytest.mark.django_db
def test_a_database_that_fails_is_no_fault_of_the_letter(server, monkeypatch):
    reader()
    open_claim(edtf="2020")
    write()
    monkeypatch.setattr(message, "contents_of", Mock(side_effect=OperationalError))
    with pytest.raises(OperationalError):
        send()
    monkeypatch.undo()
    assert states() == [State.PENDING]
    assert send(NOW + LEASE) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["a@b.example\nBcc: all@b.example", "nobody", "@", "ä@b.example"])
def test_an_address_that_is_none_keeps_no_other_letter_from_going_out(server, address):
    odd, _other = reader(email="odd@newsroom.example"), reader()
    open_claim(edtf="2020")
    write()
    odd.email = address
    odd.save()
    send()
    assert len({received.to for received in server.letters} - {(address,)}) == 1
    assert all("all@b.example" not in received.message.as_string() for received in server.letters)
    assert Letter.objects.exclude(person=odd).get().state == State.DELIVERED


@pytest.mark.django_db
@pytest.mark.parametrize("when", ["before it is written", "before it is sent", "between two attempts"])
def test_a_claim_that_was_settled_is_not_told_of_as_due(server, when):
    person = reader()
    claim = open_claim(edtf="2020")
    if when == "before it is written":
        note()
    else:
        write()
    if when == "between two attempts":
        server.answers.append("451 4.3.0 Try again later.")
        send()
    settle(claim, at=later(seconds=1))
    write(later(seconds=2))
    assert send(later(minutes=5)) == 0
    assert server.letters == []
    assert not Letter.objects.exists()
    notice = Notice.objects.get(person=person)
    assert (notice.letter, notice.dropped_at is None) == (None, False)


@pytest.mark.django_db
def test_a_letter_names_what_still_stands_and_leaves_out_what_was_settled_since_it_was_written(server):
    reader()
    claims = [open_claim(edtf="2020", statement=f"Harbour {name} is closed") for name in ("one", "two", "three")]
    write()
    settle(claims[0], at=later(seconds=1))
    claims[1].refresh_from_db()
    day = (NOW + timedelta(days=100)).date()
    revisit.postpone(claims[1], revisit_on=day, reason="Too early.", by=PersonFactory(), at=NOW, today=NOW.date())
    assert send(later(seconds=2)) == 1
    (letter,) = server.letters
    assert letter.message["Subject"] == "Due: Harbour three is closed"
    assert "one" not in letter.text
    assert "two" not in letter.text


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["chose none", "was deactivated", "has no address"])
def test_nothing_is_sent_to_somebody_who_stopped_letters_or_left_after_they_were_written(server, change):
    person = reader()
    open_claim(edtf="2020")
    write()
    if change == "chose none":
        Preference.of(person).choose(Rhythm.NONE)
    else:
        person.is_active, person.email = change != "was deactivated", "" if change == "has no address" else person.email
        person.save()
    assert send() == 0
    assert server.letters == []
    assert not Letter.objects.exists()
    assert Notice.objects.get(person=person).dropped_at == NOW


@pytest.mark.django_db
def test_a_pass_ends_with_its_time_and_while_somebody_else_is_at_it_none_begins(server, monkeypatch):
    for _ in range(3):
        reader()
    open_claim(edtf="2020")
    write()
    asked = iter([False, False, True])
    monkeypatch.setattr("claims.notify.turns.lasting", lambda _seconds: lambda: next(asked))
    assert send() == 2
    monkeypatch.undo()
    taken = Turn.take("letters", now=NOW, lasts=timedelta(seconds=45))
    assert send() == 0
    taken.give_back(NOW)
    assert send() == 1


@pytest.mark.django_db(transaction=True)
def test_five_senders_at_once_send_each_letter_once(server, monkeypatch):
    # Even without the turn, which only saves work.
    monkeypatch.setattr(mail, "turn", lambda *_a, **_k: nullcontext(lambda: False))
    for _ in range(10):
        reader()
    open_claim(edtf="2020")
    write()
    start = threading.Barrier(5)

    def work():
        start.wait()
        try:
            send()
        finally:
            connection.close()

    senders = [threading.Thread(target=work) for _ in range(5)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert len(server.letters) == len(server.distinct) == 10
    assert states() == [State.DELIVERED] * 10


@pytest.mark.django_db
def test_without_a_mail_server_letters_are_shown_to_whoever_runs_it(settings, capfd, caplog):
    settings.EMAIL_BACKEND = "claims.notify.console.ConsoleBackend"
    caplog.set_level(logging.INFO)
    reader(email="reader@newsroom.example")
    open_claim(edtf="2020", statement="The harbour is closed – for good")
    write()
    assert send() == 1
    shown = capfd.readouterr().out
    assert "To: reader@newsroom.example\nSubject: Due: The harbour is closed – for good\n" in shown
    assert "\n  Revisit: http://localhost:8000/admin/" in shown
    assert "EMAIL_URL is not set" in caplog.text
