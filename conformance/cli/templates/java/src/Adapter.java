import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The adapter: reads a request from each line of standard input and answers it with one line.
 * {@code rollwire explain adapter.md} describes the protocol. Your code belongs in Codec.java.
 */
public final class Adapter {
    /** What {@code rollwire} may ask. Extend capabilities and messages with your implementation. */
    private static final Map<String, Object> DECLARED = Map.of(
            "protocol", 1,
            "impl", Map.of("name", "my-implementation", "version", "0.1.0", "language", "Java"),
            "capabilities", List.of("decode", "encode"),
            "messages", List.of("state_hash"));

    /** One function for each question. What is not here is answered with {@code unsupported}. */
    private static final Map<String, Function<Map<?, ?>, Object>> QUESTIONS =
            Map.of("hello", Adapter::hello, "decode", Adapter::decode, "encode", Adapter::encode);

    private static final long MAX_ID = (1L << 53) - 1;

    private Adapter() {
    }

    private static Object hello(Map<?, ?> request) {
        if (!(request.get("protocol") instanceof List<?> offered) || !offered.contains(1L)) {
            throw new IllegalArgumentException("this adapter speaks only protocol 1");
        }
        Map<String, Object> hello = new HashMap<>(DECLARED);
        hello.put("nonce", text(request, "nonce"));
        return hello;
    }

    private static Object decode(Map<?, ?> request) {
        Codec.StateHash message = Codec.decode(HexFormat.of().parseHex(text(request, "hex")));
        return Map.of(
                "type", "state_hash",
                "fields", Map.of("frame", message.frame(), "hash", message.hash()));
    }

    /** The fields may be wrong on purpose. What a StateHash cannot hold is refused in its place. */
    private static Object encode(Map<?, ?> request) {
        if (!text(request, "type").equals("state_hash")) {
            throw new Codec.Refusal("unknown_type", "only STATE_HASH is known");
        }
        if (!(request.get("fields") instanceof Map<?, ?> fields)) {
            throw new IllegalArgumentException("`fields` is not an object");
        }
        if (!(fields.get("frame") instanceof Long frame)) {
            throw new Codec.Refusal("value", "the frame is not an integer");
        }
        if (!(fields.get("hash") instanceof String hash)) {
            throw new Codec.Refusal("value", "the hash is not text");
        }
        byte[] datagram = Codec.encode(new Codec.StateHash(frame, hash));
        return Map.of("hex", HexFormat.of().formatHex(datagram));
    }

    private static String text(Map<?, ?> request, String name) {
        if (request.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("`" + name + "` is not text");
    }

    /** The answer without its id. A refusal is an answer; everything else that is thrown is a defect. */
    private static Map<String, Object> answer(Map<?, ?> request) {
        try {
            Function<Map<?, ?>, Object> question = QUESTIONS.get(text(request, "op"));
            return question == null
                    ? Map.of("unsupported", Map.of())
                    : Map.of("ok", question.apply(request));
        } catch (Codec.Refusal refusal) {
            String message = refusal.getMessage();
            return Map.of("reject", Map.of("class", refusal.refusalClass, "message", message));
        } catch (Throwable defect) { // a StackOverflowError is not an Exception
            return Map.of("error", Map.of("message", defect.toString()));
        }
    }

    /** A line without an id cannot be answered, and is only logged. */
    private static void answerLine(String line, PrintStream output) {
        String fault = "no id";
        try {
            if (Json.parse(line) instanceof Map<?, ?> request
                    && request.get("id") instanceof Long id
                    && id >= 0
                    && id <= MAX_ID) {
                Map<String, Object> answer = new HashMap<>(answer(request));
                answer.put("id", id);
                output.print(Json.write(answer) + "\n");
                output.flush();
                return;
            }
        } catch (IllegalArgumentException notJson) {
            fault = notJson.getMessage();
        }
        System.err.println(fault + ": " + line.substring(0, Math.min(200, line.length())));
    }

    /** Answers until the end of standard input, and exits with code 0. */
    public static void main(String[] arguments) throws IOException {
        BufferedReader input =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream output = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            if (!line.isBlank()) {
                answerLine(line, output);
            }
        }
    }
}
