"""What a mail server's answer speaks of: somebody who is not there, or something that may pass."""

import pytest

from collectifs.kernel.mail.refusals import (
    is_about_the_address,
    is_dead,
    passing_words,
    refusal_code,
    refusal_kind,
    status_in,
)

NOBODY = [
    (550, "5.1.1 <m@a.example>: Recipient address rejected: User unknown"),
    (550, "5.1.10 RecipientNotFound"),
    (553, "5.1.2 no such domain"),
    (553, "5.1.3 bad syntax"),
    (550, "5.1.6 Mailbox has moved"),
    (550, "5.2.1 Mailbox disabled"),
    (550, "Requested action not taken (5.1.1)"),
    (550, "No such user here"),
    (551, "User not local"),
    (553, "Mailbox name not allowed"),
]
ANYTHING_ELSE = [
    (553, "5.7.1 <collectifs@a.example>: Sender address rejected: not owned by user collectifs"),
    (553, "Sender address rejected"),
    (550, "Relaying denied"),
    (554, "5.7.1 Relay access denied"),
    (552, "5.2.2 Mailbox full"),
    (552, "Mailbox full"),
    (550, "5.7.26 SPF did not pass"),
    (550, "5.4.1 Access denied"),
    (554, "5.3.0 Rejected"),
    (554, "Transaction failed"),
    (550, "5.1.0 Address rejected"),
    (550, "5.1.8 Bad sender's system address"),
    (530, "5.7.0 Authentication required"),
    (535, "5.7.8 Authentication failed"),
    (550, "4.7.1 Try again"),
    (450, "4.2.1 Greylisted"),
    (450, "5.1.1 No"),
    (421, "Too many connections"),
]


@pytest.mark.parametrize(("reply", "words"), NOBODY)
def test_these_answers_say_that_nobody_is_there(reply: int, words: str) -> None:
    assert is_about_the_address(reply, words)


@pytest.mark.parametrize(("reply", "words"), ANYTHING_ELSE)
def test_every_other_answer_doubts_nobody(reply: int, words: str) -> None:
    assert not is_about_the_address(reply, words)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("5.1.1 no", "5.1.1"),
        ("550 5.1.1 unknown user", "5.1.1"),
        ("5.7.26", "5.7.26"),
        ("from 192.0.2.3: no", ""),
        ("5.1.1.4", ""),
        ("25.1.1", ""),
        ("gone (5.1.1).", "5.1.1"),
        ("", ""),
    ],
)
def test_a_status_is_found_and_an_address_of_a_machine_is_none(words: str, status: str) -> None:
    assert status_in(words) == status


def test_a_code_holds_no_word_and_fits_where_it_is_noted() -> None:
    assert refusal_code(550, "5.1.10 <maud@a.example> unknown") == "550 5.1.10"
    assert refusal_code(553, "<maud@a.example> no") == "553"
    assert len(refusal_code(999, "5.999.999")) <= 16


@pytest.mark.parametrize(
    ("code", "kind"),
    [("5.1.1", "unknown"), ("550 5.1.10", "unknown"), ("550 5.2.1", "closed"), ("5.2.1", "closed")]
    + [(each, "refused") for each in ("550", "553", "5.2.2", "5.3.0", "5.7.1", "5.1.8", "")],
)
def test_only_a_status_about_the_address_says_that_it_is_unknown(code: str, kind: str) -> None:
    assert refusal_kind(code) == kind


def test_a_status_alone_says_it_for_a_mail_that_came_back() -> None:
    assert [each for each in ("5.1.1", "5.1.2", "5.2.1", "5.2.2", "5.1.0", "5.0.0", "4.1.1", "") if is_dead(each)] == [
        "5.1.1",
        "5.1.2",
        "5.2.1",
    ]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("552 5.2.2", "boîte pleine"),
        ("452 4.2.2", "boîte pleine"),
        ("5.2.2", "boîte pleine"),
        ("552", "boîte pleine"),
        ("450 4.2.1", "le serveur demande d’attendre"),
        ("421", "le serveur demande d’attendre"),
        ("552 5.3.4", "message trop gros pour ce serveur"),
        ("550 5.7.26", "refusé par une règle du serveur, sans rapport avec l’adresse"),
        ("451 4.7.1", "refusé par une règle du serveur, sans rapport avec l’adresse"),
        ("5.4.4", "le serveur de cette adresse ne répond pas"),
        ("554 5.3.0", "refusé pour une autre raison que l’adresse"),
        ("554", "refusé pour une autre raison que l’adresse"),
    ],
)
def test_what_passes_is_said_for_what_it_is(code: str, words: str) -> None:
    assert passing_words(code) == words
