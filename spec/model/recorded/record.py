"""Writes the recorded cases of vectors/digest/, or compares them with the files.

    python3 record.py [--check] [FOLDER]

The states are those of the modules states_*.py; the answers are those of the deployed recipe. A
state with which the recipe does something else than its list says is not a case, and ends the program.
"""

import json
import sys
from pathlib import Path

import states_exact
import states_games
import states_keys
import states_lenient
import states_numbers
import states_readers
import states_refused
import states_rounding
import states_sizes
import states_strings
import states_structure
import states_surrogates
from listed import SINCE
from recipe import digests

TOPICS = {
    "exact": states_exact,
    "games": states_games,
    "keys": states_keys,
    "lenient": states_lenient,
    "numbers": states_numbers,
    "readers": states_readers,
    "refused": states_refused,
    "rounding": states_rounding,
    "sizes": states_sizes,
    "strings": states_strings,
    "structure": states_structure,
    "surrogates": states_surrogates,
}
PUBLISHED = Path(__file__).parents[3] / "vectors" / "digest"


def answer(case_id, outcome, digest):
    """The members of a case that list the allowed answers, and its level."""
    if "refused" in outcome:
        if digest is not None:
            sys.exit(f"{case_id}: listed as refused, and the recipe says {digest}")
        classes = outcome["refused"].split()
        if len(classes) > 1:
            return "must", {"one_of": [{"grade": "pass", "reject": it} for it in classes]}
        return "must", {"reject": classes[0]}
    if digest is None:
        sys.exit(f"{case_id}: the recipe refuses it")
    if "better_refused" in outcome:
        refusal = {"grade": "pass", "reject": outcome["better_refused"]}
        return "should", {"one_of": [refusal, {"grade": "weak", **digest}]}
    if "may_be_refused" in outcome:
        refusal = {"grade": "weak", "reject": outcome["may_be_refused"]}
        return "should", {"one_of": [{"grade": "pass", **digest}, refusal]}
    return "must", digest


def recorded(topic, states):
    """The file of a topic."""
    cases = []
    for listed, digest in zip(states, digests([(it["form"], it["text"]) for it in states])):
        case_id = f"digest-{topic}/{listed['slug']}"
        level, answers = answer(case_id, listed["outcome"], digest)
        cases.append(
            {
                "id": case_id,
                "since": SINCE[listed["form"]],
                "source": "recorded",
                "rules": listed["rules"],
                "level": level,
                "comment": listed["comment"],
                "flags": listed["flags"],
                "form": listed["form"],
                "state": listed["text"],
                **answers,
                "checks": ["digest"],
            }
        )
    return {"vectors": 1, "kind": "digest", "topic": f"digest_{topic}", "cases": cases}


def differences(folder, files):
    """The files of a folder that differ from what was just recorded, one line each."""
    there = {path.stem for path in folder.glob("*.json")}
    found = [f"{topic}.json is not recorded" for topic in sorted(there - files.keys())]
    for topic, made in files.items():
        path = folder / f"{topic}.json"
        if not path.exists():
            found.append(f"{path.name} is missing")
            continue
        committed = json.loads(path.read_text(encoding="utf-8"))
        if committed == made:
            continue
        old = {case["id"]: case for case in committed["cases"]}
        new = {case["id"]: case for case in made["cases"]}
        changed = sorted(it for it in old.keys() | new.keys() if old.get(it) != new.get(it))
        found.append(f"{path.name}: {', '.join(changed) or 'another order'}")
    return found


def main(arguments):
    """Records everything, then writes it or compares it."""
    check = arguments[:1] == ["--check"]
    folders = arguments[1:] if check else arguments
    folder = Path(folders[0]) if folders else PUBLISHED
    files = {topic: recorded(topic, module.STATES) for topic, module in TOPICS.items()}
    if check:
        found = differences(folder, files)
        print("\n".join(found) or f"{sum(len(it['cases']) for it in files.values())} cases")
        sys.exit(1 if found else 0)
    folder.mkdir(parents=True, exist_ok=True)
    for topic, made in files.items():
        text = json.dumps(made, indent=2) + "\n"
        (folder / f"{topic}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
