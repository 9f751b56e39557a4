package rollwire;

/**
 * Hex digits, strictly: ASCII only, lower case only.
 *
 * <p>The parsers of the JDK also accept a sign and the digits of other scripts, so none of them is
 * used here.
 */
public final class Hex {
    private static final char[] DIGITS = "0123456789abcdef".toCharArray();

    private Hex() {
    }

    /** The value of a lower-case hex digit, or -1 if the character is none. */
    public static int digit(int character) {
        if (character >= '0' && character <= '9') {
            return character - '0';
        }
        return character >= 'a' && character <= 'f' ? character - 'a' + 10 : -1;
    }

    /** Whether the text is exactly so many lower-case hex digits. */
    public static boolean isHex(String text, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (digit(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads the 64 bits that 16 digits stand for (STATE_HASH-4).
     *
     * @throws Refusal as {@code text} if the text is anything else; upper case is refused, which
     *     STATE_HASH-5 leaves open
     */
    public static long parse64(String text) {
        if (!isHex(text, 16)) {
            throw new Refusal(RefusalClass.TEXT, "not 16 lower-case hex digits");
        }
        long bits = 0;
        for (int i = 0; i < 16; i++) {
            bits = bits << 4 | digit(text.charAt(i));
        }
        return bits;
    }

    /** Writes 64 bits as 16 lower-case digits, high digit first (STATE_HASH-3). */
    public static String format64(long bits) {
        char[] text = new char[16];
        for (int i = 15; i >= 0; i--) {
            text[i] = DIGITS[(int) bits & 15];
            bits >>>= 4;
        }
        return new String(text);
    }

    /** Appends the digits of the bytes to a text. */
    public static void append(StringBuilder to, byte[] bytes) {
        for (byte b : bytes) {
            to.append(DIGITS[b >> 4 & 15]).append(DIGITS[b & 15]);
        }
    }
}
