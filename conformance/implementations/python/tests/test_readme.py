"""The examples of the README, and the program that uses the package from outside, run."""

import contextlib
import io
import subprocess
import sys
import unittest

from tests import consumer
from tests.support import FOLDER, README, blocks


class Examples(unittest.TestCase):
    def test_readme(self):
        exchange, lasting, codec, game, wire, log = blocks(README, "python")
        for example in (exchange, lasting, codec, game + wire, log):
            subprocess.run(
                [sys.executable, "-c", example], cwd=FOLDER, check=True, stdout=subprocess.DEVNULL
            )

    def test_consumer(self):
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            consumer.main()
        self.assertEqual(output.getvalue(), "ok\n")


if __name__ == "__main__":
    unittest.main()
