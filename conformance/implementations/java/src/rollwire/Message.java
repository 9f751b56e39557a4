package rollwire;

import java.util.List;

/**
 * A message: what a datagram means.
 *
 * <p>A message that cannot be written cannot be created: each constructor refuses it with the class
 * that the encoder rule of the message names. Only what depends on the revision is left to
 * {@link Codec#encode}. Frames and episodes are unsigned 32-bit numbers, held in a {@code long}.
 */
public sealed interface Message {
    /** Which of the twelve messages this is. */
    MessageType type();

    /** INPUT: the newest inputs of a player, the oldest entry first (INPUT-13). */
    record Input(int player, long currentFrame, List<Entry> entries) implements Message {
        /** Refuses less than 1 and more than 15 entries, as {@code count} (INPUT-11). */
        public Input {
            Fields.u16("player", player);
            Fields.u32("current_frame", currentFrame);
            if (entries.isEmpty() || entries.size() > Codec.MAX_INPUT_ENTRIES) {
                throw new Refusal(RefusalClass.COUNT, "an INPUT has 1 to 15 entries");
            }
            entries = List.copyOf(entries);
        }

        @Override
        public MessageType type() {
            return MessageType.INPUT;
        }
    }

    /** PING: {@code timestampBits} are the 64 bits of a double, kept bit for bit (PING-2). */
    record Ping(long timestampBits) implements Message {
        @Override
        public MessageType type() {
            return MessageType.PING;
        }
    }

    /** PONG: carries the same 64 bits as the PING that it answers (PONG-5). */
    record Pong(long timestampBits) implements Message {
        @Override
        public MessageType type() {
            return MessageType.PONG;
        }
    }

    /** KEEPALIVE: a receiver does nothing with it (KEEPALIVE-2). */
    record Keepalive() implements Message {
        @Override
        public MessageType type() {
            return MessageType.KEEPALIVE;
        }
    }

    /** EPISODE_END: {@code frame} is the exclusive end, and {@code episode} counts from 0. */
    record EpisodeEnd(long frame, long episode) implements Message {
        /** Refuses what does not fit its field, as {@code range} (EPISODE_END-4). */
        public EpisodeEnd {
            Fields.u32("frame", frame);
            Fields.u32("episode", episode);
        }

        @Override
        public MessageType type() {
            return MessageType.EPISODE_END;
        }
    }

    /** EPISODE_READY: {@code episode} counts from 1, and {@code hash} is eight hex digits. */
    record EpisodeReady(long episode, String hash) implements Message {
        /**
         * Refuses hash text that is not eight lower-case hex digits, as {@code text}
         * (EPISODE_READY-5). Upper case is refused, which EPISODE_READY-6 leaves open.
         */
        public EpisodeReady {
            Fields.u32("episode", episode);
            if (!Hex.isHex(hash, 8)) {
                throw new Refusal(RefusalClass.TEXT, "not 8 lower-case hex digits");
            }
        }

        @Override
        public MessageType type() {
            return MessageType.EPISODE_READY;
        }
    }

    /** STATE_HASH: {@code hash} are the eight raw bytes, the first byte in the highest bits. */
    record StateHash(long frame, long hash) implements Message {
        /** Refuses a frame outside its field, as {@code range} (STATE_HASH-6). */
        public StateHash {
            Fields.u32("frame", frame);
        }

        /** The message with a hash as text of 16 hex digits (STATE_HASH-4). */
        public static StateHash of(long frame, String hash) {
            return new StateHash(frame, Hex.parse64(hash));
        }

        @Override
        public MessageType type() {
            return MessageType.STATE_HASH;
        }
    }

    /** VALIDATION_PING: like PING, before the game. */
    record ValidationPing(long timestampBits) implements Message {
        @Override
        public MessageType type() {
            return MessageType.VALIDATION_PING;
        }
    }

    /** VALIDATION_PONG: carries the 64 bits of the ping that it answers (VALIDATION_PONG-5). */
    record ValidationPong(long timestampBits) implements Message {
        @Override
        public MessageType type() {
            return MessageType.VALIDATION_PONG;
        }
    }

    /** INPUT_REQUEST: asks for the frames from {@code start} to {@code end}, both included. */
    record InputRequest(long start, long end) implements Message {
        /** Refuses a start greater than the end, as {@code range} (INPUT_REQUEST-5). */
        public InputRequest {
            Fields.u32("start", start);
            Fields.u32("end", end);
            if (start > end) {
                throw new Refusal(RefusalClass.RANGE, "start is greater than end");
            }
        }

        @Override
        public MessageType type() {
            return MessageType.INPUT_REQUEST;
        }
    }

    /** INPUT_RESPONSE: inputs that were asked for. */
    record InputResponse(int player, List<Entry> entries) implements Message {
        /** Refuses more than 65535 entries, as {@code count} (INPUT_RESPONSE-5). */
        public InputResponse {
            Fields.u16("player", player);
            if (entries.size() > 0xffff) {
                throw new Refusal(RefusalClass.COUNT, "more than 65535 entries");
            }
            entries = List.copyOf(entries);
        }

        @Override
        public MessageType type() {
            return MessageType.INPUT_RESPONSE;
        }
    }

    /** FOCUS_STATE: the sender's page is shown ({@code focused}) or hidden, at its frame. */
    record FocusState(boolean focused, long frame) implements Message {
        /** Refuses a frame outside its field, as {@code range} (FOCUS_STATE-5). */
        public FocusState {
            Fields.u32("frame", frame);
        }

        @Override
        public MessageType type() {
            return MessageType.FOCUS_STATE;
        }
    }
}
