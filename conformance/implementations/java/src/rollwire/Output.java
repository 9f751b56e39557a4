package rollwire;

import java.util.List;

/** The bytes of one datagram while it is written. All integers are big-endian. */
final class Output {
    private final byte[] bytes;
    private int at;

    Output(MessageType type, int entries) {
        bytes = new byte[type.headerLength() + 5 * entries];
        u8(type.code());
    }

    Output u8(int value) {
        bytes[at++] = (byte) value;
        return this;
    }

    Output u16(int value) {
        return u8(value >> 8).u8(value);
    }

    Output u32(long value) {
        return u16((int) (value >> 16)).u16((int) value);
    }

    Output u64(long value) {
        return u32(value >>> 32).u32(value);
    }

    Output ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            u8(text.charAt(i));
        }
        return this;
    }

    Output entries(List<Entry> entries) {
        for (Entry entry : entries) {
            u32(entry.frame()).u8(entry.action());
        }
        return this;
    }

    byte[] done() {
        return bytes;
    }
}
