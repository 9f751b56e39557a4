"""How the wheel is built: the vectors and the version come from the repository.

With ROLLWIRE_BINARY, the path of a `rollwire` that was built with cargo, the wheel has the command
and is for one platform: that of this machine, or ROLLWIRE_PLATFORM, such as `manylinux_2_34_x86_64`.
Without it the wheel is for every platform and has everything except the command.
"""

from __future__ import annotations

import os
import re
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

REPOSITORY = Path(__file__).resolve().parents[3]


def workspace_version() -> str:
    """The version of the crates, which the packages share."""
    manifest = (REPOSITORY / "Cargo.toml").read_text(encoding="utf-8")
    found = re.search(r'^\[workspace\.package\]\nversion = "([^"]+)"', manifest, re.MULTILINE)
    if found is None:
        raise ValueError(f"{REPOSITORY / 'Cargo.toml'} has no workspace version")
    return found[1]


def platform_tag() -> str:
    """What this machine calls its platform, such as `linux_x86_64`."""
    chosen = os.environ.get("ROLLWIRE_PLATFORM") or sysconfig.get_platform()
    return re.sub("[^0-9A-Za-z]+", "_", chosen)


class VectorsAndCommand(BuildHookInterface[Any]):
    """Adds what is not in the folder of the package."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Says where the files of the wheel come from, and which tag it has."""
        if version == "editable":
            raise RuntimeError("an editable install has no vectors; install without `--editable`")
        included = build_data["force_include"]
        vectors = REPOSITORY / "vectors"
        for path in [*vectors.glob("*/*.json"), *vectors.glob("*.json")]:
            included[str(path)] = f"rollwire/vectors/{path.relative_to(vectors).as_posix()}"
        for name in ["LICENSE-MIT", "LICENSE-APACHE"]:
            included[str(REPOSITORY / name)] = f"rollwire/{name}"
        binary = os.environ.get("ROLLWIRE_BINARY")
        if not binary:
            return
        program = Path(binary)
        if not program.is_absolute():  # pip starts this in another folder than its own
            raise ValueError(f"ROLLWIRE_BINARY: {program} is not an absolute path")
        if not program.is_file():
            raise FileNotFoundError(f"ROLLWIRE_BINARY: there is no file {program}")
        build_data["shared_scripts"][str(program)] = program.name
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform_tag()}"
