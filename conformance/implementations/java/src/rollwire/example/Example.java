package rollwire.example;

import java.util.ArrayDeque;
import java.util.List;
import rollwire.Channel;
import rollwire.Codec;
import rollwire.Digest;
import rollwire.DigestForm;
import rollwire.EpisodeState;
import rollwire.Exchange;
import rollwire.Hex;
import rollwire.Message;
import rollwire.Mismatch;
import rollwire.Peer;
import rollwire.PeerOptions;
import rollwire.Refusal;
import rollwire.RefusalClass;
import rollwire.Stimulus;

/** The example of the README. It checks what it says, and prints one line if all of it is true. */
public final class Example {
    private Example() {
    }

    /** Runs the example. */
    public static void main(String[] arguments) {
        codec();
        exchange();
        peers();
        System.out.println("The example holds.");
    }

    /** A datagram is read and written, or refused with a class. */
    private static void codec() {
        Codec codec = new Codec();
        byte[] datagram = codec.encode(Message.StateHash.of(150, "0123456789abcdef"));
        check(datagram.length == 13);

        if (codec.decode(datagram) instanceof Message.StateHash hash) {
            check(hash.frame() == 150);
            check(Hex.format64(hash.hash()).equals("0123456789abcdef"));
        } else {
            throw new AssertionError("not a STATE_HASH");
        }

        try {
            codec.decode(datagram, 0, 12);
            throw new AssertionError("accepted");
        } catch (Refusal refusal) {
            check(refusal.kind() == RefusalClass.TRUNCATED);
            check(refusal.offset() == 12);
        }
    }

    /** An exchange sends what is confirmed, and finds the frame at which two games differ. */
    private static void exchange() {
        Exchange exchange = new Exchange();
        Wire wire = new Wire();

        // The digest of the state before frame 5 is simulated.
        Digest digest = Digest.of("{\"t\": 0, \"x\": 1.0}", DigestForm.STATE_HASH);
        check(digest.hash().equals("cd8696e8a5f91a4d"));

        exchange.confirm(5, digest.hash());
        exchange.confirm(10, "aaaaaaaaaaaaaaaa");
        check(wire.sent.isEmpty()); // only a tick sends
        exchange.tick(wire);
        check(wire.sent.size() == 2);

        // The partner has the same state before frame 5, and another one before frame 10.
        Codec codec = new Codec();
        exchange.receive(codec.encode(Message.StateHash.of(5, "cd8696e8a5f91a4d")));
        exchange.receive(codec.encode(Message.StateHash.of(10, "bbbbbbbbbbbbbbbb")));
        check(exchange.verified() == 5);
        List<Mismatch> events = exchange.takeEvents();
        check(events.size() == 1 && events.get(0).frame() == 10);

        exchange.rollbackBegin(5); // the hashes from frame 5 on are void
        check(exchange.verified() == 4);
        exchange.rollbackEnd();
    }

    /** Two peers begin an episode together, play three frames and end it together. */
    private static void peers() {
        Wire toRight = new Wire();
        Wire toLeft = new Wire();
        Peer left = new Peer(PeerOptions.of(0, 0), toRight);
        Peer right = new Peer(PeerOptions.of(1, 0), toLeft);

        String start = Digest.of("{}", DigestForm.EPISODE_READY).hash();
        left.handle(new Stimulus.Ready(start));
        right.handle(new Stimulus.Ready(start));
        deliver(toRight, right);
        deliver(toLeft, left);
        check(left.episode().start() == EpisodeState.Start.BOTH);
        check(left.episode().hashes() == EpisodeState.Hashes.EQUAL);

        for (int frame = 0; frame < 3; frame++) {
            left.handle(new Stimulus.Act(frame, 1));
            right.handle(new Stimulus.Act(frame, 2));
            if (frame == 1) {
                toRight.sent.clear(); // both datagrams are lost
                toLeft.sent.clear();
            }
            deliver(toRight, right);
            deliver(toLeft, left);
            left.advance(100);
            right.advance(100);
        }
        // The third INPUT has repeated what was lost.
        check(left.confirmed() == 2 && right.confirmed() == 2);
        check(left.action(1, 1) == 2);

        left.handle(new Stimulus.Ended(3));
        right.handle(new Stimulus.Ended(3));
        deliver(toRight, right);
        deliver(toLeft, left);
        check(left.episode().phase() == EpisodeState.Phase.COMPLETE);
        check(left.episode().agreed() && left.episode().end() == 3);
    }

    private static void deliver(Wire wire, Peer receiver) {
        while (!wire.sent.isEmpty()) {
            receiver.receive(wire.sent.remove());
        }
    }

    private static void check(boolean truth) {
        if (!truth) {
            throw new AssertionError();
        }
    }

    /** A channel that is always open and keeps what it was given. */
    private static final class Wire implements Channel {
        final ArrayDeque<byte[]> sent = new ArrayDeque<>();

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public boolean send(byte[] datagram) {
            return sent.add(datagram);
        }
    }
}
