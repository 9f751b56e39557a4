#include "wire.h"

#include <string.h>

/* What all messages have in common. The header is everything before the entries. */
struct kind {
    enum rw_type type;
    unsigned since;
    size_t header;
    const char *name;
};

static const struct kind KINDS[] = {
    {RW_INPUT, 1, 9, "input"},
    {RW_PING, 1, 9, "ping"},
    {RW_PONG, 1, 9, "pong"},
    {RW_KEEPALIVE, 1, 1, "keepalive"},
    {RW_EPISODE_END, 2, 9, "episode_end"},
    {RW_EPISODE_READY, 3, 13, "episode_ready"},
    {RW_STATE_HASH, 4, 13, "state_hash"},
    {RW_VALIDATION_PING, 5, 9, "validation_ping"},
    {RW_VALIDATION_PONG, 5, 9, "validation_pong"},
    {RW_INPUT_REQUEST, 6, 9, "input_request"},
    {RW_INPUT_RESPONSE, 6, 5, "input_response"},
    {RW_FOCUS_STATE, 6, 6, "focus_state"},
};

enum { KIND_COUNT = sizeof KINDS / sizeof KINDS[0] };

static const struct kind *find_kind(unsigned revision, unsigned type)
{
    for (size_t i = 0; i < KIND_COUNT; i++)
        if ((unsigned)KINDS[i].type == type && KINDS[i].since <= revision)
            return &KINDS[i];
    return NULL;
}

/* All integers are big-endian, whatever the machine is, so they are put together by shifts. */

static uint16_t get16(const uint8_t *bytes)
{
    return (uint16_t)((bytes[0] << 8) | bytes[1]);
}

static uint32_t get32(const uint8_t *bytes)
{
    return ((uint32_t)bytes[0] << 24) | ((uint32_t)bytes[1] << 16) | ((uint32_t)bytes[2] << 8) |
           (uint32_t)bytes[3];
}

static uint64_t get64(const uint8_t *bytes)
{
    return ((uint64_t)get32(bytes) << 32) | get32(bytes + 4);
}

static void put16(uint8_t *out, size_t value)
{
    out[0] = (uint8_t)(value >> 8);
    out[1] = (uint8_t)value;
}

static void put32(uint8_t *out, uint32_t value)
{
    put16(out, value >> 16);
    put16(out + 2, value);
}

static void put64(uint8_t *out, uint64_t value)
{
    put32(out, (uint32_t)(value >> 32));
    put32(out + 4, (uint32_t)value);
}

struct rw_entry rw_entry_at(struct rw_entries entries, size_t index)
{
    const uint8_t *bytes = entries.bytes + RW_ENTRY_SIZE * index;
    return (struct rw_entry){get32(bytes), bytes[4]};
}

void rw_entry_put(uint8_t *out, struct rw_entry entry)
{
    put32(out, entry.frame);
    out[4] = entry.action;
}

size_t rw_input_limit(unsigned revision)
{
    return revision <= 6 ? 5 : 15;
}

static bool is_lower_hex(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
            return false;
    }
    return true;
}

/* The number of entries that the header announces; the header is known to be complete. */
static size_t announced_entries(enum rw_type type, const uint8_t *bytes)
{
    if (type == RW_INPUT)
        return bytes[7];
    if (type == RW_INPUT_RESPONSE)
        return get16(bytes + 3);
    return 0;
}

/* Steps 6 and 7 of the order of checks: the length is right, so every field can be read. */
static enum rw_status decode_fields(const uint8_t *bytes, size_t count, struct rw_message *message)
{
    switch (message->type) {
    case RW_INPUT:
        message->as.input.player = get16(bytes + 1);
        message->as.input.current_frame = get32(bytes + 3);
        message->as.input.entries = (struct rw_entries){bytes + 9, count};
        return RW_OK;
    case RW_INPUT_RESPONSE:
        message->as.input_response.player = get16(bytes + 1);
        message->as.input_response.entries = (struct rw_entries){bytes + 5, count};
        return RW_OK;
    case RW_PING:
    case RW_PONG:
    case RW_VALIDATION_PING:
    case RW_VALIDATION_PONG:
        message->as.time.timestamp = get64(bytes + 1);
        return RW_OK;
    case RW_KEEPALIVE:
        return RW_OK;
    case RW_EPISODE_END:
        message->as.episode_end.frame = get32(bytes + 1);
        message->as.episode_end.episode = get32(bytes + 5);
        return RW_OK;
    case RW_EPISODE_READY:
        message->as.episode_ready.episode = get32(bytes + 1);
        memcpy(message->as.episode_ready.hash, bytes + 5, 8);
        return is_lower_hex(message->as.episode_ready.hash, 8) ? RW_OK : RW_TEXT;
    case RW_STATE_HASH:
        message->as.state_hash.frame = get32(bytes + 1);
        memcpy(message->as.state_hash.hash, bytes + 5, 8);
        return RW_OK;
    case RW_INPUT_REQUEST:
        message->as.input_request.start = get32(bytes + 1);
        message->as.input_request.end = get32(bytes + 5);
        return message->as.input_request.start <= message->as.input_request.end ? RW_OK : RW_RANGE;
    case RW_FOCUS_STATE:
        message->as.focus_state.focused = bytes[1] == 1;
        message->as.focus_state.frame = get32(bytes + 2);
        return bytes[1] <= 1 ? RW_OK : RW_VALUE;
    }
    return RW_UNKNOWN_TYPE;
}

