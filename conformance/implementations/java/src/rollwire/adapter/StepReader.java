package rollwire.adapter;

import java.util.ArrayList;
import java.util.List;
import rollwire.Hex;
import rollwire.Stimulus;
import rollwire.json.Json;

/**
 * Reads the list {@code do}. All of it is read before any of it is processed, so a malformed
 * request leaves its session as it was.
 */
final class StepReader {
    private static final int MAX_SENDS = 0xffff;

    private final boolean peer;

    /** A reader for the session of a peer, or for that of an exchange. */
    StepReader(boolean peer) {
        this.peer = peer;
    }

    List<Step> read(Json.Arr list) {
        if (list.items().isEmpty()) {
            throw new Malformed("`do` is empty");
        }
        List<Step> steps = new ArrayList<>(list.items().size());
        for (Json item : list.items()) {
            Json.Obj stimulus = Members.object(item, "stimulus");
            Members.exactly(stimulus, 1, "stimulus");
            steps.add(step(stimulus.names().get(0), stimulus.values().get(0)));
        }
        return steps;
    }

    private Step step(String name, Json value) {
        return switch (name) {
            case "recv" -> new Step.Arrives(Members.hex(value, name));
            case "sends" -> new Step.Script(sends(Members.object(value, name)));
            case "confirm" -> happens(confirm(Members.object(value, name)));
            case "tick" -> happens(empty(name, value, new Stimulus.Tick()));
            case "reset" -> happens(empty(name, value, new Stimulus.Reset()));
            case "rollback" -> happens(rollback(value));
            case "channel" -> happens(channel(value));
            default -> {
                if (!peer) {
                    throw unknown(name);
                }
                yield happens(ofPeer(name, value));
            }
        };
    }

    private static Step happens(Stimulus stimulus) {
        return new Step.Happens(stimulus);
    }

    private static Stimulus ofPeer(String name, Json value) {
        return switch (name) {
            case "advance" -> new Stimulus.Advance(
                    (int) Members.integer(value, name, Stimulus.Advance.MAX));
            case "catch_up" -> empty(name, value, new Stimulus.CatchUp());
            case "act" -> {
                Json.Obj act = Members.object(value, name);
                Members.exactly(act, 2, name);
                yield new Stimulus.Act(frame(act), (int) Members.integer(act, "action", 0xff));
            }
            case "ready" -> {
                Json.Obj ready = Members.object(value, name);
                Members.exactly(ready, 1, name);
                yield new Stimulus.Ready(Members.digits(ready, "hash", 8));
            }
            case "ended" -> {
                Json.Obj ended = Members.object(value, name);
                Members.exactly(ended, 1, name);
                yield new Stimulus.Ended(frame(ended));
            }
            case "focus" -> {
                Json.Obj focus = Members.object(value, name);
                Members.exactly(focus, 2, name);
                yield new Stimulus.Focus(Members.flag(focus, "shown"), frame(focus));
            }
            default -> throw unknown(name);
        };
    }

    private static Stimulus empty(String name, Json value, Stimulus stimulus) {
        Members.exactly(Members.object(value, name), 0, name);
        return stimulus;
    }

    private static Stimulus confirm(Json.Obj confirm) {
        Members.exactly(confirm, 2, "confirm");
        String hash = Members.digits(confirm, "hash", 16);
        return new Stimulus.Confirm(frame(confirm), Hex.parse64(hash));
    }

    private static Stimulus rollback(Json value) {
        if (value instanceof Json.Str word && word.value().equals("end")) {
            return new Stimulus.RollbackEnd();
        }
        Json.Obj rollback = Members.object(value, "rollback");
        Members.exactly(rollback, 1, "rollback");
        return new Stimulus.RollbackBegin(Members.integer(rollback, "begin", Members.MAX_FRAME));
    }

    private static Stimulus channel(Json value) {
        if (value instanceof Json.Str word) {
            if (word.value().equals("open")) {
                return new Stimulus.ChannelChange(true);
            }
            if (word.value().equals("closed")) {
                return new Stimulus.ChannelChange(false);
            }
        }
        throw new Malformed("`channel` is neither `open` nor `closed`");
    }

    private ScriptedChannel.Sends sends(Json.Obj sends) {
        boolean hasTypes = peer && sends.get("types") != null;
        Members.exactly(sends, hasTypes ? 4 : 3, "sends");
        int accept = (int) Members.integer(sends, "accept", MAX_SENDS);
        boolean all = sends.get("refuse") instanceof Json.Str word && word.value().equals("all");
        int refuse = all ? -1 : (int) Members.integer(sends, "refuse", MAX_SENDS);
        String how = Members.text(sends, "how");
        if (!how.equals("false") && !how.equals("throw")) {
            throw new Malformed("`how` is neither `false` nor `throw`");
        }
        boolean[] counts = hasTypes
                ? types(Members.list(sends, "types"))
                : ScriptedChannel.onlyStateHash();
        return new ScriptedChannel.Sends(accept, refuse, how.equals("throw"), counts);
    }

    private static boolean[] types(Json.Arr list) {
        boolean[] counts = new boolean[256];
        for (Json item : list.items()) {
            int type = (int) Members.integer(item, "types", 0xff);
            if (counts[type]) {
                throw new Malformed("`types` has a number twice");
            }
            counts[type] = true;
        }
        return counts;
    }

    private static long frame(Json.Obj object) {
        return Members.integer(object, "frame", Members.MAX_FRAME);
    }

    private static Malformed unknown(String name) {
        return new Malformed("an unknown stimulus: " + name);
    }
}
