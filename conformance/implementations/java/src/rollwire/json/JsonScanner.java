package rollwire.json;

/** The parts of a JSON text: numbers, strings, words and the white space between them. */
final class JsonScanner {
    private static final char END = '\0';

    private final String text;
    private int at;

    JsonScanner(String text) {
        this.text = text;
    }

    void word(String word) {
        if (!text.startsWith(word, at)) {
            throw fault("not a value");
        }
        at += word.length();
    }

    String number() {
        int from = at;
        take('-');
        if (!take('0')) {
            digits();
        }
        if (take('.')) {
            digits();
        }
        if (take('e') || take('E')) {
            if (!take('+')) {
                take('-');
            }
            digits();
        }
        return text.substring(from, at);
    }

    private void digits() {
        int from = at;
        while (isDigit(peek())) {
            at++;
        }
        if (at == from) {
            throw fault("not a value");
        }
    }

    String string() {
        int from = ++at;
        // Most strings have no escape and are a part of the text.
        while (true) {
            char c = peekInString();
            if (c == '"') {
                return text.substring(from, at++);
            }
            if (c == '\\') {
                return escaped(from);
            }
            plain(c);
        }
    }

    private String escaped(int from) {
        StringBuilder value = new StringBuilder().append(text, from, at);
        while (true) {
            char c = peekInString();
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\') {
                at++;
                value.append(escape());
            } else {
                int begin = at;
                plain(c);
                value.append(text, begin, at);
            }
        }
    }

    private char escape() {
        char c = peekInString();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unit();
            default -> throw fault("an unknown escape");
        };
    }

    private char unit() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = hexDigit(peek());
            if (digit < 0) {
                throw fault("not four hex digits");
            }
            value = value << 4 | digit;
            at++;
        }
        return (char) value;
    }

    /** Takes one character of a string. Half a surrogate pair is not a character of a text. */
    private void plain(char c) {
        if (c < 0x20) {
            throw fault("a control character in a string");
        }
        if (Character.isSurrogate(c)) {
            if (!Character.isSurrogatePair(c, at + 1 < text.length() ? text.charAt(at + 1) : END)) {
                throw fault("half a character");
            }
            at++;
        }
        at++;
    }

    private char peekInString() {
        if (at >= text.length()) {
            throw fault("a string without an end");
        }
        return text.charAt(at);
    }

    /** The next character; at the end of the text one that no rule of the grammar accepts. */
    char peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    /** Takes the next character, whatever it is. */
    void next() {
        at++;
    }

    boolean take(char expected) {
        if (peek() != expected) {
            return false;
        }
        at++;
        return true;
    }

    void expect(char expected) {
        if (!take(expected)) {
            throw fault("something is missing");
        }
    }

    void expectEnd() {
        if (at != text.length()) {
            throw fault("text after the value");
        }
    }

    void space() {
        char c = peek();
        while (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            at++;
            c = peek();
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int hexDigit(char c) {
        if (isDigit(c)) {
            return c - '0';
        }
        char lower = (char) (c | 0x20);
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    NotJson fault(String what) {
        return new NotJson(what, at);
    }
}
