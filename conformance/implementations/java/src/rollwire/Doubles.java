package rollwire;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Doubles as text, and text as doubles, exactly.
 *
 * <p>{@code Double.toString} of JDK 17 is often not the shortest text, so here it is only the bound
 * from which a shorter one is looked for.
 */
final class Doubles {
    private static final double TWO_53 = 0x1p53;

    private Doubles() {
    }

    /**
     * The double nearest to a JSON number, however long the token is (DIGEST-14). The JDK reads the
     * tokens of RFC 8259 right; what else it would accept, the JSON reader has refused.
     */
    static double parse(String token) {
        return Double.parseDouble(token);
    }

    /** A number of the 16-digit form (DIGEST-15 to DIGEST-20). */
    static String rounded(double x) {
        if (Double.isInfinite(x)) {
            return "null";
        }
        if (x == 0) {
            return "0";
        }
        if (Math.abs(x) >= 1e21) {
            return repr(x);
        }
        if (x == Math.rint(x)) {
            return integral(x);
        }
        // The exact binary value, so that a tie is a tie.
        double magnitude = new BigDecimal(Math.abs(x))
                .setScale(10, RoundingMode.HALF_EVEN)
                .doubleValue();
        return repr(Math.copySign(magnitude, x));
    }

    /** An integral number below 10^21 as ECMAScript writes it (DIGEST-17). */
    private static String integral(double x) {
        if (Math.abs(x) < TWO_53) {
            return Long.toString((long) x);
        }
        Shortest shortest = Shortest.of(Math.abs(x));
        return (x < 0 ? "-" : "")
                + shortest.digits
                + "0".repeat(shortest.point - shortest.digits.length());
    }

    /** A finite number as Python's {@code repr} writes it (DIGEST-21). */
    static String repr(double x) {
        StringBuilder out = new StringBuilder();
        if (Double.doubleToRawLongBits(x) < 0) {
            out.append('-');
        }
        if (x == 0) {
            return out.append("0.0").toString();
        }
        Shortest shortest = Shortest.of(Math.abs(x));
        String digits = shortest.digits;
        int point = shortest.point;
        if (point > 16 || point < -3) {
            out.append(digits.charAt(0));
            if (digits.length() > 1) {
                out.append('.').append(digits, 1, digits.length());
            }
            int exponent = point - 1;
            out.append('e').append(exponent < 0 ? '-' : '+');
            exponent = Math.abs(exponent);
            return out.append(exponent < 10 ? "0" : "").append(exponent).toString();
        }
        if (point <= 0) {
            return out.append("0.").append("0".repeat(-point)).append(digits).toString();
        }
        if (digits.length() <= point) {
            return out.append(digits)
                    .append("0".repeat(point - digits.length()))
                    .append(".0")
                    .toString();
        }
        return out.append(digits, 0, point)
                .append('.')
                .append(digits, point, digits.length())
                .toString();
    }

    /**
     * The shortest digits that read back as a positive double.
     *
     * @param digits without zeros at either end
     * @param point where the point is, counted from before the first digit
     */
    private record Shortest(String digits, int point) {
        static Shortest of(double x) {
            if (x < TWO_53 && x == Math.rint(x)) {
                // Neighbours are at most 1 apart, so no shorter text reads back as this one.
                String all = Long.toString((long) x);
                return new Shortest(withoutZeros(all), all.length());
            }
            BigDecimal exact = new BigDecimal(x);
            int count = Math.min(17, digitsOf(Double.toString(x)));
            BigDecimal best = closest(exact, x, count);
            while (best == null) { // not with a JDK that keeps its promise
                best = closest(exact, x, ++count);
            }
            while (count > 1) {
                BigDecimal shorter = closest(exact, x, --count);
                if (shorter == null) {
                    break;
                }
                best = shorter;
            }
            String all = best.unscaledValue().toString();
            return new Shortest(withoutZeros(all), all.length() - best.scale());
        }

        /** The closest decimal of so many digits that reads back as x, or null. */
        private static BigDecimal closest(BigDecimal exact, double x, int count) {
            BigDecimal below = exact.round(new MathContext(count, RoundingMode.DOWN));
            BigDecimal above = exact.round(new MathContext(count, RoundingMode.UP));
            // Below a power of two the gap is only half as wide, so the closer of the two may
            // belong to another double while the farther one does not.
            boolean low = below.doubleValue() == x;
            boolean high = above.doubleValue() == x;
            if (!low || !high) {
                return low ? below : high ? above : null;
            }
            int order = exact.subtract(below).compareTo(above.subtract(exact));
            if (order == 0) {
                return below.unscaledValue().testBit(0) ? above : below;
            }
            return order < 0 ? below : above;
        }

        private static int digitsOf(String text) {
            int count = 0;
            for (int i = 0; i < text.length() && text.charAt(i) != 'E'; i++) {
                char c = text.charAt(i);
                // Zeros before the first other digit do not count; those at the end do no harm.
                if (c != '.' && (c != '0' || count > 0)) {
                    count++;
                }
            }
            return count;
        }

        private static String withoutZeros(String digits) {
            int end = digits.length();
            while (digits.charAt(end - 1) == '0') {
                end--;
            }
            return digits.substring(0, end);
        }
    }
}
