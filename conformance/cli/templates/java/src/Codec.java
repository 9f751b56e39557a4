import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Your implementation, or the way to it. This one knows STATE_HASH and nothing else.
 *
 * <p>STATE_HASH has 13 bytes: 07, the frame as a big-endian u32, and eight raw bytes of hash.
 */
final class Codec {
    private static final byte STATE_HASH = 7;
    private static final int LENGTH = 13;
    private static final long MAX_FRAME = 0xffff_ffffL;

    private Codec() {
    }

    /** A message: the frame is a u32, and the hash has 16 hex digits. */
    record StateHash(long frame, String hash) {
        StateHash {
            if (frame < 0 || frame > MAX_FRAME) {
                throw new Refusal("range", "the frame is not a u32");
            }
            if (!hash.matches("[0-9a-fA-F]{16}")) {
                throw new Refusal("text", "the hash is not 16 hex digits");
            }
        }
    }

    /** A datagram or a value that the implementation refuses. Every other exception is a defect. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** A class of {@code rollwire explain refusals.md}. */
        final String refusalClass;

        Refusal(String refusalClass, String message) {
            super(message);
            this.refusalClass = refusalClass;
        }
    }

    static StateHash decode(byte[] datagram) {
        if (datagram.length == 0) {
            throw new Refusal("empty", "the datagram is empty");
        }
        if (datagram[0] != STATE_HASH) {
            throw new Refusal("unknown_type", "the type is " + (datagram[0] & 0xff));
        }
        if (datagram.length != LENGTH) {
            String refusalClass = datagram.length < LENGTH ? "truncated" : "trailing";
            throw new Refusal(refusalClass, datagram.length + " bytes are not " + LENGTH);
        }
        ByteBuffer bytes = ByteBuffer.wrap(datagram, 1, LENGTH - 1);
        long frame = Integer.toUnsignedLong(bytes.getInt());
        return new StateHash(frame, HexFormat.of().toHexDigits(bytes.getLong()));
    }

    static byte[] encode(StateHash message) {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH).put(STATE_HASH).putInt((int) message.frame());
        return bytes.putLong(HexFormat.fromHexDigitsToLong(message.hash())).array();
    }
}
