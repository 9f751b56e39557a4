package rollwire;

/** The two forms of a digest. */
public enum DigestForm {
    /** 16 digits for STATE_HASH: rounded doubles, no spaces, SHA-256 (DIGEST-26). */
    STATE_HASH("state_hash", "SHA-256", 16, ",", ":"),
    /** 8 digits for EPISODE_READY: numbers as spelled, spaces, MD5 (DIGEST-27). */
    EPISODE_READY("episode_ready", "MD5", 8, ", ", ": ");

    final String label;
    final String algorithm;
    final int digits;
    final String comma;
    final String colon;

    DigestForm(String label, String algorithm, int digits, String comma, String colon) {
        this.label = label;
        this.algorithm = algorithm;
        this.digits = digits;
        this.comma = comma;
        this.colon = colon;
    }

    /** The name of the form, which is that of its message in JSON. */
    public String label() {
        return label;
    }
}
