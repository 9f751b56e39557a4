package rollwire.adapter;

import java.util.List;
import rollwire.Entry;
import rollwire.EpisodeState;
import rollwire.Exchange;
import rollwire.FrameHash;
import rollwire.Hex;
import rollwire.Message;
import rollwire.Mismatch;
import rollwire.Peer;
import rollwire.json.JsonWriter;

/** Writes what is observed after a stimulus. */
final class Observation {
    private Observation() {
    }

    static void write(JsonWriter out, Session session) {
        out.begin('{').name("sent").begin('[');
        for (byte[] datagram : session.channel().takeSent()) {
            StringBuilder hex = new StringBuilder(2 * datagram.length);
            Hex.append(hex, datagram);
            out.string(hex.toString());
        }
        out.end(']');
        exchange(out, session.exchange());
        if (session.isPeer()) {
            peer(out, session.peer());
        }
        out.end('}');
    }

    private static void exchange(JsonWriter out, Exchange exchange) {
        pairs(out, "queue", exchange.queue());
        pairs(out, "map", exchange.inbound());
        pairs(out, "history", exchange.history());
        out.name("verified").numberOrNull(exchange.verified());
        out.name("events").begin('[');
        for (Mismatch event : exchange.events()) {
            out.begin('{').name("frame").number(event.frame());
            out.name("local").string(Hex.format64(event.local()));
            out.name("peer").string(Hex.format64(event.peer())).end('}');
        }
        out.end(']');
    }

    private static void pairs(JsonWriter out, String name, List<FrameHash> pairs) {
        out.name(name).begin('[');
        for (FrameHash pair : pairs) {
            out.begin('[').number(pair.frame()).string(Hex.format64(pair.hash())).end(']');
        }
        out.end(']');
    }

    private static void peer(JsonWriter out, Peer peer) {
        out.name("confirmed").numberOrNull(peer.confirmed());
        out.name("held").begin('[');
        for (Entry entry : peer.held()) {
            out.begin('[').number(entry.frame()).number(entry.action()).end(']');
        }
        out.end(']').name("round_trips").begin('[');
        for (long roundTrip : peer.roundTrips()) {
            out.string(Hex.format64(Double.doubleToRawLongBits(roundTrip)));
        }
        out.end(']').name("validation").string(switch (peer.validation()) {
            case IDLE -> "idle";
            case VALIDATING -> "validating";
            case VALIDATED -> "validated";
            case FAILED -> "failed";
        });
        out.name("episode");
        episode(out, peer.episode());
        out.name("request");
        Message.InputRequest request = peer.request();
        if (request == null) {
            out.literal("null");
        } else {
            out.begin('[').number(request.start()).number(request.end()).end(']');
        }
        out.name("partner").string(peer.partnerShown() ? "shown" : "hidden");
    }

    private static void episode(JsonWriter out, EpisodeState episode) {
        if (episode == null) {
            out.literal("null");
            return;
        }
        out.begin('{').name("number").number(episode.number());
        out.name("phase").string(switch (episode.phase()) {
            case WAITING -> "waiting";
            case PLAYING -> "playing";
            case ENDING -> "ending";
            case COMPLETE -> "complete";
        });
        out.name("end").numberOrNull(episode.end());
        out.name("agreed");
        if (episode.end() < 0) {
            out.literal("null");
        } else {
            out.flag(episode.agreed());
        }
        out.name("start").stringOrNull(start(episode.start()));
        out.name("hashes").stringOrNull(hashes(episode.hashes()));
        out.end('}');
    }

    private static String start(EpisodeState.Start start) {
        if (start == null) {
            return null;
        }
        return start == EpisodeState.Start.BOTH ? "both" : "alone";
    }

    private static String hashes(EpisodeState.Hashes hashes) {
        if (hashes == null) {
            return null;
        }
        return hashes == EpisodeState.Hashes.EQUAL ? "equal" : "different";
    }
}
