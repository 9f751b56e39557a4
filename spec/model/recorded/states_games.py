"""States like those of games, and states that test only the hash."""

from listed import READY, both, state

STATES = [
    *both(
        "empty",
        "DIGEST-26",
        "basic canonical-hash",
        "{}",
        "nothing but the hash of two characters",
        ready_rules="DIGEST-27",
    ),
    *both(
        "empty-list",
        "DIGEST-26",
        "canonical-hash",
        "[]",
        "an array is a state too; a line end that is hashed with it gives another hash",
        ready_rules="DIGEST-27",
    ),
    *both(
        "t-0",
        "DIGEST-26",
        "canonical-hash",
        '{"t":0}',
        "one member: the other hash function, the other number of digits, or the last digits",
        ready_rules="DIGEST-27",
    ),
    *both(
        "t-0-x-1",
        "DIGEST-26",
        "canonical-hash",
        '{"t":0,"x":1}',
        "a hash with letters: in upper case it is another text",
        ready_rules="DIGEST-27",
    ),
    state(
        "leading-zero",
        "DIGEST-26",
        "canonical-hash",
        '{"t":18}',
        "the hash begins with 0: taken for a number, it loses a digit",
    ),
    state(
        "leading-zero-ready",
        "DIGEST-27",
        "canonical-hash",
        '{"t":33}',
        "the hash begins with 0: taken for a number, it loses a digit",
        READY,
    ),
    *both(
        "overcooked",
        "DIGEST-8",
        "separator",
        '{"agent_pos":[0,0],"goal_pos":[5,5],"steps":0}',
        "positions and a counter: the other form has other separators",
        ready_rules="DIGEST-9",
    ),
    *both(
        "slime-volleyball",
        "DIGEST-18",
        "decimal-rounding",
        '{"ball":{"x":0.9877041560435545,"y":-1.2000000000000002,"vx":-0.17320508075688773},'
        '"agent_left":{"x":-1.2,"y":0.15},"agent_right":{"x":1.2,"y":0.15},"t":17}',
        "a ball in flight: numbers with all the digits that a double has, rounded in one form only",
        ready_rules="DIGEST-24",
    ),
]
