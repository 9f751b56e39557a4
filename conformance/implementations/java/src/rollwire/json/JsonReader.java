package rollwire.json;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A strict reader of RFC 8259.
 *
 * <p>The text is read to its end, however deep it is nested: what lies deeper than the limit is
 * checked without recursion and not kept. So a text of a million brackets costs neither the stack
 * nor much memory.
 */
public final class JsonReader {
    private static final Json.Null NULL = new Json.Null();
    private static final Json.Bool TRUE = new Json.Bool(true);
    private static final Json.Bool FALSE = new Json.Bool(false);
    private static final Json.TooDeep TOO_DEEP = new Json.TooDeep();

    private final JsonScanner in;
    private final int maxDepth;

    private JsonReader(JsonScanner in, int maxDepth) {
        this.in = in;
        this.maxDepth = maxDepth;
    }

    /**
     * Reads a text that is one JSON value with nothing but white space around it.
     *
     * @param maxDepth how many levels of arrays and objects are kept; deeper ones become
     *     {@link Json.TooDeep}. The reader recurses this deep.
     * @throws NotJson if the text is anything else
     */
    public static Json read(String text, int maxDepth) {
        JsonScanner in = new JsonScanner(text);
        in.space();
        Json value = new JsonReader(in, maxDepth).value(1);
        in.space();
        in.expectEnd();
        return value;
    }

    private Json value(int depth) {
        char c = in.peek();
        if (c != '{' && c != '[') {
            return scalar();
        }
        if (depth > maxDepth) {
            skip();
            return TOO_DEEP;
        }
        return c == '{' ? object(depth) : array(depth);
    }

    private Json object(int depth) {
        List<String> names = new ArrayList<>(2);
        List<Json> values = new ArrayList<>(2);
        in.next();
        in.space();
        if (in.take('}')) {
            return new Json.Obj(names, values);
        }
        while (true) {
            names.add(name());
            values.add(value(depth + 1));
            in.space();
            if (in.take('}')) {
                return new Json.Obj(names, values);
            }
            in.expect(',');
            in.space();
        }
    }

    private Json array(int depth) {
        List<Json> items = new ArrayList<>(2);
        in.next();
        in.space();
        if (in.take(']')) {
            return new Json.Arr(items);
        }
        while (true) {
            items.add(value(depth + 1));
            in.space();
            if (in.take(']')) {
                return new Json.Arr(items);
            }
            in.expect(',');
            in.space();
        }
    }

    /** Checks a value of any depth with one bit for each level. */
    private void skip() {
        BitSet objects = new BitSet();
        int depth = 0;
        while (true) {
            char c = in.peek();
            if (c == '{' || c == '[') {
                boolean object = c == '{';
                in.next();
                in.space();
                if (!in.take(object ? '}' : ']')) {
                    objects.set(depth++, object);
                    if (object) {
                        name();
                    }
                    continue;
                }
            } else {
                scalar();
            }
            // A value is complete: close every level that ends with it.
            while (true) {
                if (depth == 0) {
                    return;
                }
                in.space();
                boolean object = objects.get(depth - 1);
                if (!in.take(object ? '}' : ']')) {
                    in.expect(',');
                    in.space();
                    if (object) {
                        name();
                    }
                    break;
                }
                depth--;
            }
        }
    }

    private String name() {
        if (in.peek() != '"') {
            throw in.fault("a name is missing");
        }
        String name = in.string();
        in.space();
        in.expect(':');
        in.space();
        return name;
    }

    private Json scalar() {
        char c = in.peek();
        return switch (c) {
            case '"' -> new Json.Str(in.string());
            case 't' -> literal("true", TRUE);
            case 'f' -> literal("false", FALSE);
            case 'n' -> literal("null", NULL);
            default -> new Json.Num(in.number());
        };
    }

    private Json literal(String word, Json value) {
        in.word(word);
        return value;
    }
}
