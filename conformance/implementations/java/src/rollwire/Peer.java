package rollwire;

import java.util.ArrayDeque;
import java.util.List;
import rollwire.Timers.Timer;

/**
 * A whole peer in virtual time, without input or output of its own.
 *
 * <p>The game hands over what happens, and the peer hands datagrams to a {@link Sender}. Its clock
 * is 0 at first and moves only by {@link #advance}. Its channel is open at first (PEER).
 *
 * <p>It is not safe for use by several threads at once. If {@code send} calls the peer again, the
 * call is put off until the current one is done. What a peer holds, and what it does for one
 * datagram, is bounded whatever the partner sends (PEER-5).
 */
public final class Peer {
    private final PeerOptions options;
    private final Codec codec;
    private final Link link;
    private final Timers timers = new Timers();
    private final Exchange exchange;
    private final OwnInputs own;
    private final PartnerInputs partner;
    private final Liveness liveness;
    private final Validation validation;
    private final Episodes episodes;
    private final CatchUp catchUp;
    private final FocusExchange focus;
    /** What send has called while something else is being processed. */
    private final ArrayDeque<Stimulus> putOff = new ArrayDeque<>();
    private boolean busy;

    /** A peer whose channel has just opened and whose clock is 0. */
    public Peer(PeerOptions options, Sender sender) {
        this.options = options;
        codec = new Codec(options.revision());
        link = new Link(codec, sender);
        exchange = new Exchange(options.exchange());
        own = new OwnInputs(options, codec, link);
        partner = new PartnerInputs(options.firstFrame(), options.parameters().ahead());
        liveness = new Liveness(timers, link);
        validation = new Validation(
                timers, link, liveness, options.parameters().validationRepeatMs());
        episodes = new Episodes(timers, link, options, partner);
        catchUp = new CatchUp(timers, link, options, own, partner);
        focus = new FocusExchange(link);
        validation.opened();
    }

    /** Time has passed: 0 to 3,600,000 milliseconds (PEER-1). */
    public void advance(int milliseconds) {
        handle(new Stimulus.Advance(milliseconds));
    }

    /**
     * A datagram has arrived.
     *
     * @return whether it is a message; one that is refused changes nothing (PEER-4)
     */
    public boolean receive(byte[] datagram) {
        return receive(datagram, 0, datagram.length);
    }

    /** The same for a datagram that is a part of a buffer, which may be used again at once. */
    public boolean receive(byte[] buffer, int offset, int length) {
        Message message;
        try {
            message = codec.decode(buffer, offset, length);
        } catch (Refusal e) {
            return false;
        }
        handle(new Stimulus.Receive(message));
        return true;
    }

    /** Processes one stimulus, and then those that {@code send} has caused in the meantime. */
    public void handle(Stimulus stimulus) {
        if (busy) {
            if (!(stimulus instanceof Stimulus.Tick)) { // a tick within a send does nothing
                putOff.add(stimulus);
            }
            return;
        }
        busy = true;
        try {
            for (Stimulus next = stimulus; next != null; next = putOff.poll()) {
                process(next);
            }
        } finally {
            busy = false;
        }
    }

    private void process(Stimulus stimulus) {
        if (stimulus instanceof Stimulus.Receive received) {
            receive(received.message());
            settle();
        } else if (stimulus instanceof Stimulus.Advance advance) {
            advanceTo(timers.now() + advance.milliseconds());
        } else if (stimulus instanceof Stimulus.Act act) {
            if (episodes.isRunning()) {
                own.act(act.frame(), act.action());
                settle();
            }
        } else if (stimulus instanceof Stimulus.Confirm confirm) {
            exchange.confirm(confirm.frame(), confirm.hash());
        } else if (stimulus instanceof Stimulus.Tick) {
            exchange.tick(link);
        } else if (stimulus instanceof Stimulus.RollbackBegin begin) {
            exchange.rollbackBegin(begin.target());
        } else if (stimulus instanceof Stimulus.RollbackEnd) {
            exchange.rollbackEnd();
        } else if (stimulus instanceof Stimulus.Ready ready) {
            ready(ready.hash());
        } else if (stimulus instanceof Stimulus.Ended ended) {
            episodes.ended(ended.frame());
            settle();
        } else if (stimulus instanceof Stimulus.CatchUp) {
            if (episodes.isRunning()) {
                catchUp.ask();
            }
        } else if (stimulus instanceof Stimulus.Focus change) {
            focus.focus(change.shown(), change.frame());
        } else if (stimulus instanceof Stimulus.ChannelChange change) {
            channel(change.open());
        } else if (stimulus instanceof Stimulus.Reset) {
            reset();
        }
    }

