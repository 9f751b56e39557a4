"""How a state is listed: the rule that it tests, and how its digest is made."""

READY = "episode_ready"
HASH = "state_hash"
SINCE = {HASH: 5, READY: 3}


def state(slug, rules, flags, text, comment, form=HASH, **outcome):
    """One state in one form. The recipe makes its digest, unless `outcome` contains one of these words:

    refused="class"        the recipe refuses it, and every implementation must; of several classes,
                           with blanks between them, each is right
    better_refused="class" the recipe makes a digest, and refusing is preferred
    may_be_refused="class" the digest is preferred, and refusing is the alternative
    """
    return {
        "slug": slug,
        "rules": rules.split(),
        "flags": flags.split(),
        "text": text,
        "comment": comment,
        "form": form,
        "outcome": outcome,
    }


def both(slug, rules, flags, text, comment, ready_rules=None, **outcome):
    """The same state in both forms, about `ready_rules` in the 8-digit form, if they are given."""
    return [
        state(slug, rules, flags, text, comment, HASH, **outcome),
        state(f"{slug}-ready", ready_rules or rules, flags, text, comment, READY, **outcome),
    ]
