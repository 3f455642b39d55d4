"""What to bring: by specialist, by kinship, to a visit or a call."""

import pytest

from casework import seed
from casework.booking.appointments import Means
from casework.booking.wording import bring
from casework.ids import StructureId
from casework.reference import ReferenceBook, Sort
from casework.registering import Kinship
from dialogs.words import LANGUAGES
from tests.visiting import WORDS

BOOK = ReferenceBook(seed.entries())
STRUCTURES = [StructureId(one.name) for one in BOOK.today(Sort.STRUCTURE)]


def words(language: str, structure: StructureId, kinship: Kinship | None, means: Means = Means.VISIT) -> str:
    return " ".join(WORDS.say(language, say) for say in bring(structure, kinship, means, BOOK))


@pytest.mark.parametrize(
    ("kinship", "paper"),
    [
        (Kinship.MOTHER, "свідоцтво про народження вашої дитини"),
        (Kinship.FATHER, "свідоцтво про народження вашої дитини"),
        (Kinship.WIFE, "свідоцтво про шлюб"),
        (Kinship.HUSBAND, "свідоцтво про шлюб"),
        (Kinship.SON, "ваше свідоцтво про народження"),
        (Kinship.DAUGHTER, "ваше свідоцтво про народження"),
        (Kinship.SISTER, "ваше і брата чи сестри, яких шукаєте"),
        (Kinship.BROTHER, "ваше і брата чи сестри, яких шукаєте"),
        (Kinship.GRANDPARENT, "свідоцтва про народження і шлюб, які показують"),
        (Kinship.OTHER_RELATIVE, "свідоцтва про народження і шлюб, які показують"),
        (Kinship.CLOSE, "Документів про родинний зв’язок не треба"),
        (None, "Якщо є документи про родинний зв’язок"),
    ],
)
def test_the_paper_that_shows_each_kinship(kinship: Kinship | None, paper: str) -> None:
    assert paper in words("uk", StructureId("police-investigator"), kinship)


@pytest.mark.parametrize(
    ("structure", "also"),
    [
        (StructureId("police-investigator"), "фото людини"),
        (StructureId("commissioner-missing"), "витяг з ЄРДР"),
        (StructureId("lawyer"), "письмові відповіді"),
        (StructureId("sbu"), "усе, що вказує на полон"),
        (StructureId("national-guard"), "все, що відомо про частину"),
    ],
)
def test_what_each_specialist_needs(structure: StructureId, also: str) -> None:
    assert also in words("uk", structure, Kinship.MOTHER)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("structure", STRUCTURES)
def test_there_are_words_for_everybody(structure: StructureId, language: str) -> None:
    for kinship in (*Kinship, None):
        for means in Means:
            told = words(language, structure, kinship, means)
            if structure == "psychologist":
                assert told == WORDS.say(language, bring(structure, None, means, BOOK)[0]), "to a psychologist nothing"
                assert len(bring(structure, kinship, means, BOOK)) == 1
            else:
                needed = [one.name for one in bring(structure, kinship, means, BOOK)]
                assert (needed[0].startswith("bring-to"), needed[-1]) == (True, f"bring-{structure}")
                at_hand = {"uk": "під рукою", "en": "at hand"}[language]
                assert (at_hand in told) is (means is not Means.VISIT)
