"""The example of the README runs, and records what it says."""

import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from tests.capture import happened, lines

PACKAGE = Path(__file__).resolve().parent.parent


class ReadmeTest(unittest.TestCase):
    def test_the_example(self) -> None:
        readme = (PACKAGE.parent / "README.md").read_text(encoding="utf-8")
        [example] = re.findall(r"^```python\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "example.py").write_text(example, encoding="utf-8")
            command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(PACKAGE)!r}); "
                       "exec(open('example.py', encoding='utf-8').read())"]
            run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
            self.assertEqual(run.stdout.split()[-1], "07000000960123456789abcdef")
            datagram = "07000000960123456789abcdef"
            found = happened(folder / "mine.jsonl")
            self.assertEqual(found, [("sent", datagram), ("received", datagram)])
            self.assertEqual(lines(folder / "mine.jsonl")[0]["peer"], "ann")

    def test_a_game_uses_the_package(self) -> None:
        command = [sys.executable, "-m", "tests.consumer"]
        run = subprocess.run(command, cwd=PACKAGE, capture_output=True, text=True, check=True)
        self.assertEqual(run.stdout, "ok\n")
