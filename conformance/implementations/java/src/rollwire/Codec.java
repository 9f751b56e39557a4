package rollwire;

import rollwire.Message.EpisodeEnd;
import rollwire.Message.EpisodeReady;
import rollwire.Message.FocusState;
import rollwire.Message.Input;
import rollwire.Message.InputRequest;
import rollwire.Message.InputResponse;
import rollwire.Message.Ping;
import rollwire.Message.Pong;
import rollwire.Message.StateHash;
import rollwire.Message.ValidationPing;
import rollwire.Message.ValidationPong;

/**
 * Datagrams to messages and back, for one revision of the protocol.
 *
 * <p>A codec is strict: it refuses everything that it MUST or SHOULD refuse. It has no state, so
 * one codec may be shared, also by threads.
 */
public final class Codec {
    /** The newest revision. */
    public static final int NEWEST_REVISION = 7;
    /** The most entries of an INPUT of revision 7 (INPUT-4). */
    static final int MAX_INPUT_ENTRIES = 15;

    private final int revision;

    /** A codec of the newest revision. */
    public Codec() {
        this(NEWEST_REVISION);
    }

    /** A codec of a revision, 1 to 7. */
    public Codec(int revision) {
        if (revision < 1 || revision > NEWEST_REVISION) {
            throw new IllegalArgumentException("revisions are 1 to 7");
        }
        this.revision = revision;
    }

    /** The revision of this codec. */
    public int revision() {
        return revision;
    }

    /** The most entries of an INPUT in this revision (INPUT-4, INPUT-11). */
    public int maxInputEntries() {
        return revision >= 7 ? MAX_INPUT_ENTRIES : 5;
    }

    /** Whether this revision has the message (WIRE-2, WIRE-4). */
    public boolean has(MessageType type) {
        return type.since() <= revision;
    }

    /**
     * Reads a datagram.
     *
     * @throws Refusal if it is not exactly one message of this revision
     */
    public Message decode(byte[] datagram) {
        return decode(datagram, 0, datagram.length);
    }

    /**
     * Reads a datagram that is a part of a buffer. The message does not refer to the buffer, so the
     * buffer may be used again at once.
     *
     * @throws Refusal if the part is not exactly one message of this revision
     */
    public Message decode(byte[] buffer, int offset, int length) {
        java.util.Objects.checkFromIndexSize(offset, length, buffer.length);
        return new Decoder(this, buffer, offset, length).decode();
    }

    /**
     * Writes a message.
     *
     * @throws Refusal if this revision does not have the message (WIRE-4), or allows fewer entries
     *     (INPUT-11)
     */
    public byte[] encode(Message message) {
        MessageType type = message.type();
        if (!has(type)) {
            throw new Refusal(RefusalClass.UNKNOWN_TYPE, "not in this revision: " + type.label());
        }
        return switch (type) {
            case INPUT -> input((Input) message);
            case PING -> timestamp(type, ((Ping) message).timestampBits());
            case PONG -> timestamp(type, ((Pong) message).timestampBits());
            case VALIDATION_PING -> timestamp(type, ((ValidationPing) message).timestampBits());
            case VALIDATION_PONG -> timestamp(type, ((ValidationPong) message).timestampBits());
            case KEEPALIVE -> new Output(type, 0).done();
            case EPISODE_END -> {
                EpisodeEnd end = (EpisodeEnd) message;
                yield new Output(type, 0).u32(end.frame()).u32(end.episode()).done();
            }
            case EPISODE_READY -> {
                EpisodeReady ready = (EpisodeReady) message;
                yield new Output(type, 0).u32(ready.episode()).ascii(ready.hash()).done();
            }
            case STATE_HASH -> {
                StateHash hash = (StateHash) message;
                yield new Output(type, 0).u32(hash.frame()).u64(hash.hash()).done();
            }
            case INPUT_REQUEST -> {
                InputRequest request = (InputRequest) message;
                yield new Output(type, 0).u32(request.start()).u32(request.end()).done();
            }
            case INPUT_RESPONSE -> {
                InputResponse response = (InputResponse) message;
                yield new Output(type, response.entries().size())
                        .u16(response.player())
                        .u16(response.entries().size())
                        .entries(response.entries())
                        .done();
            }
            case FOCUS_STATE -> {
                FocusState focus = (FocusState) message;
                yield new Output(type, 0).u8(focus.focused() ? 1 : 0).u32(focus.frame()).done();
            }
        };
    }

    private byte[] input(Input input) {
        if (input.entries().size() > maxInputEntries()) {
            throw new Refusal(RefusalClass.COUNT, "too many entries for this revision");
        }
        return new Output(MessageType.INPUT, input.entries().size())
                .u16(input.player())
                .u32(input.currentFrame())
                .u8(input.entries().size())
                .u8(0) // reserved, always written as 0 (INPUT-9)
                .entries(input.entries())
                .done();
    }

    private static byte[] timestamp(MessageType type, long bits) {
        return new Output(type, 0).u64(bits).done();
    }
}
