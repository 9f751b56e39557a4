package rollwire;

import java.util.ArrayList;
import java.util.List;

/**
 * The outbound queue: hashes that are waiting to be sent, in the order in which they were confirmed
 * (EXCH-7). Only an accepted send, a rollback and a reset take an entry out (EXCH-4).
 *
 * <p>It is a linked list of its own, because {@code send} may call the exchange again (EXCH-33). An
 * entry that is taken out in the meantime knows it, and still knows its successor.
 */
final class HashQueue {
    private final int sends;
    private Node first;
    private Node last;

    HashQueue(int sends) {
        this.sends = sends;
    }

    /** Creates an entry without queueing it: this is the part that needs memory (EXCH-34). */
    Node prepare(long frame, long hash) {
        return new Node(frame, hash);
    }

    void append(Node node) {
        node.queued = true;
        node.previous = last;
        if (last == null) {
            first = node;
        } else {
            last.next = node;
        }
        last = node;
    }

    /** Tries each entry once, the front first, until one is refused (EXCH-8, EXCH-11, EXCH-36). */
    void send(Codec codec, Channel channel) {
        for (Node node = first; node != null; node = node.next) {
            if (!node.queued) {
                continue;
            }
            if (!channel.isOpen() || !accepted(codec, channel, node)) {
                return;
            }
            // A rollback or a reset may have come from within send: then nothing is left to count.
            if (node.queued && ++node.accepted >= sends) {
                remove(node);
            }
        }
    }

    private static boolean accepted(Codec codec, Channel channel, Node node) {
        try {
            return channel.send(codec.encode(new Message.StateHash(node.frame, node.hash)));
        } catch (Throwable e) {
            // Whatever it is, the datagram was not sent, and the game's step goes on (EXCH-13).
            return false;
        }
    }

    /** Takes out every entry whose frame is this one or greater (EXCH-20). */
    void removeFrom(long frame) {
        for (Node node = first; node != null; node = node.next) {
            if (node.frame >= frame) {
                remove(node);
            }
        }
    }

    List<FrameHash> entries() {
        List<FrameHash> entries = new ArrayList<>();
        for (Node node = first; node != null; node = node.next) {
            entries.add(new FrameHash(node.frame, node.hash));
        }
        return entries;
    }

    /** The node keeps its own links, so that a loop that stands on it finds the way on. */
    private void remove(Node node) {
        node.queued = false;
        if (node.previous == null) {
            first = node.next;
        } else {
            node.previous.next = node.next;
        }
        if (node.next == null) {
            last = node.previous;
        } else {
            node.next.previous = node.previous;
        }
    }

    /** An entry of the queue. */
    static final class Node {
        private final long frame;
        private final long hash;
        private int accepted;
        private boolean queued;
        private Node previous;
        private Node next;

        private Node(long frame, long hash) {
            this.frame = frame;
            this.hash = hash;
        }
    }
}
