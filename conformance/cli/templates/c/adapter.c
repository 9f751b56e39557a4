/* The adapter: reads a request from each line of standard input and answers it with one line.
 * `rollwire explain adapter.md` describes the protocol. Your code belongs in codec.c. */
#include "codec.h"
#include "json.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What rollwire may ask. Extend `capabilities` and `messages` with your implementation. */
#define DECLARED                                                                     \
    "\"protocol\":1,"                                                                \
    "\"impl\":{\"name\":\"my-implementation\",\"version\":\"0.1.0\",\"language\":\"C\"}," \
    "\"capabilities\":[\"decode\",\"encode\"],"                                      \
    "\"messages\":[\"state_hash\"]"

/* The longest line of the protocol, and the greatest id, 2^53 - 1. */
enum { LONGEST_LINE = 4 << 20 };
static const int64_t MAX_ID = 9007199254740991;

/* The classes of codec.h, by their numbers. */
static const char *const CLASSES[] = {"", "empty", "unknown_type", "truncated", "trailing"};

/* Each answer is what stands after the id. A refusal is an answer; an error is a defect. */

static void answer_error(const char *message) {
    printf("\"error\":{\"message\":\"%s\"}", message);
}

static void answer_reject(const char *class, const char *message) {
    printf("\"reject\":{\"class\":\"%s\",\"message\":\"%s\"}", class, message);
}

static void print_hex(const uint8_t *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) {
        printf("%02x", bytes[i]);
    }
}

static int digit(char c) {
    return c >= '0' && c <= '9' ? c - '0'
        : c >= 'a' && c <= 'f'  ? c - 'a' + 10
        : c >= 'A' && c <= 'F'  ? c - 'A' + 10
                                : -1;
}

/* Reads pairs of hex digits. False if there is anything else. */
static bool bytes_of(const char *hex, size_t length, uint8_t *bytes) {
    for (size_t i = 0; i + 1 < length; i += 2) {
        int high = digit(hex[i]);
        int low = digit(hex[i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        bytes[i / 2] = (uint8_t)(high << 4 | low);
    }
    return length % 2 == 0;
}

static bool is(json value, const char *expected) {
    char text[32];
    size_t length = 0;
    bool fits = json_text(value, text, sizeof text, &length);
    return fits && length == strlen(expected) && memcmp(text, expected, length) == 0;
}

/* One function for each question. */

static void hello(json request) {
    json nonce = json_member(request, "nonce");
    json offered = {NULL, NULL};
    int64_t version = 0;
    while (version != 1 && json_next(json_member(request, "protocol"), &offered)) {
        if (!json_integer(offered, &version)) {
            version = 0;
        }
    }
    if (version != 1) {
        answer_error("this adapter speaks only protocol 1");
    } else if (!json_is_text(nonce)) {
        answer_error("`nonce` is not text");
    } else { /* the nonce goes back as it came, with its quotation marks */
        printf("\"ok\":{" DECLARED ",\"nonce\":%.*s}", (int)(nonce.end - nonce.from), nonce.from);
    }
}

static void answer_decode(json request) {
    static char hex[LONGEST_LINE];
    static uint8_t datagram[LONGEST_LINE / 2];
    size_t length = 0;
    if (!json_text(json_member(request, "hex"), hex, sizeof hex, &length)
        || !bytes_of(hex, length, datagram)) {
        answer_error("`hex` is not hex");
        return;
    }
    state_hash message;
    refusal why = decode(datagram, length / 2, &message);
    if (why != ACCEPTED) {
        answer_reject(CLASSES[why], "not a STATE_HASH");
        return;
    }
    printf("\"ok\":{\"type\":\"state_hash\",\"fields\":{\"frame\":%" PRIu32 ",\"hash\":\"", message.frame);
    print_hex(message.hash, HASH_LENGTH);
    printf("\"}}");
}

/* The fields may be wrong on purpose. What a state_hash cannot hold is refused here in its place. */
static void answer_encode(json request) {
    json fields = json_member(request, "fields");
    json frame = json_member(fields, "frame");
    json hash = json_member(fields, "hash");
    int64_t number = 0;
    char hex[2 * HASH_LENGTH];
    size_t length = 0;
    state_hash message;
    if (!json_is_text(json_member(request, "type"))) {
        answer_error("`type` is not text");
    } else if (!is(json_member(request, "type"), "state_hash")) {
        answer_reject("unknown_type", "only STATE_HASH is known");
    } else if (frame.from == NULL || hash.from == NULL) {
        answer_error("`frame` or `hash` is missing");
    } else if (!json_integer(frame, &number)) {
        answer_reject("value", "the frame is not an integer");
    } else if (number < 0 || number > UINT32_MAX) {
        answer_reject("range", "the frame is not a u32");
    } else if (!json_is_text(hash)) {
        answer_reject("value", "the hash is not text");
    } else if (!json_text(hash, hex, sizeof hex, &length) || length != sizeof hex
               || !bytes_of(hex, length, message.hash)) {
        answer_reject("text", "the hash is not 16 hex digits");
    } else {
        uint8_t datagram[STATE_HASH_LENGTH];
        message.frame = (uint32_t)number;
        encode(&message, datagram);
        printf("\"ok\":{\"hex\":\"");
        print_hex(datagram, sizeof datagram);
        printf("\"}");
    }
}

static void answer(json request) {
    json op = json_member(request, "op");
    if (!json_is_text(op)) {
        answer_error("`op` is not text");
    } else if (is(op, "hello")) {
        hello(request);
    } else if (is(op, "decode")) {
        answer_decode(request);
    } else if (is(op, "encode")) {
        answer_encode(request);
    } else {
        printf("\"unsupported\":{}");
    }
}

/* A line without an id cannot be answered, and is only logged. */
static void answer_line(const char *line, size_t length) {
    json request;
    int64_t id = -1;
    if (strspn(line, " \t\r") == length) {
        return;
    }
    bool is_json = json_parse(line, length, &request);
    if (!is_json || !json_integer(json_member(request, "id"), &id) || id < 0 || id > MAX_ID) {
        fprintf(stderr, "%s: %.200s\n", is_json ? "no id" : "not JSON", line);
        return;
    }
    printf("{\"id\":%" PRId64 ",", id);
    answer(request);
    printf("}\n");
    fflush(stdout);
}

/* Answers until the end of standard input, which is the end of the adapter, with code 0. */
int main(void) {
    static char line[LONGEST_LINE + 1];
    size_t length = 0;
    bool is_too_long = false;
    for (;;) {
        int c = getchar();
        if (c != '\n' && c != EOF) {
            is_too_long = length == LONGEST_LINE;
            if (!is_too_long) {
                line[length++] = (char)c;
            }
            continue;
        }
        line[length] = '\0';
        if (is_too_long) {
            fprintf(stderr, "a line is too long: %.200s\n", line);
        } else {
            answer_line(line, length);
        }
        length = 0;
        is_too_long = false;
        if (c == EOF) {
            return ferror(stdin) || fflush(stdout) ? 1 : 0;
        }
    }
}
