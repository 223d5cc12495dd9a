"""What all tests share: one library, and a calm hypothesis."""

import pytest
from hypothesis import HealthCheck, settings

from riskbehov.library import Library

settings.register_profile(
    "riskbehov", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.load_profile("riskbehov")


@pytest.fixture(scope="session")
def library() -> Library:
    """Return the library of the checkout: immutable, so one for all tests."""
    return Library.open()
