package rollwire.adapter;

import java.util.ArrayList;
import java.util.List;
import rollwire.Entry;
import rollwire.Hex;
import rollwire.Message;
import rollwire.MessageType;
import rollwire.Refusal;
import rollwire.RefusalClass;
import rollwire.json.Json;
import rollwire.json.JsonWriter;

/**
 * Messages as JSON and back. The types of the library cannot hold most bad values, so this is the
 * place where a value of another type is refused.
 */
final class MessageJson {
    private MessageJson() {
    }

    static Message read(MessageType type, Json.Obj fields) {
        return switch (type) {
            case INPUT -> new Message.Input(
                    small(fields, "player"), integer(fields, "current_frame"), entries(fields));
            case PING -> new Message.Ping(timestamp(fields));
            case PONG -> new Message.Pong(timestamp(fields));
            case KEEPALIVE -> new Message.Keepalive();
            case EPISODE_END ->
                    new Message.EpisodeEnd(integer(fields, "frame"), integer(fields, "episode"));
            case EPISODE_READY ->
                    new Message.EpisodeReady(integer(fields, "episode"), text(fields, "hash"));
            case STATE_HASH ->
                    Message.StateHash.of(integer(fields, "frame"), text(fields, "hash"));
            case VALIDATION_PING -> new Message.ValidationPing(timestamp(fields));
            case VALIDATION_PONG -> new Message.ValidationPong(timestamp(fields));
            case INPUT_REQUEST ->
                    new Message.InputRequest(integer(fields, "start"), integer(fields, "end"));
            case INPUT_RESPONSE ->
                    new Message.InputResponse(small(fields, "player"), entries(fields));
            case FOCUS_STATE ->
                    new Message.FocusState(flag(fields, "focused"), integer(fields, "frame"));
        };
    }

    private static List<Entry> entries(Json.Obj fields) {
        if (!(fields.get("entries") instanceof Json.Arr list)) {
            throw value("entries");
        }
        List<Entry> entries = new ArrayList<>(list.items().size());
        for (Json item : list.items()) {
            if (!(item instanceof Json.Obj entry)) {
                throw value("entries");
            }
            entries.add(new Entry(integer(entry, "frame"), small(entry, "action")));
        }
        return entries;
    }

    private static long integer(Json.Obj fields, String name) {
        if (!(fields.get(name) instanceof Json.Num number) || !number.isInteger()) {
            throw value(name);
        }
        if (!Members.isShortInteger(number)) {
            throw new Refusal(RefusalClass.RANGE, name + " has too many digits");
        }
        return Long.parseLong(number.token());
    }

    /** An integer for a parameter of type int, without the wrapping of a cast. */
    private static int small(Json.Obj fields, String name) {
        long value = integer(fields, name);
        if (value != (int) value) {
            throw new Refusal(RefusalClass.RANGE, name + " is " + value);
        }
        return (int) value;
    }

    private static long timestamp(Json.Obj fields) {
        if (fields.get("timestamp") instanceof Json.Str text && Hex.isHex(text.value(), 16)) {
            return Hex.parse64(text.value());
        }
        throw value("timestamp");
    }

    private static String text(Json.Obj fields, String name) {
        if (fields.get(name) instanceof Json.Str text) {
            return text.value();
        }
        throw value(name);
    }

    private static boolean flag(Json.Obj fields, String name) {
        if (fields.get(name) instanceof Json.Bool flag) {
            return flag.value();
        }
        throw value(name);
    }

    private static Refusal value(String name) {
        return new Refusal(RefusalClass.VALUE, name + " is missing or of another type");
    }

    static void write(JsonWriter out, Message message) {
        out.name("type").string(message.type().label()).name("fields").begin('{');
        if (message instanceof Message.Input input) {
            out.name("player").number(input.player());
            out.name("current_frame").number(input.currentFrame());
            write(out, input.entries());
        } else if (message instanceof Message.Ping ping) {
            timestamp(out, ping.timestampBits());
        } else if (message instanceof Message.Pong pong) {
            timestamp(out, pong.timestampBits());
        } else if (message instanceof Message.ValidationPing ping) {
            timestamp(out, ping.timestampBits());
        } else if (message instanceof Message.ValidationPong pong) {
            timestamp(out, pong.timestampBits());
        } else if (message instanceof Message.EpisodeEnd end) {
            out.name("frame").number(end.frame()).name("episode").number(end.episode());
        } else if (message instanceof Message.EpisodeReady ready) {
            out.name("episode").number(ready.episode()).name("hash").string(ready.hash());
        } else if (message instanceof Message.StateHash hash) {
            out.name("frame").number(hash.frame());
            out.name("hash").string(Hex.format64(hash.hash()));
        } else if (message instanceof Message.InputRequest request) {
            out.name("start").number(request.start()).name("end").number(request.end());
        } else if (message instanceof Message.InputResponse response) {
            out.name("player").number(response.player());
            write(out, response.entries());
        } else if (message instanceof Message.FocusState focus) {
            out.name("focused").flag(focus.focused()).name("frame").number(focus.frame());
        }
        out.end('}');
    }

    private static void write(JsonWriter out, List<Entry> entries) {
        out.name("entries").begin('[');
        for (Entry entry : entries) {
            out.begin('{').name("frame").number(entry.frame());
            out.name("action").number(entry.action()).end('}');
        }
        out.end(']');
    }

    private static void timestamp(JsonWriter out, long bits) {
        out.name("timestamp").string(Hex.format64(bits));
    }
}
