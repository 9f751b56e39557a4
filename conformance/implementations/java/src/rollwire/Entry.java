package rollwire;

/**
 * A frame and the action that executes at it: five bytes within INPUT and INPUT_RESPONSE.
 *
 * @param frame the frame, 0 to 4294967295
 * @param action the action, 0 to 255; what it means is up to the game
 */
public record Entry(long frame, int action) {
    /** Refuses what does not fit its field, as {@code range} (INPUT-12). */
    public Entry {
        Fields.u32("frame", frame);
        Fields.u8("action", action);
    }
}
