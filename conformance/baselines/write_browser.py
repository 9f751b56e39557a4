"""Writes browser.toml from an event file: groups failures by topic, check, code and reason."""
import json, sys, re, collections, os
events, out = sys.argv[1], sys.argv[2]
root = "."
cases = {}   # id -> case dict
for base, _, files in os.walk(root + "/vectors"):
    for f in files:
        if f.endswith(".json"):
            try: d = json.load(open(os.path.join(base, f)))
            except Exception: continue
            if isinstance(d, dict) and "cases" in d:
                for c in d["cases"]: cases[c["id"]] = c
            if isinstance(d, dict) and "scenarios" in d:
                for c in d["scenarios"]: cases[c["id"]] = c
MOD = "DataView writes an integer modulo the size of its field"
CONV = "DataView converts every value to a number, and writes 0 where that gives NaN"
TRAIL = "no decoder checks the length: it reads its fields and ignores the bytes after them"
RETRAIL = "the trailing bytes are ignored when decoding, so a datagram is encoded that should have been refused"
SHORT = "no decoder checks the length: where bytes are missing DataView throws a RangeError, which nothing catches"
COUNTMORE = "the count is larger than the number of entries: DataView throws a RangeError, which nothing catches"
COUNTLESS = "the count is smaller than the number of entries; the surplus is ignored like any trailing bytes"
EMPTY = "an empty datagram has no type byte: DataView throws a RangeError, which nothing catches"
TYPEERR = "the encoder uses members of the value without looking at its type: JavaScript throws a TypeError, which nothing catches"
NOVALUE = "the encoder takes no value: it writes the time at which it is called"
LOST = "an error thrown by send ends the step, and the entry that was taken from the queue is lost"
END = "nothing is compared at the end of a rollback, so a pair that was completed during it is never compared"
LONGER = "a longer datagram is accepted as a STATE_HASH: trailing bytes are ignored"
old = {}
import tomllib
oldfile = tomllib.loads(open(root + "/conformance/baselines/browser.toml").read() if len(sys.argv) < 4 else open(sys.argv[3]).read())
import fnmatch
def braces(p):
    m = re.search(r"\{([^{}]*)\}", p)
    if not m: return [p]
    return [q for part in m.group(1).split(",") for q in braces(p[:m.start()] + part + p[m.end():])]
oldglobs = [(e, [re.compile(fnmatch.translate(g)) for g in braces(e["case"])]) for e in oldfile["entry"]]
def oldreason(i, check, code):
    for e, gs in oldglobs:
        if e.get("check", check) == check and e["code"] == code and any(g.match(i) for g in gs): return e["reason"]
def reason(e):
    i, check, code = e["case"], e["check"], e["code"]
    topic, name = i.rsplit("/", 1)
    slug = topic.replace("fresh/", "")
    c = cases.get(i, {})
    fresh = topic.startswith("fresh/")
    if check == "run":
        got = json.dumps(e.get("detail", {}))
        step = stimulus(e)
        if "tick" in step: return LOST
        if "rollback end" in step: return END
        if "recv" in step: return LONGER
        return "?" + step
    if check in ("decode", "reencode"):
        if code == "adapter_error":
            msg = json.dumps(e.get("detail", {}))
            if fresh: return SHORT
            if c.get("hex") == "" : return EMPTY
            if "RangeError" not in msg: return "?" + msg[:200]
            if name.startswith("truncated") or c.get("reject") == "truncated" and not name.startswith("count-") and "entries" not in name: return SHORT
            return COUNTMORE
        if code == "accepted" and fresh and slug == "keepalive": return "KEEPALIVE has no decoder: only the first byte is checked, never the length"
        if code == "accepted" and fresh: return TRAIL if check == "decode" else RETRAIL
        if code == "wrong_bytes" and (slug in ("ping", "validation-ping") or "validation-ping" in name): return NOVALUE
        r = oldreason(i, check, code)
        if r: return r
        if code == "accepted": return TRAIL if check == "decode" else RETRAIL
    if check == "encode":
        if slug in ("ping", "validation-ping") or "validation-ping" in name: return NOVALUE
        if code == "adapter_error": return TYPEERR
        r = oldreason(i, check, code)
        m = re.match(r"the encoder takes the first (\d+) characters and pads with zero bytes$", r or "")
        if m:
            given = c["value"]["fields"]["hash"]
            if len(given) > int(m[1]): return f"the encoder writes the first {m[1]} characters and ignores the others"
            if len(given) == int(m[1]): return "the encoder writes the code of every character, modulo 256" if m[1] == "8" else "each pair of characters is read by parseInt, which ignores a blank before or after the digit".replace(" before or after", " next to")
            return "the encoder writes a zero byte in place of each missing " + ("digit" if m[1] == "8" else "pair of digits")
        if r and not r.startswith("DataView writes an integer modulo the size of its field, and"): return r
        if code == "accepted":
            if fresh: return MOD
            rej = c.get("reject")
            if rej == "range": return MOD
            if rej == "value": return CONV
    return oldreason(i, check, code) or "?"
def stimulus(e):
    d = e.get("detail", {})
    return next((l for l in d.get("steps", []) if l.startswith(">")), "")
