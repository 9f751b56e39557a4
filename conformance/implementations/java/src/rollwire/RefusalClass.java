package rollwire;

/** The eight classes of refusal. The set is closed (REFUSAL-2). */
public enum RefusalClass {
    /** The datagram has zero bytes. */
    EMPTY("empty"),
    /** The type is not one of this revision. */
    UNKNOWN_TYPE("unknown_type"),
    /** The datagram is shorter than its message. */
    TRUNCATED("truncated"),
    /** The datagram is longer than its message. */
    TRAILING("trailing"),
    /** The number of entries is not allowed. */
    COUNT("count"),
    /** A field holds a value, or a value of a type, that it does not allow. */
    VALUE("value"),
    /** Hash text is not hash text, or a state is not JSON. */
    TEXT("text"),
    /** A number is out of range, or a state is nested too deep. */
    RANGE("range");

    private final String label;

    RefusalClass(String label) {
        this.label = label;
    }

    /** The name of the class as the specification writes it, such as {@code unknown_type}. */
    public String label() {
        return label;
    }
}
