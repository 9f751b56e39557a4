package rollwire.adapter;

import rollwire.Exchange;
import rollwire.ExchangeOptions;
import rollwire.Peer;
import rollwire.PeerOptions;
import rollwire.Stimulus;

/** A session: one exchange or one peer, with a channel, in virtual time. */
final class Session {
    private final ScriptedChannel channel = new ScriptedChannel();
    private final ReceiveBuffer buffer;
    private final Exchange exchange;
    /** Null in the session of an exchange. */
    private final Peer peer;

    private Session(ReceiveBuffer buffer, ExchangeOptions exchange, PeerOptions options) {
        this.buffer = buffer;
        peer = options == null ? null : new Peer(options, channel);
        this.exchange = peer == null ? new Exchange(exchange) : peer.exchange();
    }

    static Session ofExchange(ReceiveBuffer buffer, ExchangeOptions options) {
        return new Session(buffer, options, null);
    }

    static Session ofPeer(ReceiveBuffer buffer, PeerOptions options) {
        return new Session(buffer, null, options);
    }

    boolean isPeer() {
        return peer != null;
    }

    Exchange exchange() {
        return exchange;
    }

    /** The peer, or null in the session of an exchange. */
    Peer peer() {
        return peer;
    }

    ScriptedChannel channel() {
        return channel;
    }

    void process(Step step) {
        if (step instanceof Step.Script script) {
            channel.script(script.sends());
        } else if (step instanceof Step.Arrives arrives) {
            receive(arrives.hex());
        } else if (step instanceof Step.Happens happens) {
            if (peer != null) {
                peer.handle(happens.stimulus());
            } else {
                toExchange(happens.stimulus());
            }
        }
    }

    private void receive(String hex) {
        int length = buffer.load(hex);
        if (peer != null) {
            peer.receive(buffer.bytes(), ReceiveBuffer.OFFSET, length);
        } else {
            exchange.receive(buffer.bytes(), ReceiveBuffer.OFFSET, length);
        }
        buffer.overwrite(length);
    }

    private void toExchange(Stimulus stimulus) {
        if (stimulus instanceof Stimulus.Confirm confirm) {
            exchange.confirm(confirm.frame(), confirm.hash());
        } else if (stimulus instanceof Stimulus.Tick) {
            exchange.tick(channel);
        } else if (stimulus instanceof Stimulus.RollbackBegin begin) {
            exchange.rollbackBegin(begin.target());
        } else if (stimulus instanceof Stimulus.RollbackEnd) {
            exchange.rollbackEnd();
        } else if (stimulus instanceof Stimulus.Reset) {
            exchange.reset();
        } else if (stimulus instanceof Stimulus.ChannelChange change) {
            channel.setOpen(change.open());
        }
    }
}
