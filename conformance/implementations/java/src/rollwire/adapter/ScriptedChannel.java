package rollwire.adapter;

import java.util.ArrayList;
import java.util.List;
import rollwire.Channel;

/**
 * The channel of a session. It accepts and refuses as {@code sends} says, even while it is closed:
 * a real channel would refuse then, but here the attempt must be visible.
 */
final class ScriptedChannel implements Channel {
    private final List<byte[]> sent = new ArrayList<>();
    private boolean open = true;
    private Sends script = new Sends(0, 0, false, onlyStateHash());

    /**
     * How sends are answered.
     *
     * @param accept how many are accepted first
     * @param refuse how many are refused then; -1 for all
     * @param byThrowing whether a refusal is an exception
     * @param counts which first bytes count; other datagrams are accepted
     */
    record Sends(int accept, int refuse, boolean byThrowing, boolean[] counts) {
    }

    /** What counts if a {@code sends} does not say: STATE_HASH. */
    static boolean[] onlyStateHash() {
        boolean[] counts = new boolean[256];
        counts[7] = true;
        return counts;
    }

    void script(Sends next) {
        script = next;
    }

    void setOpen(boolean nowOpen) {
        open = nowOpen;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean send(byte[] datagram) {
        if (script.counts[datagram[0] & 0xff] && !accepts()) {
            if (script.byThrowing) {
                throw new IllegalStateException("the channel refuses");
            }
            return false;
        }
        sent.add(datagram.clone());
        return true;
    }

    private boolean accepts() {
        if (script.accept > 0) {
            script = new Sends(script.accept - 1, script.refuse, script.byThrowing, script.counts);
            return true;
        }
        if (script.refuse > 0) {
            script = new Sends(0, script.refuse - 1, script.byThrowing, script.counts);
            return false;
        }
        return script.refuse == 0;
    }

    /** What was accepted since the last call. */
    List<byte[]> takeSent() {
        List<byte[]> taken = new ArrayList<>(sent);
        sent.clear();
        return taken;
    }
}
