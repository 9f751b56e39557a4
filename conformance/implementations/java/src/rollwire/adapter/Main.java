package rollwire.adapter;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import rollwire.ExchangeOptions;

/**
 * The program by which the conformance kit asks this implementation: requests on standard input,
 * answers on standard output, one JSON object per line.
 */
public final class Main {
    private static final String LASTING = "--lasting-hashes";

    private Main() {
    }

    /**
     * Answers until the input ends.
     *
     * @param arguments none, or {@code --lasting-hashes}, or {@code --lasting-hashes=N} with an N
     *     from 1 to 3: how often each hash is sent
     */
    public static void main(String[] arguments) throws IOException {
        ExchangeOptions exchange = ExchangeOptions.plain();
        for (String argument : arguments) {
            exchange = lasting(argument);
            if (exchange == null) {
                Lines.complain("usage: rollwire.adapter.Main [" + LASTING + "[=1|2|3]]");
                System.exit(2);
            }
        }
        // The descriptors themselves: Lines has its own buffers.
        Lines lines = new Lines(
                new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
        Requests requests = new Requests(exchange);
        for (String line = lines.read(); line != null; line = lines.read()) {
            CharSequence answer = requests.answer(line);
            if (answer != null) {
                lines.write(answer);
            }
        }
        lines.flush();
    }

    /** The options that an argument asks for, or null if it is none. */
    private static ExchangeOptions lasting(String argument) {
        return switch (argument) {
            case LASTING, LASTING + "=1" -> ExchangeOptions.lasting(1);
            case LASTING + "=2" -> ExchangeOptions.lasting(2);
            case LASTING + "=3" -> ExchangeOptions.lasting(3);
            default -> null;
        };
    }
}
