package rollwire.json;

/** A text is not exactly one JSON value. */
public final class NotJson extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotJson(String what, int at) {
        super(what + " at character " + at, null, false, false);
    }
}
