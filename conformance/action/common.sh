# shellcheck shell=bash
# What the scripts of the action share. It has to run in bash 3.2, which macOS has.

# Ends the step with an annotation. What GitHub takes for the end of the text is escaped.
stop() { # TEXT
    local text=$1
    text=${text//'%'/%25}
    text=${text//$'\r'/%0D}
    text=${text//$'\n'/%0A}
    printf '::error title=rollwire::%s\n' "$text" >&2
    exit 2
}

# A path as programs of Windows write it, which GitHub and the next steps read.
native() { # PATH
    if command -v cygpath >/dev/null; then cygpath -w "$1"; else printf '%s\n' "$1"; fi
}

# A path as this shell writes it.
as_unix() { # PATH
    if command -v cygpath >/dev/null; then cygpath -u "$1"; else printf '%s\n' "$1"; fi
}