    private void receive(Message message) {
        switch (message.type()) {
            case INPUT -> {
                Message.Input input = (Message.Input) message;
                receiveEntries(input.player(), input.entries());
            }
            case INPUT_RESPONSE -> {
                // While it waits, the peer has not asked for inputs of this episode (EPISODE-13).
                if (episodes.isRunning()) {
                    Message.InputResponse response = (Message.InputResponse) message;
                    receiveEntries(response.player(), response.entries());
                }
            }
            case STATE_HASH -> {
                if (((Message.StateHash) message).frame() <= episodes.limit()) {
                    exchange.receive(message);
                }
            }
            case PING -> liveness.ping((Message.Ping) message);
            case PONG -> liveness.pong((Message.Pong) message);
            case VALIDATION_PING -> validation.ping((Message.ValidationPing) message);
            case VALIDATION_PONG -> validation.pong((Message.ValidationPong) message);
            case EPISODE_READY -> episodes.received((Message.EpisodeReady) message);
            case EPISODE_END -> episodes.received((Message.EpisodeEnd) message);
            case INPUT_REQUEST -> catchUp.answer((Message.InputRequest) message);
            case FOCUS_STATE -> focus.received((Message.FocusState) message);
            case KEEPALIVE -> { } // KEEPALIVE-2
        }
    }

    /** Only the partner speaks for the partner (SYNC-6, CATCHUP-11). */
    private void receiveEntries(int player, List<Entry> entries) {
        if (player == 1 - options.local()) {
            partner.receive(entries, episodes.limit());
        }
    }

    /** What follows from new entries and new ends, once for each stimulus (SYNC-11). */
    private void settle() {
        partner.confirm(own.next());
        if (episodes.settle()) {
            catchUp.end();
        }
        catchUp.settle();
    }

    private void advanceTo(long end) {
        for (Timer timer = timers.next(end); timer != null; timer = timers.next(end)) {
            switch (timer) {
                case VALIDATION_FAILS -> validation.failDue();
                case VALIDATION_PING -> validation.pingDue();
                case PING -> liveness.pingDue();
                case START_ALONE -> episodes.startAloneDue();
                case READY_REPEAT -> episodes.readyRepeatDue();
                case EPISODE_COMPLETE -> {
                    episodes.completeDue();
                    catchUp.end();
                }
                case END_REPEAT -> episodes.endRepeatDue();
                case REQUEST_GIVEN_UP -> catchUp.end();
                case REQUEST_REPEAT -> catchUp.repeatDue();
            }
        }
    }

    private void ready(String hash) {
        if (episodes.canBegin()) {
            partner.forgetEnd();
            reset();
            episodes.begin(hash);
        }
    }

    private void reset() {
        own.reset();
        partner.reset();
        exchange.reset();
        catchUp.end();
    }

    private void channel(boolean open) {
        if (!link.setOpen(open)) {
            return;
        }
        if (open) {
            validation.opened();
            focus.opened();
        } else {
            validation.closed();
            liveness.closed();
        }
    }

    /** The clock, in milliseconds. */
    public long now() {
        return timers.now();
    }

    /** The confirmed frame, or -1 for none (SYNC-11). */
    public long confirmed() {
        return partner.confirmed();
    }

    /** The next frame that an act counts for (SYNC-1); 4294967296 after the last frame. */
    public long nextFrame() {
        return own.next();
    }

    /** The partner's entries beyond the confirmed frame, by ascending frame. */
    public List<Entry> held() {
        return partner.held();
    }

    /**
     * The action of a player for a frame, or -1 if it is not known or no longer kept. Of the
     * partner at least the actions that the newest datagram has confirmed are kept.
     */
    public int action(int player, long frame) {
        Fields.u32("frame", frame);
        return player == options.local() ? own.action(frame) : partner.action(frame);
    }

    /** The newest ten round trips in milliseconds, the oldest first (LIVE-10). */
    public long[] roundTrips() {
        return liveness.roundTrips();
    }

    /** The state of the validation. */
    public ValidationState validation() {
        return validation.state();
    }

    /** The current episode, or null before the first one. */
    public EpisodeState episode() {
        return episodes.state();
    }

    /** The request for inputs that is waiting, or null (CATCHUP-1). */
    public Message.InputRequest request() {
        return catchUp.request();
    }

    /** Whether the partner's page counts as shown (FOCUS-5). */
    public boolean partnerShown() {
        return focus.partnerShown();
    }

    /**
     * The exchange of state hashes, to read from and to take events from. Confirm, tick, rollback
     * and reset are stimuli of the peer: hand them to {@link #handle}.
     */
    public Exchange exchange() {
        return exchange;
    }
}
