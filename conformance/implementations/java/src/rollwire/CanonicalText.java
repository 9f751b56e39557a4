package rollwire;

import java.util.ArrayList;
import java.util.List;
import rollwire.json.Json;

/** Writes a state in the one way that every language writes it (DIGEST-5 to DIGEST-25). */
final class CanonicalText {
    private static final String HEX = "0123456789abcdef";

    private final DigestForm form;
    private final StringBuilder out = new StringBuilder();

    CanonicalText(DigestForm form) {
        this.form = form;
    }

    String write(Json value) {
        append(value);
        return out.toString();
    }

    private void append(Json value) {
        if (value instanceof Json.Obj object) {
            appendObject(object);
        } else if (value instanceof Json.Arr array) {
            appendArray(array);
        } else if (value instanceof Json.Str string) {
            appendString(string.value());
        } else if (value instanceof Json.Num number) {
            appendNumber(number);
        } else if (value instanceof Json.Bool flag) {
            out.append(flag.value());
        } else if (value instanceof Json.Null) {
            out.append("null");
        } else {
            throw new IllegalArgumentException("too deep"); // refused before anything is written
        }
    }

    private void appendArray(Json.Arr array) {
        out.append('[');
        for (int i = 0; i < array.items().size(); i++) {
            if (i > 0) {
                out.append(form.comma);
            }
            append(array.items().get(i));
        }
        out.append(']');
    }

    private void appendObject(Json.Obj object) {
        List<Member> members = new ArrayList<>(object.size());
        for (int i = 0; i < object.size(); i++) {
            members.add(new Member(object.names().get(i), object.values().get(i)));
        }
        members.sort(null); // stable, so of equal keys the last in the text is the last here
        out.append('{');
        boolean first = true;
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            if (i + 1 < members.size() && members.get(i + 1).key.equals(member.key)) {
                continue; // a later member with the same key counts (DIGEST-7)
            }
            if (!first) {
                out.append(form.comma);
            }
            first = false;
            appendString(member.key);
            out.append(form.colon);
            append(member.value);
        }
        out.append('}');
    }

    /** A string, unit by unit (DIGEST-10 to DIGEST-12). */
    private void appendString(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c >= 0x20 && c <= 0x7e) {
                        out.append(c);
                    } else {
                        out.append("\\u");
                        for (int shift = 12; shift >= 0; shift -= 4) {
                            out.append(HEX.charAt(c >> shift & 15));
                        }
                    }
                }
            }
        }
        out.append('"');
    }

    private void appendNumber(Json.Num number) {
        if (form == DigestForm.STATE_HASH) {
            out.append(Doubles.rounded(Doubles.parse(number.token())));
        } else if (number.isInteger()) {
            out.append(number.token().equals("-0") ? "0" : number.token()); // DIGEST-22
        } else {
            out.append(Doubles.repr(Doubles.parse(number.token()))); // DIGEST-24
        }
    }

    /** A member that is ordered by the code points of its key (DIGEST-6). */
    private record Member(String key, Json value) implements Comparable<Member> {
        @Override
        public int compareTo(Member other) {
            String mine = key;
            String theirs = other.key;
            int i = 0;
            while (i < mine.length() && i < theirs.length()) {
                // Half a surrogate pair on its own is a code point of its own here (DIGEST-13).
                int a = mine.codePointAt(i);
                int b = theirs.codePointAt(i);
                if (a != b) {
                    return Integer.compare(a, b);
                }
                i += Character.charCount(a);
            }
            return Integer.compare(mine.length(), theirs.length());
        }
    }
}
