package rollwire;

import rollwire.Link.Sent;

/** FOCUS: each peer knows whether the partner's page is shown. */
final class FocusExchange {
    private final Link link;
    private boolean shown = true;
    /** The frame of the last change of the own page. */
    private long frame;
    /** What the partner was told last; it assumes a shown page until then. */
    private boolean told = true;
    private boolean partnerShown = true;

    FocusExchange(Link link) {
        this.link = link;
    }

    void focus(boolean nowShown, long atFrame) {
        if (nowShown != shown) {
            shown = nowShown;
            frame = atFrame;
            tell();
        }
    }

    /** After an opening the partner assumes a shown page, so a hidden one is told (FOCUS-3). */
    void opened() {
        partnerShown = true;
        if (!shown || shown != told) {
            tell();
        }
    }

    void received(Message.FocusState focus) {
        partnerShown = focus.focused();
    }

    boolean partnerShown() {
        return partnerShown;
    }

    private void tell() {
        if (link.send(new Message.FocusState(shown, frame)) == Sent.ACCEPTED) {
            told = shown;
        }
    }
}
