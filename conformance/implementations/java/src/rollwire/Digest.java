package rollwire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import rollwire.json.Json;
import rollwire.json.JsonReader;
import rollwire.json.NotJson;

/**
 * The digest of a state: its canonical text, and the first digits of the hash of that text.
 *
 * @param form the form
 * @param hash the digits, in lower case
 * @param text the canonical text, which is ASCII
 */
public record Digest(DigestForm form, String hash, String text) {
    /** How many levels of objects and arrays a state may have (DIGEST-3, DIGEST-29). */
    private static final int MAX_DEPTH = 100;
    /** How many digits an integer of the 8-digit form may have (DIGEST-23). */
    private static final int MAX_INTEGER_DIGITS = 4300;

    /**
     * Makes the digest of a state that is given as JSON text.
     *
     * @throws Refusal if the text is not a state (DIGEST-1, DIGEST-2, DIGEST-3), or has a number
     *     that the form cannot write (DIGEST-23, DIGEST-25)
     */
    public static Digest of(String state, DigestForm form) {
        Json value = read(state);
        check(value, form);
        String text = new CanonicalText(form).write(value);
        return new Digest(form, firstDigits(text, form), text);
    }

    private static Json read(String state) {
        try {
            return JsonReader.read(state, MAX_DEPTH);
        } catch (NotJson e) {
            throw new Refusal(RefusalClass.TEXT, e.getMessage());
        }
    }

    /** The checks of the whole text (DIGEST-30), in the order of the chapter about refusals. */
    private static void check(Json value, DigestForm form) {
        Faults faults = new Faults();
        faults.find(value);
        boolean spelled = form == DigestForm.EPISODE_READY;
        if (spelled && faults.longInteger) {
            throw new Refusal(RefusalClass.RANGE, "an integer of more than 4300 digits");
        }
        if (!(value instanceof Json.Obj) && !(value instanceof Json.Arr)) {
            throw new Refusal(RefusalClass.VALUE, "neither an object nor an array");
        }
        if (faults.tooDeep) {
            throw new Refusal(RefusalClass.RANGE, "nested more than 100 deep");
        }
        if (spelled && faults.infinite) {
            throw new Refusal(RefusalClass.RANGE, "a number beyond the range of doubles");
        }
    }

    private static String firstDigits(String text, DigestForm form) {
        byte[] hash;
        try {
            hash = MessageDigest.getInstance(form.algorithm)
                    .digest(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK lacks " + form.algorithm, e);
        }
        StringBuilder digits = new StringBuilder(2 * hash.length);
        Hex.append(digits, hash);
        return digits.substring(0, form.digits);
    }

    /** What is wrong anywhere in a text, also in members that a later one replaces. */
    private static final class Faults {
        boolean longInteger;
        boolean infinite;
        boolean tooDeep;

        void find(Json value) {
            if (value instanceof Json.Obj object) {
                for (Json member : object.values()) {
                    find(member);
                }
            } else if (value instanceof Json.Arr array) {
                for (Json item : array.items()) {
                    find(item);
                }
            } else if (value instanceof Json.Num number) {
                if (number.isInteger()) {
                    longInteger |= number.integerDigits() > MAX_INTEGER_DIGITS;
                } else {
                    infinite |= Double.isInfinite(Doubles.parse(number.token()));
                }
            } else if (value instanceof Json.TooDeep) {
                tooDeep = true;
            }
        }
    }
}
