package rollwire.adapter;

import rollwire.Codec;
import rollwire.Digest;
import rollwire.DigestForm;
import rollwire.ExchangeOptions;
import rollwire.Hex;
import rollwire.Message;
import rollwire.MessageType;
import rollwire.Refusal;
import rollwire.RefusalClass;
import rollwire.json.Json;
import rollwire.json.JsonReader;
import rollwire.json.JsonWriter;
import rollwire.json.NotJson;

/** Answers requests, one line for one line. */
final class Requests {
    /** Deeper than any request; what is deeper is read, but not kept. */
    private static final int MAX_DEPTH = 64;
    /** A longer canonical text is left out: it only helps to explain a wrong digest. */
    private static final int MAX_TEXT = 1 << 16;
    private static final int KEEP = 1 << 20;

    private final Codec codec = new Codec();
    private final ReceiveBuffer buffer = new ReceiveBuffer();
    private final ExchangeOptions exchange;
    private final Sessions sessions;
    private StringBuilder line = new StringBuilder();

    Requests(ExchangeOptions exchange) {
        this.exchange = exchange;
        sessions = new Sessions(buffer, exchange);
    }

    /** The answer to a request, valid until the next call; or null if it has no id. */
    CharSequence answer(String text) {
        Json.Obj request;
        long id;
        try {
            request = Members.object(JsonReader.read(text, MAX_DEPTH), "request");
            id = Members.integer(request, "id", Members.MAX_ID);
        } catch (NotJson | Malformed e) {
            Lines.complain("a line is not a request: " + e.getMessage());
            return null;
        }
        try {
            JsonWriter out = begin(id);
            out.name("ok").begin('{');
            if (ok(request, out)) {
                out.end('}').end('}');
            } else {
                begin(id).name("unsupported").begin('{').end('}').end('}');
            }
        } catch (Refusal e) {
            JsonWriter out = begin(id).name("reject").begin('{');
            out.name("class").string(e.kind().label());
            out.name("message").string(e.getMessage()).end('}').end('}');
        } catch (Throwable e) {
            // Not only exceptions: a stack overflow is a fault of one request, too.
            String message = e instanceof Malformed ? e.getMessage() : e.toString();
            JsonWriter out = begin(id).name("error").begin('{');
            out.name("message").string(message).end('}').end('}');
        }
        return line;
    }

    private JsonWriter begin(long id) {
        if (line.capacity() > KEEP) {
            line = new StringBuilder();
        }
        line.setLength(0);
        return new JsonWriter(line).begin('{').name("id").number(id);
    }

    /** Writes the members of {@code ok}; returns false if there is no such operation. */
    private boolean ok(Json.Obj request, JsonWriter out) {
        switch (Members.text(request, "op")) {
            case "decode" -> MessageJson.write(out, decode(request));
            case "encode" -> hex(out, encode(request));
            case "reencode" -> hex(out, codec.encode(decode(request)));
            case "digest" -> digest(request, out);
            case "hello" -> Hello.answer(request, out, exchange);
            case "open", "close", "step", "advance" -> session(request, out);
            default -> {
                return false;
            }
        }
        return true;
    }

    private Message decode(Json.Obj request) {
        int length = buffer.load(Members.hex(request.get("hex"), "hex"));
        try {
            return codec.decode(buffer.bytes(), ReceiveBuffer.OFFSET, length);
        } finally {
            buffer.overwrite(length);
        }
    }

    private byte[] encode(Json.Obj request) {
        String name = Members.text(request, "type");
        Json.Obj fields = Members.object(request, "fields");
        MessageType type = MessageType.ofLabel(name);
        if (type == null || !codec.has(type)) {
            throw new Refusal(RefusalClass.UNKNOWN_TYPE, "no such message");
        }
        return codec.encode(MessageJson.read(type, fields));
    }

    private static void hex(JsonWriter out, byte[] datagram) {
        StringBuilder hex = new StringBuilder(2 * datagram.length);
        Hex.append(hex, datagram);
        out.name("hex").string(hex.toString());
    }

    private static void digest(Json.Obj request, JsonWriter out) {
        String name = Members.text(request, "form");
        String state = Members.text(request, "state");
        for (DigestForm form : DigestForm.values()) {
            if (form.label().equals(name)) {
                Digest digest = Digest.of(state, form);
                out.name("hash").string(digest.hash());
                if (digest.text().length() <= MAX_TEXT) {
                    out.name("text").string(digest.text());
                }
                return;
            }
        }
        throw new Malformed("`form` is none of the two");
    }

    private void session(Json.Obj request, JsonWriter out) {
        try {
            switch (Members.text(request, "op")) {
                case "open" -> sessions.open(request);
                case "close" -> sessions.close(request);
                case "step" -> sessions.step(request, out, true);
                default -> sessions.step(request, out, false);
            }
        } catch (Refusal e) {
            // A request of a session is never refused, so this is a fault of the adapter.
            throw new IllegalStateException("refused within a session: " + e.getMessage());
        }
    }
}
