"""Connects the implementation to the adapter protocol: JSON lines on stdin, answers on stdout."""
import binascii, digest, json, logging, os, re, session, sys  # noqa: E401
from rollwire import REVISION, InputEntry, Refusal, decode, encode, message_class

HELLO = {"impl": {"name": "rollwire-python", "version": "1.0.0", "language": "Python"},
         "revision": REVISION, "window": 256, "sessions": 16, "capabilities":
         "decode encode reencode nan-payload exchange inspect detect digest".split()}
OPERATIONS = {  # hello fails where version 1 is not offered; unhexlify skips no blanks
    "hello": lambda it: {**HELLO, "nonce": it["nonce"], "protocol": max({1} & set(it["protocol"]))},
    "decode": lambda request: value_of(decode(binascii.unhexlify(request["hex"]))),
    "encode": lambda request: {"hex": encode(message_of(request)).hex()},
    "reencode": lambda request: {"hex": encode(decode(binascii.unhexlify(request["hex"]))).hex()},
    "digest": lambda it: {  # without a text that might be too long for the line of an answer
        name: part for name, part in digest.digest(it["state"], it["form"])._asdict().items()
        if len(part) < 1 << 20}, **session.OPERATIONS}
# int() takes at most 4300 digits, and 25 digits are outside every field already.
from_json = json.JSONDecoder(parse_int=lambda n: int(n[:25]), object_hook=lambda members: (
    InputEntry(**members) if set(members) == {"frame", "action"} else members)).decode

def value_of(message):
    fields = dict(vars(message))
    if "timestamp" in fields:
        fields["timestamp"] = format(fields["timestamp"], "016x")
    if "entries" in fields:
        fields["entries"] = [entry._asdict() for entry in fields["entries"]]
    return {"type": message.name, "fields": fields}

def message_of(request):  # leaves wrong values for encode to refuse
    message, fields = message_class(request["type"]), request["fields"]
    if not isinstance(fields, dict) or set(fields) != set(message.__dataclass_fields__):
        raise Refusal("value", f"these are not the fields of {message.name}")
    if "timestamp" in fields:  # refused here: the JSON number 5 would pass for the bits 5
        if type(text := fields["timestamp"]) is not str or not re.fullmatch("[0-9a-f]{16}", text):
            raise Refusal("value", "timestamp is not text of 16 digits 0-9a-f")
        fields["timestamp"] = int(text, 16)
    return message(**fields)

def answer(line):
    request = None
    try:
        request = from_json(line.decode("utf-8"))
        operation = OPERATIONS.get(request["op"])
        result = {"ok": operation(request)} if operation else {"unsupported": {}}
    except Refusal as refusal:
        result = {"reject": {"class": refusal.refusal_class, "message": str(refusal)}}
    except Exception as problem:
        result = {"error": {"message": repr(problem)[:200]}}
    if not isinstance(request, dict) or type(request.get("id")) is not int:
        print("no id to answer:", result, file=sys.stderr)
        return b""
    return (json.dumps({"id": request["id"], **result}) + "\n").encode("ascii")

if "--verbose" in sys.argv: logging.basicConfig(level="DEBUG", format="%(message)s")  # noqa: E701
chunk = pending = b"\n"
while chunk:
    chunk = os.read(0, 1 << 16)  # empty at the end of standard input: then the last line ends
    *lines, pending = (pending + (chunk or b"\n")).split(b"\n")
    answers = b"".join([answer(line) for line in lines if line.strip()])
    while answers:
        answers = answers[os.write(1, answers):]
