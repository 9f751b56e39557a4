#!/usr/bin/env bash
# Runs `rollwire check`, and writes the step summary, the annotations, the badge and the page.
#
# ROLLWIRE_COMMAND     the command of the adapter, as one text
# ROLLWIRE_ARGUMENTS   further options of `rollwire check`, as one text
# ROLLWIRE_STRICT      `true` or `false`
# ROLLWIRE_BASELINE    the path of a baseline, or nothing
# ROLLWIRE_DIRECTORY   where the command is started
#
# The step ends with 0 if there is a run to report, whatever its verdict; the output `exit-code` says
# how the check ended. It has to run in bash 3.2, which macOS has.
set -euo pipefail
# shellcheck source=conformance/action/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# GitHub shows nothing of a longer summary.
MAX_SUMMARY=1000000

words=()
# Splits a text at spaces and line ends, and reads quotes and backslashes. Nothing is expanded or run.
split() { # NAME TEXT
    words=()
    # xargs makes one empty word of nothing.
    [[ $2 =~ [^[:space:]] ]] || return 0
    # As in a shell, a backslash at the end of a line joins it to the next one.
    printf '%s\n' "${2//\\$'\n'/ }" | xargs printf '%s\0' >"$scratch/words" 2>"$scratch/error" ||
        stop "$1 cannot be split into words: $(cat "$scratch/error")"
    local word
    while IFS= read -r -d '' word; do words+=("$word"); done <"$scratch/words"
}

output() { printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"; } # NAME VALUE

temporary=$(as_unix "$RUNNER_TEMP")
scratch=$(mktemp -d "$temporary/rollwire-scratch.XXXXXX")
reports=$(mktemp -d "$temporary/rollwire-reports.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

options=(--format text --output - --format jsonl --output "$reports/events.jsonl")
case ${ROLLWIRE_STRICT:-false} in
    true) options+=(--strict) ;;
    false) ;;
    *) stop "strict: expected true or false, found: $ROLLWIRE_STRICT" ;;
esac
# With `=`, a path that begins with a dash stays a path.
[ -z "${ROLLWIRE_BASELINE:-}" ] || options+=("--baseline=$ROLLWIRE_BASELINE")
split arguments "${ROLLWIRE_ARGUMENTS:-}"
options+=(${words[@]+"${words[@]}"})
split command "${ROLLWIRE_COMMAND:-}"
[ ${#words[@]} = 0 ] || options+=(-- "${words[@]}")
cd -- "${ROLLWIRE_DIRECTORY:-.}" 2>/dev/null ||
    stop "working-directory: the folder ${ROLLWIRE_DIRECTORY:-.} does not exist in $PWD"

# What an adapter prints is not a command to the runner, even if it looks like one.
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "::stop-commands::$token"
code=0
rollwire check "${options[@]}" 2>&1 || code=$?
printf '\n::%s::\n' "$token"
output exit-code "$code"
[ -s "$reports/events.jsonl" ] || stop "the run left no results to report: \`rollwire check\` ended with exit code $code; the log says why"

# Converting ends with the code of the run; whether it worked is seen by its files.
rollwire report convert "$reports/events.jsonl" \
    --format markdown --output "$scratch/summary.md" \
    --format github --output "$scratch/annotations" \
    --format shields --output "$reports/badge.json" \
    --format json --output "$scratch/summary.json" \
    --format html --output "$reports/rollwire.html" >/dev/null || true
for file in "$scratch"/{summary.md,summary.json} "$reports"/{badge.json,rollwire.html}; do
    [ -s "$file" ] || stop "the events cannot be converted: ${file##*/} is missing; the log says why"
done

cat "$scratch/annotations"
if [ "$(wc -c <"$scratch/summary.md")" -gt "$MAX_SUMMARY" ]; then
    echo "The summary of rollwire is too long to be shown here; the artefact has the page." >"$scratch/summary.md"
fi
cat "$scratch/summary.md" >>"$GITHUB_STEP_SUMMARY"
verdict=$(sed -n 's/^  "verdict": "\([^"]*\)",$/\1/p' "$scratch/summary.json")
[ -n "$verdict" ] || stop "the summary has no verdict; does \`rollwire\` belong to this version of the action?"
output verdict "$verdict"
output folder "$(native "$reports")"
output events "$(native "$reports/events.jsonl")"
output page "$(native "$reports/rollwire.html")"
output badge "$(native "$reports/badge.json")"
