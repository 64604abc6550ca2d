"""Text that was decoded in a wrong encoding."""

from __future__ import annotations

import subprocess
import sys

import pytest

from transclean import Cleaner

CLEANER = Cleaner(select=["mojibake"])


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        pytest.param("the millâ€™s owner", "the mill’s owner", id="apostrophe"),
        pytest.param("The cafÃ© in NÃ®mes", "The café in Nîmes", id="letters"),
        pytest.param("voilÃ  the bill", "voilà the bill", id="no-break space made plain"),
        pytest.param("some 500Â km and 3Â\u00a0000Â £", "some 500 km and 3 000 £", id="stray Â"),
        pytest.param("itÃ¢â‚¬â„¢s over", "it’s over", id="doubly encoded"),
        pytest.param("itâ\x80\x99s over", "it’s over", id="as Latin-1"),
        pytest.param("it‚Äôs over", "it’s over", id="as MacRoman"),
        pytest.param("itвЂ™s over", "it’s over", id="as Windows-1251"),
        pytest.param("the cÅ“ur", "the cœur", id="its word makes it sure"),
        pytest.param("CafÃ© “FlorÃ©al” is open", "Café “Floréal” is open", id="right marks beside"),
        pytest.param("it\x92s \x93over\x94", "it’s “over”", id="C1 controls"),
        pytest.param("the townÕs hall", "the town’s hall", id="Macintosh"),
    ],
)
def test_a_safe_fix_restores_the_text(bad, good):
    assert CLEANER.fix(bad).text == good


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        pytest.param("“Wait,â€ she said", "“Wait,” she said", id="closing mark without its end"),
        pytest.param("ÒWait,Ó she said", "“Wait,” she said", id="Macintosh quotation marks"),
        pytest.param("I don\ufffdt know", "I don’t know", id="replacement character"),
        pytest.param("I don?t know", "I don’t know", id="question mark"),
    ],
)
def test_a_likely_fix_is_suggested(bad, good):
    assert CLEANER.fix(bad).text == bad
    assert CLEANER.fix(bad, suggested=True).text == good


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("São Paulo, ÂNGELA, ÇATALHÖYÜK, “É”, ‘Å’, Ã", id="letters of other languages"),
        pytest.param("the mojibake â€™ stands for an apostrophe", id="text about encodings"),
        pytest.param("MÜ“x” and É… and À la carte", id="marks that touch capitals"),
        pytest.param("жизнь 日本語 العربية", id="other scripts"),
    ],
)
def test_right_text_stays(text):
    assert CLEANER.check(text) == []


def test_the_smallest_span_is_flagged():
    [finding] = CLEANER.check("The millâ€™s owner left.")
    assert finding.text == "â€™"


def test_ftfy_is_imported_only_where_something_looks_wrong():
    code = (
        "import sys; from transclean import check_text;"
        "check_text('The café “Déjà Vu” – closed.'); print('ftfy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "False"
