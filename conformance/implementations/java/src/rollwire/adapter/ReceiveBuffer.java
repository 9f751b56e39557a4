package rollwire.adapter;

import java.util.Arrays;
import rollwire.Hex;

/**
 * The one buffer that every datagram is handed over in, as a part at an odd offset. It holds rests
 * of earlier datagrams and is overwritten after use, so a codec that keeps a view of it, or reads
 * outside of its part, gives itself away.
 */
final class ReceiveBuffer {
    /** Where a datagram begins. */
    static final int OFFSET = 3;

    private byte[] bytes = new byte[1024];

    /** Writes the bytes of checked hex text into the buffer, and returns how many there are. */
    int load(String hex) {
        int length = hex.length() / 2;
        if (bytes.length < OFFSET + length + 16) {
            bytes = new byte[2 * length + 64];
        }
        for (int i = 0; i < length; i++) {
            int high = Hex.digit(hex.charAt(2 * i));
            bytes[OFFSET + i] = (byte) (high << 4 | Hex.digit(hex.charAt(2 * i + 1)));
        }
        return length;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Overwrites what {@link #load} has written. */
    void overwrite(int length) {
        Arrays.fill(bytes, 0, OFFSET + length, (byte) 0xa5);
    }
}
