package rollwire.adapter;

import rollwire.Hex;
import rollwire.json.Json;

/** Reads the members of a request, each of exactly one form. */
final class Members {
    /** The greatest id and the greatest number of a session. */
    static final long MAX_ID = (1L << 53) - 1;
    /** The greatest frame. */
    static final long MAX_FRAME = 0xffff_ffffL;
    private static final int MAX_INTEGER_DIGITS = 16;

    private Members() {
    }

    static String text(Json.Obj object, String name) {
        if (object.get(name) instanceof Json.Str text) {
            return text.value();
        }
        throw new Malformed("`" + name + "` is not text");
    }

    static Json.Obj object(Json.Obj object, String name) {
        return object(object.get(name), name);
    }

    static Json.Obj object(Json value, String name) {
        if (value instanceof Json.Obj found) {
            return found;
        }
        throw new Malformed("`" + name + "` is not an object");
    }

    static Json.Arr list(Json.Obj object, String name) {
        if (object.get(name) instanceof Json.Arr list) {
            return list;
        }
        throw new Malformed("`" + name + "` is not a list");
    }

    static boolean flag(Json.Obj object, String name) {
        if (object.get(name) instanceof Json.Bool flag) {
            return flag.value();
        }
        throw new Malformed("`" + name + "` is not a flag");
    }

    static long integer(Json.Obj object, String name, long max) {
        return integer(object.get(name), name, max);
    }

    static long integer(Json value, String name, long max) {
        if (value instanceof Json.Num number && isShortInteger(number)) {
            long found = Long.parseLong(number.token());
            if (found >= 0 && found <= max) {
                return found;
            }
        }
        throw new Malformed("`" + name + "` is not an integer from 0 to " + max);
    }

    /** Whether the number is an integer that surely fits into a long. */
    static boolean isShortInteger(Json.Num number) {
        return number.isInteger() && number.integerDigits() <= MAX_INTEGER_DIGITS;
    }

    /** Hex digits in lower case, two for each byte. */
    static String hex(Json value, String name) {
        if (value instanceof Json.Str text
                && text.value().length() % 2 == 0
                && Hex.isHex(text.value(), text.value().length())) {
            return text.value();
        }
        throw new Malformed("`" + name + "` is not hex");
    }

    /** Lower-case hex digits of a length. */
    static String digits(Json.Obj object, String name, int length) {
        String text = text(object, name);
        if (!Hex.isHex(text, length)) {
            throw new Malformed("`" + name + "` is not " + length + " hex digits");
        }
        return text;
    }

    /** Checks that an object has so many members; each of them is asked for by name as well. */
    static void exactly(Json.Obj object, int members, String what) {
        if (object.size() != members) {
            throw new Malformed("`" + what + "` lacks a member or has a surplus one");
        }
    }
}
