package rollwire;

/** The twelve messages: type byte, name, length and the revision that added each. */
public enum MessageType {
    /** The newest inputs of a player. */
    INPUT(0x01, "input", 9, 1),
    /** A question for the round-trip time. */
    PING(0x02, "ping", 9, 1),
    /** The answer to a PING. */
    PONG(0x03, "pong", 9, 1),
    /** Has no effect. */
    KEEPALIVE(0x04, "keepalive", 1, 1),
    /** Where the sender's episode ended. */
    EPISODE_END(0x05, "episode_end", 9, 2),
    /** The sender has reset and waits for the next episode. */
    EPISODE_READY(0x06, "episode_ready", 13, 3),
    /** The hash of a confirmed state. */
    STATE_HASH(0x07, "state_hash", 13, 4),
    /** A question whether the channel works. */
    VALIDATION_PING(0x10, "validation_ping", 9, 5),
    /** The answer to a VALIDATION_PING. */
    VALIDATION_PONG(0x11, "validation_pong", 9, 5),
    /** A question for missing inputs. */
    INPUT_REQUEST(0x12, "input_request", 9, 6),
    /** The answer to an INPUT_REQUEST. */
    INPUT_RESPONSE(0x13, "input_response", 5, 6),
    /** The sender's page was shown or hidden. */
    FOCUS_STATE(0x14, "focus_state", 6, 6);

    private static final MessageType[] BY_CODE = new MessageType[256];

    static {
        for (MessageType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;
    private final String label;
    private final int headerLength;
    private final int since;

    MessageType(int code, String label, int headerLength, int since) {
        this.code = code;
        this.label = label;
        this.headerLength = headerLength;
        this.since = since;
    }

    /** The first byte of the datagram. */
    public int code() {
        return code;
    }

    /** The name in JSON, such as {@code state_hash}. */
    public String label() {
        return label;
    }

    /** The bytes before the entries; for a message without entries, its whole length. */
    public int headerLength() {
        return headerLength;
    }

    /** The revision that added the message, 1 to 6. */
    public int since() {
        return since;
    }

    /** The type with this first byte, 0 to 255, or null if there is none. */
    public static MessageType ofCode(int code) {
        return BY_CODE[code];
    }

    /** The type with this name in JSON, or null if there is none. */
    public static MessageType ofLabel(String label) {
        for (MessageType type : values()) {
            if (type.label.equals(label)) {
                return type;
            }
        }
        return null;
    }
}