enum rw_status rw_decode(unsigned revision, const uint8_t *bytes, size_t length,
                         struct rw_message *message)
{
    if (length == 0)
        return RW_EMPTY;
    const struct kind *kind = find_kind(revision, bytes[0]);
    if (kind == NULL)
        return RW_UNKNOWN_TYPE;
    if (length < kind->header)
        return RW_TRUNCATED;
    size_t count = announced_entries(kind->type, bytes);
    if (kind->type == RW_INPUT && (count < 1 || count > rw_input_limit(revision)))
        return RW_COUNT;
    size_t expected = kind->header + RW_ENTRY_SIZE * count;
    if (length != expected)
        return length < expected ? RW_TRUNCATED : RW_TRAILING;
    message->type = kind->type;
    return decode_fields(bytes, count, message);
}

static struct rw_entries entries_of(const struct rw_message *message)
{
    if (message->type == RW_INPUT)
        return message->as.input.entries;
    if (message->type == RW_INPUT_RESPONSE)
        return message->as.input_response.entries;
    return (struct rw_entries){NULL, 0};
}

size_t rw_encoded_size(const struct rw_message *message)
{
    const struct kind *kind = find_kind(RW_REVISION, message->type);
    return kind == NULL ? 0 : kind->header + RW_ENTRY_SIZE * entries_of(message).count;
}

/* What the types of a message cannot rule out. */
static enum rw_status check_message(unsigned revision, const struct rw_message *message)
{
    size_t count = entries_of(message).count;
    switch (message->type) {
    case RW_INPUT:
        return count >= 1 && count <= rw_input_limit(revision) ? RW_OK : RW_COUNT;
    case RW_INPUT_RESPONSE:
        return count <= RW_MAX_ENTRIES ? RW_OK : RW_COUNT;
    case RW_EPISODE_READY:
        return is_lower_hex(message->as.episode_ready.hash, 8) ? RW_OK : RW_TEXT;
    case RW_INPUT_REQUEST:
        return message->as.input_request.start <= message->as.input_request.end ? RW_OK : RW_RANGE;
    default:
        return RW_OK;
    }
}

static void put_fields(const struct rw_message *message, uint8_t *out)
{
    switch (message->type) {
    case RW_INPUT:
        put16(out + 1, message->as.input.player);
        put32(out + 3, message->as.input.current_frame);
        out[7] = (uint8_t)message->as.input.entries.count;
        out[8] = 0; /* INPUT-9 */
        break;
    case RW_INPUT_RESPONSE:
        put16(out + 1, message->as.input_response.player);
        put16(out + 3, message->as.input_response.entries.count);
        break;
    case RW_PING:
    case RW_PONG:
    case RW_VALIDATION_PING:
    case RW_VALIDATION_PONG:
        put64(out + 1, message->as.time.timestamp);
        break;
    case RW_KEEPALIVE:
        break;
    case RW_EPISODE_END:
        put32(out + 1, message->as.episode_end.frame);
        put32(out + 5, message->as.episode_end.episode);
        break;
    case RW_EPISODE_READY:
        put32(out + 1, message->as.episode_ready.episode);
        memcpy(out + 5, message->as.episode_ready.hash, 8);
        break;
    case RW_STATE_HASH:
        put32(out + 1, message->as.state_hash.frame);
        memcpy(out + 5, message->as.state_hash.hash, 8);
        break;
    case RW_INPUT_REQUEST:
        put32(out + 1, message->as.input_request.start);
        put32(out + 5, message->as.input_request.end);
        break;
    case RW_FOCUS_STATE:
        out[1] = message->as.focus_state.focused ? 1 : 0;
        put32(out + 2, message->as.focus_state.frame);
        break;
    }
}

enum rw_status rw_encode(unsigned revision, const struct rw_message *message, uint8_t *out,
                         size_t capacity, size_t *length)
{
    const struct kind *kind = find_kind(revision, message->type);
    if (kind == NULL)
        return RW_UNKNOWN_TYPE;
    enum rw_status status = check_message(revision, message);
    if (status != RW_OK)
        return status;
    struct rw_entries entries = entries_of(message);
    size_t size = rw_encoded_size(message);
    if (size > capacity)
        return RW_NO_ROOM;
    out[0] = (uint8_t)message->type;
    put_fields(message, out);
    if (entries.count > 0) /* memcpy from a null pointer is undefined, even of no bytes */
        memcpy(out + kind->header, entries.bytes, RW_ENTRY_SIZE * entries.count);
    *length = size;
    return RW_OK;
}

const char *rw_type_name(enum rw_type type)
{
    const struct kind *kind = find_kind(RW_REVISION, type);
    return kind == NULL ? "" : kind->name;
}

bool rw_type_named(unsigned revision, const char *name, size_t length, enum rw_type *type)
{
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (KINDS[i].since <= revision && strlen(KINDS[i].name) == length &&
            memcmp(KINDS[i].name, name, length) == 0) {
            *type = KINDS[i].type;
            return true;
        }
    }
    return false;
}

const char *rw_class_name(enum rw_status status)
{
    switch (status) {
    case RW_EMPTY: return "empty";
    case RW_UNKNOWN_TYPE: return "unknown_type";
    case RW_TRUNCATED: return "truncated";
    case RW_TRAILING: return "trailing";
    case RW_COUNT: return "count";
    case RW_VALUE: return "value";
    case RW_TEXT: return "text";
    case RW_RANGE: return "range";
    case RW_OK:
    case RW_NO_ROOM:
    case RW_NO_MEMORY: break;
    }
    return NULL;
}
