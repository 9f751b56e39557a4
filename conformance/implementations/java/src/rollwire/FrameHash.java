package rollwire;

/**
 * A frame and the hash of the state before it.
 *
 * @param frame the frame, 0 to 4294967295
 * @param hash the 64 bits of the hash; {@link Hex#format64} writes them
 */
public record FrameHash(long frame, long hash) {
}
