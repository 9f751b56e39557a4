"""What the tests share: where the adapter and the specification are, and their code blocks."""

import os

from rollwire_reference import StateHash, encode

FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ADAPTER = os.path.join(FOLDER, "adapter.py")
README = os.path.join(FOLDER, "README.md")
AA, BB, CC = "aa" * 8, "bb" * 8, "cc" * 8


def datagram(frame, hash=AA):
    return encode(StateHash(frame, hash))


def blocks(path, kind):
    """The code blocks of this kind in a file of Markdown."""
    with open(path, encoding="utf-8") as file:
        parts = file.read().split(f"```{kind}\n")[1:]
    return [part.split("```")[0] for part in parts]


def chapter_blocks(chapter, kind):
    """The same for a chapter of the specification, each block as a list of its lines."""
    path = os.path.join(FOLDER, "..", "..", "..", "spec", chapter)
    return [block.splitlines() for block in blocks(path, kind)]


def scenarios(chapter):
    """The lines of each scenario in a chapter, such as `confirm 10 aa | queue 10`."""
    return [
        [line for line in lines if line.strip()] for lines in chapter_blocks(chapter, "scenario")
    ]
