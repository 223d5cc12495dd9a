"""Names and answers as small plain letters, so that the same in another spelling is the same."""

import re
import unicodedata


def plain(text: str) -> str:
    """Return a text as small letters and digits without accents, a blank between words.

    >>> plain("Mer sällan än varje månad!")
    'mer sallan an varje manad'
    """
    signs = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in signs if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[a-z0-9]+", letters))


def words_of(name: str) -> str:
    """Return a name as small letters without accents, its parts with a blank between.

    >>> words_of("AUDIT_Fråga-03"), words_of("FödelseDatum")
    ('audit fraga 03', 'fodelse datum')
    """
    parted = re.sub(r"(?<=[^\W\d_])(?<![A-ZÅÄÖ])(?=[A-ZÅÄÖ])", " ", name)
    return plain(parted)
