"""Where quotations begin and end, whole and torn."""

import pytest

from helpers import document_of
from transclean.prose import quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("He said “no” twice.", ["“no”"], id="one"),
        pytest.param("He said “no” and “never”.", ["“no”", "“never”"], id="two"),
        pytest.param('„Nein“ and «oui» and "si".', ["„Nein“", "«oui»", '"si"'], id="foreign"),
        pytest.param("It “has ended“. The party left.", ["“has ended“"], id="turned"),
        pytest.param("It “has ended “, he said.", ["“has ended “"], id="turned after a space"),
        pytest.param("“Nobody leaves », he said.", ["“Nobody leaves »"], id="mixed"),
        pytest.param('“Nobody leaves", he said.', ['“Nobody leaves"'], id="curly and straight"),
        pytest.param('“He wrote "no" to me,” she said.', ['“He wrote "no" to me,”'], id="nested"),
        pytest.param(
            "“He wrote «no» to me,” she said.", ["“He wrote «no» to me,”"], id="of two kinds"
        ),
        pytest.param("It has ended“. The party left.", [], id="only a turned one"),
        pytest.param("He said “no. The party left.", ["“no. The party left."], id="never closed"),
        pytest.param('He said ("no") twice.', ['"no"'], id="in brackets"),
    ],
)
def test_quotations(text, expected):
    (segment,) = document_of(text).segments
    assert [text[span.start : span.end] for span in quotations(segment)] == expected
