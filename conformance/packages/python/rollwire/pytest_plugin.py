"""The pytest plugin: a test for each check, and a line at the end that says what was checked.

pytest finds it by its entry point. `vectors` is what a test module uses:

    @rollwire.vectors("state_hash")
    def test_state_hash(check):
        check(CODEC)
"""

from __future__ import annotations

from typing import Any

import pytest

from rollwire.cases import REVISION, version
from rollwire.check import Check, WeakAnswer, checks

#: The name of the parameter of a test.
PARAMETER = "check"


def vectors(*topics: str, revision: int = REVISION) -> pytest.MarkDecorator:
    """A test for each check of these topics, by default of all; the parameter is `check`."""
    chosen = checks(*topics, revision=revision)
    return pytest.mark.parametrize(PARAMETER, [pytest.param(one, id=one.id) for one in chosen])


def _check_of(item: pytest.Item) -> Any:
    return getattr(getattr(item, "callspec", None), "params", {}).get(PARAMETER)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tells the reports, such as JUnit's, the case and its rules."""
    check = _check_of(item)
    if isinstance(check, Check):
        item.user_properties.append(("rollwire", check.id))
        item.user_properties.append(("rules", ", ".join(check.case.rules)))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """How many checks passed, failed and were left out. A skipped check is never a passed one."""
    counts = {
        outcome: sum(
            any(name == "rollwire" for name, _ in getattr(report, "user_properties", ()))
            for report in terminalreporter.stats.get(outcome, ())
            if getattr(report, "when", None) == "call"
        )
        for outcome in ("passed", "failed", "skipped")
    }
    if not any(counts.values()):
        return
    weak = sum(
        WeakAnswer.__name__ in str(report.message)
        for report in terminalreporter.stats.get("warnings", ())
    )
    terminalreporter.write_line(
        f"rollwire vectors {version()}: {counts['passed']} checks passed, {weak} of them weak; "
        f"{counts['failed']} failed; {counts['skipped']} not run"
    )
