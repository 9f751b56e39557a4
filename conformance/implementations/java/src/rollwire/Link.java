package rollwire;

/** The channel as a peer knows it: open or not, and hands over one message at a time. */
final class Link implements Channel {
    /** What became of a message. */
    enum Sent {
        /** The channel is not open, so the message was not handed to it. */
        WITHHELD,
        /** The channel has refused it. */
        REFUSED,
        /** The channel has accepted it. */
        ACCEPTED
    }

    private final Codec codec;
    private final Sender sender;
    private boolean open = true;

    Link(Codec codec, Sender sender) {
        this.codec = codec;
        this.sender = sender;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Returns whether this changes anything: opening an open channel does not. */
    boolean setOpen(boolean nowOpen) {
        boolean changed = open != nowOpen;
        open = nowOpen;
        return changed;
    }

    @Override
    public boolean send(byte[] datagram) {
        return sender.send(datagram);
    }

    Sent send(Message message) {
        if (!open) {
            return Sent.WITHHELD;
        }
        byte[] datagram = codec.encode(message);
        try {
            return sender.send(datagram) ? Sent.ACCEPTED : Sent.REFUSED;
        } catch (Throwable e) {
            // An error of the channel is a refusal and has no other effect (PEER-3).
            return Sent.REFUSED;
        }
    }
}
