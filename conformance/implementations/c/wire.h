/* The codec: what a datagram says, and which bytes a message has.
 *
 * Nothing here allocates, keeps state or writes outside the memory that it was given.
 * The names of rules, such as WIRE-1, are those of the specification. */
#ifndef RW_WIRE_H
#define RW_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RW_REVISION = 7, RW_ENTRY_SIZE = 5, RW_MAX_ENTRIES = 65535 };

/* The result of an operation: success, one of the eight classes of refusal (REFUSAL-2), or a
 * failure that is no refusal, because nothing is wrong with the input (WIRE-6). */
enum rw_status {
    RW_OK,
    RW_EMPTY,
    RW_UNKNOWN_TYPE,
    RW_TRUNCATED,
    RW_TRAILING,
    RW_COUNT,
    RW_VALUE,
    RW_TEXT,
    RW_RANGE,
    RW_NO_ROOM,
    RW_NO_MEMORY
};

enum rw_type {
    RW_INPUT = 0x01,
    RW_PING = 0x02,
    RW_PONG = 0x03,
    RW_KEEPALIVE = 0x04,
    RW_EPISODE_END = 0x05,
    RW_EPISODE_READY = 0x06,
    RW_STATE_HASH = 0x07,
    RW_VALIDATION_PING = 0x10,
    RW_VALIDATION_PONG = 0x11,
    RW_INPUT_REQUEST = 0x12,
    RW_INPUT_RESPONSE = 0x13,
    RW_FOCUS_STATE = 0x14
};

struct rw_entry {
    uint32_t frame;
    uint8_t action;
};

/* Entries stay packed, five bytes each, so that a list of 65535 needs no memory of its own.
 * After decoding, `bytes` points into the datagram: it is valid as long as the datagram is. */
struct rw_entries {
    const uint8_t *bytes;
    size_t count;
};

struct rw_message {
    enum rw_type type;
    union {
        struct {
            uint16_t player;
            uint32_t current_frame;
            struct rw_entries entries;
        } input;
        struct {
            uint16_t player;
            struct rw_entries entries;
        } input_response;
        /* PING, PONG and both of validation: the 64 bits of a double. They are never held as a
         * double, because a floating point register may change a NaN (PING-3). */
        struct {
            uint64_t timestamp;
        } time;
        struct {
            uint32_t frame;
            uint32_t episode;
        } episode_end;
        struct {
            uint32_t episode;
            char hash[8]; /* eight characters, without a NUL */
        } episode_ready;
        struct {
            uint32_t frame;
            uint8_t hash[8]; /* eight raw bytes */
        } state_hash;
        struct {
            uint32_t start;
            uint32_t end;
        } input_request;
        struct {
            bool focused;
            uint32_t frame;
        } focus_state;
    } as;
};

/* Decodes one datagram as the given revision (1 to 7) does.
 * It checks in the order of the chapter on refusals, so a refusal has exactly one class.
 * Rules: WIRE-1, WIRE-2, INPUT-1 to INPUT-10, and the decoding rules of every other message.
 * `*message` is only meaningful if the result is RW_OK. */
enum rw_status rw_decode(unsigned revision, const uint8_t *bytes, size_t length,
                         struct rw_message *message);

/* Encodes a message into `out`, which has room for `capacity` bytes, and sets `*length`.
 * Rules: WIRE-4, INPUT-9, INPUT-11, EPISODE_READY-5, INPUT_REQUEST-5, INPUT_RESPONSE-5.
 * The other encoder rules are kept by the types: a uint8_t cannot hold 256.
 * If `out` is too small, the result is RW_NO_ROOM and nothing is written. */
enum rw_status rw_encode(unsigned revision, const struct rw_message *message, uint8_t *out,
                         size_t capacity, size_t *length);

/* The number of bytes that rw_encode needs for this message. */
size_t rw_encoded_size(const struct rw_message *message);

/* Reads the entry with this index, and writes one as five bytes (INPUT-10, INPUT_RESPONSE-4). */
struct rw_entry rw_entry_at(struct rw_entries entries, size_t index);
void rw_entry_put(uint8_t *out, struct rw_entry entry);

/* The most entries of an INPUT that an encoder of this revision writes (INPUT-4, INPUT-11). */
size_t rw_input_limit(unsigned revision);

/* The name of a message in JSON, and the type with this name in this revision (WIRE-4).
 * The second returns false if the revision has no such message. */
const char *rw_type_name(enum rw_type type);
bool rw_type_named(unsigned revision, const char *name, size_t length, enum rw_type *type);

/* The name of a class of refusal, or NULL for a status that is not a refusal (REFUSAL-2). */
const char *rw_class_name(enum rw_status status);

#endif