groups = collections.defaultdict(set)
freshgroups = collections.Counter()
for line in open(events):
    e = json.loads(line)
    if e.get("event", e.get("type")) not in (None, "check") and "case" not in e: continue
    if "case" not in e or e.get("verdict") not in ("fail", "error"): continue
    topic, name = e["case"].rsplit("/", 1)
    if topic.startswith("fresh/"):
        kind = re.sub(r"-?\d+$", "", name)
        freshgroups[(topic, kind, e["check"], e["verdict"], e["code"], e["rule"], reason(e))] += 1
    else:
        groups[(topic, e["check"], e["verdict"], e["code"], reason(e))].add(name)
if out == "-":
    for k, v in sorted(groups.items()): print(k, len(v), sorted(v)[:4])
    for k, v in sorted(freshgroups.items()): print(k, v)
    sys.exit()
names = collections.defaultdict(set)
for i in cases: names[i.rsplit("/", 1)[0]].add(i.rsplit("/", 1)[1])
def has(topic, name, check): 
    c = cases.get(f"{topic}/{name}"); return c is None or check in c.get("checks", ["run"])
entries = []
for (topic, check, verdict, code, why), members in groups.items():
    left = set(members); parts = []
    # prefixes at hyphens that name only members (among the cases that have this check)
    prefixes = {n[:m.end()] for n in left for m in re.finditer("-", n)}
    for p in sorted(prefixes, key=len):
        covered = {n for n in names[topic] if n.startswith(p) and has(topic, n, check)}
        if len(covered & left) >= 3 and covered <= members and (covered & left) == covered and len(covered) <= 20:
            parts.append((p + "*", len(covered))); left -= covered
    for n in sorted(left): parts.append((n, 1))
    chunk, size = [], 0
    def flush():
        if chunk:
            stems = [p for p in chunk]
            entries.append((topic, stems, check, verdict, code, None, why))
    for p, n in parts:
        if p.endswith("*"):
            entries.append((topic, [p], check, verdict, code, None, why)); continue
        if size + n > 20: flush(); chunk, size = [], 0
        chunk.append(p); size += n
    flush()
def brace(stems):
    if len(stems) == 1: return stems[0]
    pre = os.path.commonprefix(stems); pre = pre[:pre.rfind("-") + 1]
    rest = [s[len(pre):] for s in stems]
    return pre + "{" + ",".join(rest) + "}"
rows = []
for topic, stems, check, verdict, code, rule, why in entries: rows.append((f"{topic}/{brace(stems)}", check, verdict, code, rule, why))
LENGTH = "{EPISODE_*,FOCUS_STATE,INPUT,INPUT_*,KEEPALIVE,P?NG,STATE_HASH,VALIDATION_*}-1"
LENGTH = "{EPISODE_*-1,FOCUS_STATE-1,INPUT-[17],INPUT_*-1,KEEPALIVE-1,PING-1,PONG-1,STATE_HASH-1,VALIDATION_*-1}"
fresh = set()
for topic, kind, check, verdict, code, rule, why in freshgroups:
    if kind == "damaged": continue
    if topic == "fresh/exchange": continue
    fresh.add((f"{topic}/{kind}-*", check, verdict, code, None, why))
for topic in sorted({k[0] for k in freshgroups} - {"fresh/exchange"}):
    case = f"{topic}/damaged-*"
    fresh.add((case, "decode", "fail", "accepted", LENGTH, TRAIL))
    fresh.add((case, "decode", "error", "adapter_error", LENGTH, SHORT))
    fresh.add((case, "decode", "error", "adapter_error", "WIRE-1", EMPTY))
x = "fresh/exchange/*"
fresh |= {(x, "run", "fail", "wrong_state", "EXCH-12", LOST), (x, "run", "fail", "wrong_state", "DETECT-9", END),
          (x, "run", "fail", "wrong_state", "EXCH-18", LONGER), (x, "run", "fail", "wrong_detection", "EXCH-18", LONGER)}
rows += sorted(fresh, key=str)
rows = sorted(set(rows), key=lambda r: (r[0], r[1], r[3], r[4] or ""))
head = """# What the deployed browser implementation gets wrong at revision 7: the DataChannel codec and the
# state-hash exchange of https://github.com/chasemcd/mug as of April 2026. The format is described
# in the README.md next to this file.
#
# Each entry names one cause, not a symptom. An adapter for this implementation answers what its codec
# throws with `error`, and a message of an unknown type, which the implementation ignores with a
# warning, with `reject`. Its channel refuses by throwing: a browser's `send` has no other way, and the
# deployed wrapper returns false only while the channel is not open. In a session the adapter goes on
# after an error that a browser would report and survive. SHOULDs that the implementation does not
# follow are not listed: they fail the run only with --strict.
#
# Entries about fresh cases name rules: EXCH-12 is the lost hash, DETECT-9 the pair that is never
# compared, EXCH-18 the datagram that is not a STATE_HASH.
"""
with open(out, "w") as f:
    f.write(head + "baseline = 1\n")
    for case, check, verdict, code, rule, why in rows:
        f.write(f'\n[[entry]]\ncase = "{case}"\ncheck = "{check}"\nverdict = "{verdict}"\ncode = "{code}"\n')
        if rule: f.write(f'rule = "{rule}"\n')
        f.write(f'reason = "{why}"\n')
print(len(rows), "entries")
