"""A screen within Viber's limits."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.fakes.viber.rules import LARGEST_REQUEST, check_message, too_tall
from handlers.channel import Enclosure, Key, Message, Rejected
from handlers.viber.api import encoded
from handlers.viber.composing import FOOT, INK, KEY, Body, Linked, Rows, ViberVoice, compose, plainer

VOICE = ViberVoice("Зв’язок", "Меню")
NAV = (Key("7.~back", "Назад"), Key("7.~more", "Ще"))
ASKED = ((Key("7.mother", "Мати"),), (Key("7.father", "Батько"),), NAV)


def labels(body: Body) -> list[str]:
    return [button["Text"].partition(">")[2].removesuffix("</font>") for button in body["keyboard"]["Buttons"]]


def sends(body: Body) -> list[str]:
    return [button["ActionBody"] for button in body["keyboard"]["Buttons"]]


def test_a_question_with_its_keys_and_their_numbers() -> None:
    (body,) = compose(Message(("Ким ви є?",), ASKED, ref="17"), VOICE)
    assert body["text"] == "Ким ви є?\n\n1. Мати\n2. Батько"
    assert sends(body) == ["▸7.mother", "▸7.father", "▸7.~back", "▸7.~more"]
    assert [button["Columns"] for button in body["keyboard"]["Buttons"]] == [6, 6, 3, 3]
    assert (body["sender"], body["tracking_data"]) == ({"name": "Зв’язок"}, "17")
    assert "min_api_version" not in body


def test_a_message_without_keys_has_the_menu_below() -> None:
    (body,) = compose(Message(("Дякуємо.",)), VOICE)
    assert (labels(body), sends(body)) == (["Меню"], ["/menu"])


def test_a_push_keeps_the_question_s_keys_below_its_own() -> None:
    push = Message(("Завтра на вас чекають.",), ((Key("go.AbCdEf12345.come 5", "Прийду"),),))
    (body,) = compose(push, VOICE, standing=ASKED)
    assert labels(body) == ["Прийду", "Мати", "Батько", "Назад", "Ще"]
    assert body["text"] == "Завтра на вас чекають."  # a number is the question's, and it is not asked here


def test_the_number_and_the_place_are_shared_with_a_key() -> None:
    (body,) = compose(Message(("Ваш номер?",), (NAV,), contact="Надіслати <мій> номер"), VOICE)
    assert [button["ActionType"] for button in body["keyboard"]["Buttons"]] == ["share-phone", "reply", "reply"]
    assert labels(body)[0] == "Надіслати &lt;мій&gt; номер"
    assert body["min_api_version"] == 3
    plain = plainer(body)
    assert "min_api_version" not in plain
    assert labels(plain) == ["Назад", "Ще"]


def test_files_come_first_and_each_message_has_the_keyboard() -> None:
    code = Linked(Enclosure("код.png", "image/png", b"png"), "https://z.example/code.png")
    calendar = Linked(Enclosure("візит.ics", "text/calendar", b"BEGIN"), "https://z.example/calendar.ics")
    bodies = compose(Message(("Вас чекають.",), (NAV,)), VOICE, files=[calendar, code])
    assert [body["type"] for body in bodies] == ["file", "picture", "text"]
    assert all(labels(body) == ["Назад", "Ще"] for body in bodies)
    assert (bodies[0]["size"], bodies[0]["file_name"]) == (5, "візит.ics")


def test_a_human_s_words_have_a_bar_beside_them() -> None:
    (body,) = compose(Message(("Зателефоную о 15.", "Олена"), staff_voice=True), VOICE)
    assert body["text"] == "┃ Зателефоную о 15.\n┃\n┃ Олена"


def test_too_many_choices_are_in_the_text_and_the_way_back_is_in_reach() -> None:
    many: Rows = (*((Key(f"7.{at}", f"Область {at}"),) for at in range(1, 26)), NAV)
    body, carousel = compose(Message(("Де?",), many), VOICE)
    assert len(carousel["rich_media"]["Buttons"]) == 25
    assert "25. Область 25" in body["text"]
    assert len(body["keyboard"]["Buttons"]) == 13
    assert labels(body)[-2:] == ["Назад", "Ще"]
    assert not too_tall(body["keyboard"])


def test_long_labels_side_by_side_are_broken_apart() -> None:
    (body,) = compose(Message(("?",), ((Key("7.a", "Так"), Key("7.b", "Ні, " + "довго " * 10)),)), VOICE)
    assert [(button["Columns"], button["Rows"]) for button in body["keyboard"]["Buttons"]] == [(6, 1), (6, 2)]


_words = st.text(alphabet='абвї’"<&\n 🕊\x00', max_size=400)


@given(
    st.lists(st.builds(lambda word, times: word * times, _words, st.integers(1, 60)), max_size=4),
    st.lists(st.lists(_words.filter(str.strip), min_size=1, max_size=4), max_size=20),
    st.booleans(),
)
def test_whatever_is_said_viber_takes_it(paragraphs: list[str], rows: list[list[str]], asks: bool) -> None:
    keys = tuple(tuple(Key(f"7.{at}-{n}", label) for n, label in enumerate(row)) for at, row in enumerate(rows))
    message = Message(tuple(paragraphs), keys, contact="Мій номер" if asks else None, ref="9" * 19)
    for body in compose(message, VOICE):
        assert check_message({"receiver": "x" * 24} | body) == []
        assert len(encoded({"receiver": "x" * 128} | body)) <= LARGEST_REQUEST
        assert not too_tall(body["keyboard"])


def test_the_longest_text_of_the_longest_letters() -> None:
    bodies = compose(Message(("—" * 20_000,), ASKED), VOICE)
    assert sum(body["text"].count("—") for body in bodies) == 20_000


@pytest.mark.parametrize("key", [Key("", "Так"), Key("x" * 65, "Так"), Key("7.x", " ")])
def test_keys_that_cannot_be_shown(key: Key) -> None:
    with pytest.raises(Rejected):
        compose(Message(("?",), ((key,),)), VOICE)


def test_keys_are_readable() -> None:
    """WCAG 2.2: a contrast of 7 is the highest level's, for small text."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for ground, ink in product((KEY, FOOT), (INK,)):
        assert (light(ground) + 0.05) / (light(ink) + 0.05) > 12


