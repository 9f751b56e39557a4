package rollwire;

/** Hands datagrams to a channel. */
@FunctionalInterface
public interface Sender {
    /**
     * Sends a datagram.
     *
     * <p>A send is refused by returning false or by throwing. If it does anything else, it was
     * accepted (EXCH-13, PEER-3).
     *
     * @return whether the channel has accepted the datagram
     */
    boolean send(byte[] datagram);
}
