"""Judges the codec beside this file with the package `rollwire`, and prints a line for each check:
the case, the operation, the verdict and the code.

`python3 judged.py REVISION [without-nan]`
"""

import sys

from my_codec import Refused, decode, encode, reencode
from rollwire import Codec, checks

CODEC = Codec(
    decode,
    encode,
    reencode=reencode,
    refusal=Refused,
    nan_payload="without-nan" not in sys.argv,
)

for check in checks(revision=int(sys.argv[1])):
    judgement = check.judge(CODEC)
    print(check.case.id, check.kind, judgement.verdict, judgement.code or "-")
