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
# Splits a text into words as a shell does: at spaces, tabs and line ends, with quotes and backslashes. Nothing
# is expanded or run. xargs, which does nearly the same, knows no backslash in quotes.
split() { # NAME TEXT
    words=()
    local name=$1 char word='' has_word='' quote='' escaped=''
    while IFS= read -r -d '' -n 1 char; do
        if [ -n "$escaped" ]; then
            escaped=''
            # A backslash at the end of a line joins it to the next one.
            [ "$char" != $'\n' ] || continue
            # In double quotes, it stays in front of what it does not protect.
            case $quote$char in
                '"'[\"\\\$\`]) ;;
                '"'*) word+=\\ ;;
            esac
            word+=$char
            has_word=1
        elif [ "$char" = \\ ] && [ "$quote" != "'" ]; then
            escaped=1
        elif [ -n "$quote" ]; then
            if [ "$char" = "$quote" ]; then quote=''; else word+=$char; fi
        else
            case $char in
                [\"\'])
                    quote=$char
                    has_word=1
                    ;;
                [$' \t\n'])
                    [ -z "$has_word" ] || words+=("$word")
                    word='' has_word=''
                    ;;
                *)
                    word+=$char
                    has_word=1
                    ;;
            esac
        fi
    done < <(printf %s "$2")
    [ -z "$quote" ] || stop "$name cannot be split into words: the quotation mark $quote is not closed"
    [ -z "$escaped" ] || stop "$name cannot be split into words: a backslash at its end protects nothing"
    [ -z "$has_word" ] || words+=("$word")
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
# `cd -` goes to the last folder, and CDPATH names folders of its own: neither concerns a path that begins at
# the folder here.
directory=${ROLLWIRE_DIRECTORY:-.}
case $directory in
    /* | [A-Za-z]:[\\/]*) ;;
    *) directory=./$directory ;;
esac
cd -- "$directory" 2>/dev/null ||
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
