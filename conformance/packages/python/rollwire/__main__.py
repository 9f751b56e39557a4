"""`python -m rollwire`: starts the program that the wheel of this platform brings.

The same program is on the path of an environment that is active, as `rollwire`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from importlib.metadata import version
from pathlib import Path

NAME = "rollwire.exe" if os.name == "nt" else "rollwire"

#: The exit code of a shell for a command that was not found.
NOT_FOUND = 127


def program() -> Path:
    """Where pip puts the program. Whether it is there depends on the wheel."""
    schemes = ["", f"{os.name}_user"]
    folders = [
        sysconfig.get_path("scripts", scheme) if scheme else sysconfig.get_path("scripts")
        for scheme in schemes
        if not scheme or scheme in sysconfig.get_scheme_names()
    ]
    found = [Path(folder) / NAME for folder in folders]
    return next((path for path in found if path.is_file()), found[0])


def main() -> int:
    """Runs the program with the arguments of this process, and returns its exit code."""
    path = program()
    if not path.is_file():
        print(
            f"rollwire: there is no program {path}: rollwire {version('rollwire')} was installed "
            f"from a wheel without it, because there is none for {sysconfig.get_platform()}; "
            "install the command with cargo",
            file=sys.stderr,
        )
        return NOT_FOUND
    arguments = [str(path), *sys.argv[1:]]
    if os.name != "nt":
        os.execv(path, arguments)  # signals and the exit code are those of the program
    return subprocess.call(arguments)


if __name__ == "__main__":
    sys.exit(main())
