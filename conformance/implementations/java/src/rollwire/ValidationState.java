package rollwire;

/** How far the validation of a channel has come (VALID). */
public enum ValidationState {
    /** The channel closed before the proof was complete. */
    IDLE,
    /** The channel is open, and something is still to be proved. */
    VALIDATING,
    /** Datagrams arrive in both directions. This is final. */
    VALIDATED,
    /** They did not in time. This is final. */
    FAILED
}
