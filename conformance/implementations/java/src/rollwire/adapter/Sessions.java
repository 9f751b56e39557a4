package rollwire.adapter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import rollwire.Codec;
import rollwire.ExchangeOptions;
import rollwire.Parameters;
import rollwire.PeerOptions;
import rollwire.json.Json;
import rollwire.json.JsonWriter;

/** The sessions that are open, and the requests that build on each other. */
final class Sessions {
    /** How many sessions may be open at once. */
    static final int MOST = 64;

    private final Map<Long, Session> open = new HashMap<>();
    private final ReceiveBuffer buffer;
    private final ExchangeOptions exchange;

    Sessions(ReceiveBuffer buffer, ExchangeOptions options) {
        this.buffer = buffer;
        // An observation shows all mismatches since the last reset, however many they are.
        exchange = options.withEventBound(Integer.MAX_VALUE);
    }

    void open(Json.Obj request) {
        Long number = number(request);
        Json peer = request.get("peer");
        PeerOptions options = peer == null ? null : options(Members.object(peer, "peer"));
        if (open.containsKey(number)) {
            throw new Malformed("this session is open already");
        }
        if (open.size() >= MOST) {
            throw new Malformed("too many sessions are open");
        }
        open.put(number, options == null
                ? Session.ofExchange(buffer, exchange)
                : Session.ofPeer(buffer, options));
    }

    private PeerOptions options(Json.Obj peer) {
        Members.exactly(peer, 2, "peer");
        return new PeerOptions(
                (int) Members.integer(peer, "local", 1),
                Members.integer(peer, "first_frame", Members.MAX_FRAME),
                Codec.NEWEST_REVISION,
                Parameters.ofRevision(Codec.NEWEST_REVISION),
                exchange);
    }

    void close(Json.Obj request) {
        Long number = number(request);
        if (request.get("peer") != null) {
            throw new Malformed("`close` has no `peer`");
        }
        if (open.remove(number) == null) {
            throw notOpen();
        }
    }

    /** Processes the stimuli of a request, and observes after each of them or at their end. */
    void step(Json.Obj request, JsonWriter out, boolean eachOne) {
        Session session = open.get(number(request));
        if (session == null) {
            throw notOpen();
        }
        List<Step> steps = new StepReader(session.isPeer()).read(Members.list(request, "do"));
        out.name("observations").begin('[');
        for (Step step : steps) {
            session.process(step);
            if (eachOne) {
                Observation.write(out, session);
            }
        }
        if (!eachOne) {
            Observation.write(out, session);
        }
        out.end(']');
    }

    private static Long number(Json.Obj request) {
        return Members.integer(request, "session", Members.MAX_ID);
    }

    private static Malformed notOpen() {
        return new Malformed("this session is not open");
    }
}
