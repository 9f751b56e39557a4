package rollwire.json;

/** Writes JSON that is ASCII only, into a text that is used again. */
public final class JsonWriter {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out;
    private boolean comma;

    /** Writes to the end of a text. */
    public JsonWriter(StringBuilder out) {
        this.out = out;
    }

    /** Begins an object or an array: <code>{</code> or {@code [}. */
    public JsonWriter begin(char bracket) {
        separate();
        out.append(bracket);
        comma = false;
        return this;
    }

    /** Ends an object or an array. */
    public JsonWriter end(char bracket) {
        out.append(bracket);
        comma = true;
        return this;
    }

    /** The name of the next member. */
    public JsonWriter name(String name) {
        string(name);
        out.append(':');
        comma = false;
        return this;
    }

    /** An integer. */
    public JsonWriter number(long value) {
        separate();
        out.append(value);
        return this;
    }

    /** An integer, or null for a negative one. */
    public JsonWriter numberOrNull(long value) {
        return value < 0 ? literal("null") : number(value);
    }

    /** A flag. */
    public JsonWriter flag(boolean value) {
        return literal(value ? "true" : "false");
    }

    /** {@code null}, {@code true} or {@code false}. */
    public JsonWriter literal(String word) {
        separate();
        out.append(word);
        return this;
    }

    /** A string, or null. */
    public JsonWriter stringOrNull(String value) {
        return value == null ? literal("null") : string(value);
    }

    /** A string. Everything but printable ASCII is escaped, so half a character survives too. */
    public JsonWriter string(String value) {
        separate();
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= 0x20 && c <= 0x7e) {
                out.append(c);
            } else {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(HEX.charAt(c >> shift & 15));
                }
            }
        }
        out.append('"');
        return this;
    }

    private void separate() {
        if (comma) {
            out.append(',');
        }
        comma = true;
    }
}
