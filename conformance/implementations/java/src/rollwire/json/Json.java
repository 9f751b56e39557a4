package rollwire.json;

import java.util.List;

/** A JSON value as it is spelled: numbers keep their token, and objects keep every member. */
public sealed interface Json {
    /** An object: names and values in the order of the text, repeated names included. */
    record Obj(List<String> names, List<Json> values) implements Json {
        /** The value of the last member with this name, or null if there is none. */
        public Json get(String name) {
            for (int i = names.size() - 1; i >= 0; i--) {
                if (names.get(i).equals(name)) {
                    return values.get(i);
                }
            }
            return null;
        }

        /** The number of members. */
        public int size() {
            return names.size();
        }
    }

    /** An array. */
    record Arr(List<Json> items) implements Json {
    }

    /** A string: its UTF-16 units after the escapes were read. */
    record Str(String value) implements Json {
    }

    /** A number: its token, which is one of RFC 8259. */
    record Num(String token) implements Json {
        /** Whether the token has neither a point nor an exponent. */
        public boolean isInteger() {
            for (int i = 0; i < token.length(); i++) {
                char c = token.charAt(i);
                if (c == '.' || c == 'e' || c == 'E') {
                    return false;
                }
            }
            return true;
        }

        /** How many digits an integer has, its sign not counted. */
        public int integerDigits() {
            return token.charAt(0) == '-' ? token.length() - 1 : token.length();
        }
    }

    /** {@code true} or {@code false}. */
    record Bool(boolean value) implements Json {
    }

    /** {@code null}. */
    record Null() implements Json {
    }

    /** An array or an object that is nested deeper than the reader was told to keep. */
    record TooDeep() implements Json {
    }
}