def test_a_list_too_long_for_the_keyboard_can_be_leafed_through() -> None:
    many = (*((Key(f"7.{number}", f"Область {number}"),) for number in range(27)), NAV)
    text, carousel = compose(Message(("Звідки ви?",), many, ref="5"), VOICE)
    assert "27. Область 26" in text["text"]
    assert carousel["type"] == "rich_media"
    buttons = carousel["rich_media"]["Buttons"]
    assert [button["ActionBody"] for button in buttons] == [f"▸7.{number}" for number in range(27)]
    assert (carousel["min_api_version"], carousel["tracking_data"]) == (7, "5")
    assert carousel["keyboard"] == text["keyboard"]
    for body in (text, carousel):
        assert check_message(body | {"receiver": "x"}) == []


def test_a_carousel_has_an_end_and_the_text_has_all() -> None:
    many = tuple((Key(f"7.{number}", f"Місто {number}"),) for number in range(60))
    *_, text, carousel = compose(Message(("Де?",), many), VOICE)
    assert "60. Місто 59" in text["text"]
    assert len(carousel["rich_media"]["Buttons"]) == 42
    assert check_message(carousel | {"receiver": "x"}) == []


def test_what_could_not_be_shown_goes_in_words_alone() -> None:
    many = (*((Key(f"7.{number}", f"Область {number}"),) for number in range(27)), NAV)
    (body,) = compose(Message(("Звідки ви?",), many, ref="5", plain=True, location="Моє місце"), VOICE)
    assert set(body) == {"type", "text", "sender", "tracking_data", "keyboard"}
    assert labels(body) == ["Меню"]
    assert "27. Область 26" in body["text"]
