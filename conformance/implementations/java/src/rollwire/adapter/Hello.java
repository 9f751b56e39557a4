package rollwire.adapter;

import rollwire.Codec;
import rollwire.ExchangeOptions;
import rollwire.json.Json;
import rollwire.json.JsonWriter;

/** What this implementation is and has. */
final class Hello {
    private static final int PROTOCOL = 1;
    private static final int WINDOW = 256;
    private static final String[] CAPABILITIES = {
        "decode", "encode", "reencode", "exchange", "inspect", "detect", "advance", "digest",
        "nan-payload", "inputs", "liveness", "validation", "episodes", "catch-up", "focus",
    };

    private Hello() {
    }

    static void answer(Json.Obj request, JsonWriter out, ExchangeOptions exchange) {
        String nonce = Members.text(request, "nonce");
        if (!offersProtocol(Members.list(request, "protocol"))) {
            throw new Malformed("only version " + PROTOCOL + " of the protocol is spoken here");
        }
        out.name("protocol").number(PROTOCOL).name("nonce").string(nonce);
        out.name("impl").begin('{').name("name").string("rollwire-java");
        out.name("version").string("0.1.0").name("language").string("Java").end('}');
        out.name("revision").number(Codec.NEWEST_REVISION);
        out.name("capabilities").begin('[');
        for (String capability : CAPABILITIES) {
            out.string(capability);
        }
        if (exchange.lastingHashes()) {
            out.string("lasting-hashes");
        }
        out.end(']').name("window").number(WINDOW).name("sessions").number(Sessions.MOST);
        if (exchange.hashSends() > 1) {
            out.name("parameters").begin('{');
            out.name("hash_sends").number(exchange.hashSends()).end('}');
        }
    }

    private static boolean offersProtocol(Json.Arr versions) {
        for (Json version : versions.items()) {
            if (version instanceof Json.Num number
                    && Members.isShortInteger(number)
                    && Long.parseLong(number.token()) == PROTOCOL) {
                return true;
            }
        }
        return false;
    }
}
