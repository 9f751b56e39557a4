package rollwire;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads one datagram. The checks are in the order of the chapter about refusals, so that each bad
 * datagram has exactly one class and one offset.
 */
final class Decoder {
    private final Codec codec;
    private final byte[] buffer;
    private final int start;
    private final int length;

    Decoder(Codec codec, byte[] buffer, int start, int length) {
        this.codec = codec;
        this.buffer = buffer;
        this.start = start;
        this.length = length;
    }

    Message decode() {
        if (length == 0) {
            throw new Refusal(RefusalClass.EMPTY, 0, "no bytes");
        }
        MessageType type = MessageType.ofCode(u8(0));
        if (type == null || !codec.has(type)) {
            throw new Refusal(RefusalClass.UNKNOWN_TYPE, 0, "unknown message type " + u8(0));
        }
        if (length < type.headerLength()) {
            throw truncated(type.headerLength());
        }
        int entries = entryCount(type);
        // At most 5 + 5 * 65535, so an int is wide enough.
        checkLength(type.headerLength() + 5 * entries);
        return switch (type) {
            case INPUT -> new Message.Input(u16(1), u32(3), entries(9, entries));
            case PING -> new Message.Ping(u64(1));
            case PONG -> new Message.Pong(u64(1));
            case KEEPALIVE -> new Message.Keepalive();
            case EPISODE_END -> new Message.EpisodeEnd(u32(1), u32(5));
            case EPISODE_READY -> new Message.EpisodeReady(u32(1), hexText(5));
            case STATE_HASH -> new Message.StateHash(u32(1), u64(5));
            case VALIDATION_PING -> new Message.ValidationPing(u64(1));
            case VALIDATION_PONG -> new Message.ValidationPong(u64(1));
            case INPUT_REQUEST -> inputRequest();
            case INPUT_RESPONSE -> new Message.InputResponse(u16(1), entries(5, entries));
            case FOCUS_STATE -> new Message.FocusState(flag(1), u32(2));
        };
    }

    /** The number of entries that the header names. Nothing is reserved for it yet. */
    private int entryCount(MessageType type) {
        if (type == MessageType.INPUT_RESPONSE) {
            return u16(3);
        }
        if (type != MessageType.INPUT) {
            return 0;
        }
        int count = u8(7);
        if (count < 1 || count > codec.maxInputEntries()) {
            throw new Refusal(RefusalClass.COUNT, 7, "an INPUT of " + count + " entries");
        }
        return count;
    }

    private void checkLength(int expected) {
        if (length < expected) {
            throw truncated(expected);
        }
        if (length > expected) {
            throw new Refusal(
                    RefusalClass.TRAILING, expected, (length - expected) + " bytes too many");
        }
    }

    private Refusal truncated(int expected) {
        return new Refusal(
                RefusalClass.TRUNCATED, length, (expected - length) + " bytes are missing");
    }

    private Message inputRequest() {
        long first = u32(1);
        long last = u32(5);
        if (first > last) {
            throw new Refusal(RefusalClass.RANGE, 5, "start is greater than end");
        }
        return new Message.InputRequest(first, last);
    }

    private List<Entry> entries(int at, int count) {
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(new Entry(u32(at + 5 * i), u8(at + 5 * i + 4)));
        }
        return entries;
    }

    private boolean flag(int at) {
        int value = u8(at);
        if (value > 1) {
            throw new Refusal(RefusalClass.VALUE, at, "a flag of " + value);
        }
        return value == 1;
    }

    private String hexText(int at) {
        char[] text = new char[8];
        for (int i = 0; i < 8; i++) {
            int character = u8(at + i);
            if (Hex.digit(character) < 0) {
                throw new Refusal(RefusalClass.TEXT, at + i, "byte " + character + " is not a digit");
            }
            text[i] = (char) character;
        }
        return new String(text);
    }

    private int u8(int at) {
        return buffer[start + at] & 0xff;
    }

    private int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    private long u32(int at) {
        return (long) u16(at) << 16 | u16(at + 2);
    }

    private long u64(int at) {
        return u32(at) << 32 | u32(at + 4);
    }
}
