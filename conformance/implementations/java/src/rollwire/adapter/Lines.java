package rollwire.adapter;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Lines in and out. What was written is flushed before every read that could block. */
final class Lines {
    /** The longest line of either side, its end included. */
    private static final int MAX_LINE = 4 << 20;

    private final InputStream in;
    private final OutputStream out;
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private byte[] written = new byte[1 << 16];
    private int writtenEnd;

    Lines(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /**
     * Reads the next line without its end. A last line without an end is a line, too.
     *
     * @return null at the end of the input
     */
    String read() throws IOException {
        while (true) {
            int length = readLine();
            if (length < 0) {
                return null;
            }
            int from = start - length - 1;
            if (length > 0 && buffer[from + length - 1] == '\r') {
                length--;
            }
            if (length == 0) {
                continue;
            }
            try {
                return text(from, length);
            } catch (CharacterCodingException e) {
                complain("a line is not UTF-8");
            }
        }
    }

    /** Finds the next line; it ends one byte before start. Returns its length, or -1. */
    private int readLine() throws IOException {
        int searched = start;
        boolean tooLong = false;
        while (true) {
            for (int i = searched; i < end; i++) {
                if (buffer[i] == '\n') {
                    int length = i - start;
                    start = i + 1;
                    if (!tooLong) {
                        return length;
                    }
                    tooLong = false;
                    complain("a line is longer than " + MAX_LINE + " bytes");
                }
            }
            if (end - start >= MAX_LINE) {
                tooLong = true;
            }
            if (tooLong) {
                start = end; // it is too long to be kept
            }
            makeRoom();
            searched = end;
            flush();
            int count = in.read(buffer, end, buffer.length - end);
            if (count < 0) {
                if (start == end || tooLong) {
                    return -1;
                }
                buffer[end++] = '\n';
            } else {
                end += count;
            }
        }
    }

    /** Leaves room for at least one byte, and moves the rest to the front. */
    private void makeRoom() {
        if (start == end) {
            start = 0;
            end = 0;
        } else if (end == buffer.length) {
            byte[] target = start < buffer.length / 2 ? new byte[2 * buffer.length] : buffer;
            System.arraycopy(buffer, start, target, 0, end - start);
            buffer = target;
            end -= start;
            start = 0;
        }
    }

    private String text(int from, int length) throws CharacterCodingException {
        for (int i = from; i < from + length; i++) {
            if (buffer[i] < 0) {
                return StandardCharsets.UTF_8.newDecoder() // it reports what is malformed
                        .decode(ByteBuffer.wrap(buffer, from, length))
                        .toString();
            }
        }
        return new String(buffer, from, length, StandardCharsets.ISO_8859_1);
    }

    /** Writes a line of ASCII. */
    void write(CharSequence line) throws IOException {
        int length = line.length();
        for (int i = 0; i < length; i++) {
            put((byte) line.charAt(i));
        }
        put((byte) '\n');
    }

    private void put(byte value) throws IOException {
        if (writtenEnd == written.length) {
            out.write(written, 0, writtenEnd);
            writtenEnd = 0;
        }
        written[writtenEnd++] = value;
    }

    void flush() throws IOException {
        if (writtenEnd > 0) {
            out.write(written, 0, writtenEnd);
            writtenEnd = 0;
        }
        out.flush();
    }

    /** Reports what cannot be answered. Standard output is only for answers. */
    static void complain(String what) {
        System.err.println("rollwire adapter: " + what);
    }
}
