from __future__ import annotations

import pytest

from piamater.sources.licences import licence_of


@pytest.mark.parametrize(
    ("said", "licence"),
    [
        ("https://creativecommons.org/licenses/by-nc-nd/4.0/", "CC-BY-NC-ND-4.0"),
        ("http://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("This work is under a CC BY 4.0 licence.", "CC-BY-4.0"),
        ("CC-BY-NC-SA", "CC-BY-NC-SA"),
        ("Creative Commons Attribution-NonCommercial 4.0 International", "CC-BY-NC-4.0"),
        ("the terms of the Creative Commons Attribution License (2.0)", "CC-BY-2.0"),
        ("Open Government Licence v3.0", "OGL-UK-3.0"),
        ("It is in the public domain.", "public domain"),
        ("DOI: OPEN ACCESS", "open access"),
        ("All rights reserved", ""),
        ("5 cc by mouth", ""),
    ],
)
def test_licences(said: str, licence: str) -> None:
    assert licence_of(said) == licence
