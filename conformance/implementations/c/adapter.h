/* The adapter: it answers the lines of the adapter protocol with what the library says. */
#ifndef RW_ADAPTER_H
#define RW_ADAPTER_H

#include "json.h"
#include "text.h"
#include "wire.h"

enum {
    LINE_LIMIT = 4 * 1024 * 1024,
    DATAGRAM_LIMIT = LINE_LIMIT / 2,
    SESSION_LIMIT = 64,
    REQUEST_DEPTH = 64
};

/* What this process is asked to be; the command line can change it. */
struct settings {
    unsigned revision;
    bool lasting; /* whether the hashes last: EXCH-35, EXCH-36, DETECT-16 to DETECT-18 */
    unsigned hash_sends;
    unsigned redundancy;
    unsigned validation_repeat_ms;
    unsigned end_repeat_ms;
    unsigned request_repeats;
};

extern struct settings settings;

/* A handler writes the members of its answer next to `id`, such as `"ok":{}`, and returns NULL.
 * If the request is malformed it returns the reason instead; what it has written is dropped. */
typedef const char *handler(const struct json *request, struct rw_text *out);

handler answer_hello;
handler answer_decode;
handler answer_encode;
handler answer_reencode;
handler answer_digest;
handler answer_open;
handler answer_step;
handler answer_advance;
handler answer_close;

/* Writes the answer `reject` for a refusal, or returns the reason of a failure that is none. */
const char *write_reject(enum rw_status status, struct rw_text *out);

/* Puts the bytes of a hex string at an odd offset into the one receive buffer of this process,
 * as a game's library does, and returns where they are; NULL if they are no hex.
 * `spoil_received` overwrites them, so that nothing can still depend on them. */
const uint8_t *receive_hex(const struct json *hex, size_t *length);
void spoil_received(size_t length);

/* The value of a message as JSON, and back. `packed` has room for RW_MAX_ENTRIES entries. */
void write_value(const struct rw_message *message, struct rw_text *out);
enum rw_status read_value_of(enum rw_type type, const struct json *fields, uint8_t *packed,
                             struct rw_message *message);

#endif
