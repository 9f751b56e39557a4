package rollwire;

/**
 * Two hashes of one frame that differ: the two simulations are not in the same state (DETECT-6).
 *
 * @param frame the frame
 * @param local the own hash
 * @param peer the hash of the peer
 */
public record Mismatch(long frame, long local, long peer) {
}
