import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A reader for the JSON of requests, and a writer for answers. Nothing here knows the protocol: if
 * your project has a JSON library, use that in its place.
 *
 * <p>A value is a {@link Map}, a {@link List}, a {@link String}, a {@link Long}, a {@link Double}, a
 * {@link Boolean} or null.
 */
final class Json {
    /** Deeper texts are refused, because reading them needs as much stack. */
    private static final int DEEPEST = 64;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** Reads one value and nothing after it. */
    static Object parse(String text) {
        Json json = new Json(text);
        Object value = json.value(0);
        json.blanks();
        json.require(json.at == text.length());
        return value;
    }

    /** Writes a value that consists of maps, lists, texts and numbers. */
    static String write(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out) {
        String separator = "";
        if (value instanceof Map<?, ?> members) {
            out.append('{');
            for (Map.Entry<?, ?> member : members.entrySet()) {
                out.append(separator);
                write(member.getKey(), out);
                out.append(':');
                write(member.getValue(), out);
                separator = ",";
            }
            out.append('}');
        } else if (value instanceof List<?> items) {
            out.append('[');
            for (Object item : items) {
                out.append(separator);
                write(item, out);
                separator = ",";
            }
            out.append(']');
        } else if (value instanceof String string) {
            out.append('"');
            for (char c : string.toCharArray()) {
                // Escapes for all that is not ASCII: half a surrogate pair would not be UTF-8.
                if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
            out.append('"');
        } else {
            out.append(value);
        }
    }

    private void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("not JSON at character " + at);
        }
    }

    /** The next character; at the end of the text one that no rule accepts. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private boolean take(String word) {
        boolean isThere = text.startsWith(word, at);
        at += isThere ? word.length() : 0;
        return isThere;
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(peek()) >= 0) {
            at++;
        }
    }

    private Object value(int depth) {
        require(depth <= DEEPEST);
        blanks();
        switch (peek()) {
            case '{':
                return object(depth);
            case '[':
                return list(depth);
            case '"':
                return string();
            case 't':
                require(take("true"));
                return true;
            case 'f':
                require(take("false"));
                return false;
            case 'n':
                require(take("null"));
                return null;
            default:
                return number();
        }
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        at++;
        blanks();
        if (take("}")) {
            return members;
        }
        do {
            blanks();
            String name = string();
            blanks();
            require(take(":"));
            members.put(name, value(depth + 1));
            blanks();
        } while (take(","));
        require(take("}"));
        return members;
    }

    private List<Object> list(int depth) {
        List<Object> items = new ArrayList<>();
        at++;
        blanks();
        if (take("]")) {
            return items;
        }
        do {
            items.add(value(depth + 1));
            blanks();
        } while (take(","));
        require(take("]"));
        return items;
    }

    private void digits() {
        int from = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        require(at > from);
    }

    private Object number() {
        int from = at;
        take("-");
        if (!take("0")) {
            digits();
        }
        boolean isInteger = true;
        if (take(".")) {
            isInteger = false;
            digits();
        }
        if (take("e") || take("E")) {
            isInteger = false;
            if (!take("+")) {
                take("-");
            }
            digits();
        }
        String number = text.substring(from, at);
        // Every integer of the protocol has at most 16 digits.
        if (isInteger && number.length() <= 18) {
            return Long.valueOf(number);
        }
        return Double.valueOf(number);
    }

    private String string() {
        require(take("\""));
        StringBuilder string = new StringBuilder();
        while (!take("\"")) {
            char c = peek();
            require(at < text.length() && c >= ' ');
            at++;
            string.append(c == '\\' ? escaped() : c);
        }
        return string.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        if (c == 'u') {
            String digits = text.substring(Math.min(at, text.length()), Math.min(at + 4, text.length()));
            require(digits.matches("[0-9a-fA-F]{4}"));
            at += 4;
            return (char) Integer.parseInt(digits, 16);
        }
        int index = "\"\\/bfnrt".indexOf(c);
        require(index >= 0);
        return "\"\\/\b\f\n\r\t".charAt(index);
    }
}
