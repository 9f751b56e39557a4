package rollwire;

/** The ranges of integer fields. An integer outside its field is refused and never wrapped. */
final class Fields {
    /** The greatest frame. */
    static final long MAX_U32 = 0xffff_ffffL;

    private Fields() {
    }

    static void u8(String field, long value) {
        check(field, value, 0xff);
    }

    static void u16(String field, long value) {
        check(field, value, 0xffff);
    }

    static void u32(String field, long value) {
        check(field, value, MAX_U32);
    }

    private static void check(String field, long value, long max) {
        if (value < 0 || value > max) {
            throw new Refusal(RefusalClass.RANGE, field + " is " + value + ", not 0 to " + max);
        }
    }
}
