/* The values of messages as JSON. What the types of the library cannot hold is refused here, as
 * the section "No silent change" of the common rules asks. */
#include <string.h>

#include "adapter.h"

static void write_key(struct rw_text *out, const char *separator, const char *name)
{
    rw_text_add(out, separator);
    rw_text_add(out, "\"");
    rw_text_add(out, name);
    rw_text_add(out, "\":");
}

static void write_number(struct rw_text *out, const char *separator, const char *name,
                         uint32_t number)
{
    write_key(out, separator, name);
    rw_text_number(out, number);
}

static void write_entries(struct rw_text *out, struct rw_entries entries)
{
    write_key(out, ",", "entries");
    rw_text_add(out, "[");
    for (size_t i = 0; i < entries.count; i++) {
        struct rw_entry entry = rw_entry_at(entries, i);
        write_number(out, i == 0 ? "{" : ",{", "frame", entry.frame);
        write_number(out, ",", "action", entry.action);
        rw_text_add(out, "}");
    }
    rw_text_add(out, "]");
}

static void write_timestamp(struct rw_text *out, uint64_t bits)
{
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(bits >> (56 - 8 * i));
    write_key(out, "", "timestamp");
    rw_text_add(out, "\"");
    rw_text_hex(out, bytes, 8);
    rw_text_add(out, "\"");
}

static void write_fields(const struct rw_message *message, struct rw_text *out)
{
    switch (message->type) {
    case RW_INPUT:
        write_number(out, "", "player", message->as.input.player);
        write_number(out, ",", "current_frame", message->as.input.current_frame);
        write_entries(out, message->as.input.entries);
        break;
    case RW_INPUT_RESPONSE:
        write_number(out, "", "player", message->as.input_response.player);
        write_entries(out, message->as.input_response.entries);
        break;
    case RW_PING:
    case RW_PONG:
    case RW_VALIDATION_PING:
    case RW_VALIDATION_PONG:
        write_timestamp(out, message->as.time.timestamp);
        break;
    case RW_KEEPALIVE:
        break;
    case RW_EPISODE_END:
        write_number(out, "", "frame", message->as.episode_end.frame);
        write_number(out, ",", "episode", message->as.episode_end.episode);
        break;
    case RW_EPISODE_READY:
        write_number(out, "", "episode", message->as.episode_ready.episode);
        write_key(out, ",", "hash");
        json_write_string(out, message->as.episode_ready.hash, 8);
        break;
    case RW_STATE_HASH:
        write_number(out, "", "frame", message->as.state_hash.frame);
        write_key(out, ",", "hash");
        rw_text_add(out, "\"");
        rw_text_hex(out, message->as.state_hash.hash, 8);
        rw_text_add(out, "\"");
        break;
    case RW_INPUT_REQUEST:
        write_number(out, "", "start", message->as.input_request.start);
        write_number(out, ",", "end", message->as.input_request.end);
        break;
    case RW_FOCUS_STATE:
        write_key(out, "", "focused");
        rw_text_add(out, message->as.focus_state.focused ? "true" : "false");
        write_number(out, ",", "frame", message->as.focus_state.frame);
        break;
    }
}

void write_value(const struct rw_message *message, struct rw_text *out)
{
    rw_text_add(out, "{\"type\":\"");
    rw_text_add(out, rw_type_name(message->type));
    rw_text_add(out, "\",\"fields\":{");
    write_fields(message, out);
    rw_text_add(out, "}}");
}

/* The readers below keep the first fault: a reader that finds one already does nothing. */

static uint32_t read_integer(const struct json *fields, const char *name, uint32_t most,
                             enum rw_status *status)
{
    const struct json *value = json_member(fields, name);
    uint64_t number = 0;
    if (*status != RW_OK)
        return 0;
    if (!json_is_integer(value))
        *status = RW_VALUE;
    else if (!json_unsigned(value, most, &number))
        *status = RW_RANGE;
    return (uint32_t)number;
}

static bool read_flag(const struct json *fields, const char *name, enum rw_status *status)
{
    const struct json *value = json_member(fields, name);
    if (value == NULL || (value->kind != JSON_TRUE && value->kind != JSON_FALSE)) {
        *status = RW_VALUE;
        return false;
    }
    return value->kind == JSON_TRUE;
}

/* Text of exactly 2·length lower-case digits; `fault` is the class of a text that is not that. */
static void read_hex(const struct json *fields, const char *name, uint8_t *out, size_t length,
                     enum rw_status fault, enum rw_status *status)
{
    const struct json *value = json_member(fields, name);
    if (*status != RW_OK)
        return;
    if (value == NULL || value->kind != JSON_STRING)
        *status = RW_VALUE;
    else if (value->length != 2 * length || !rw_hex_read(value->text, length, out))
        *status = fault;
}

static struct rw_entries read_entries(const struct json *fields, uint8_t *packed,
                                      enum rw_status *status)
{
    const struct json *list = json_member(fields, "entries");
    struct rw_entries entries = {packed, 0};
    if (*status != RW_OK)
        return entries;
    if (list == NULL || list->kind != JSON_ARRAY) {
        *status = RW_VALUE;
        return entries;
    }
    entries.count = list->count;
    if (entries.count > RW_MAX_ENTRIES) {
        *status = RW_COUNT;
        return entries;
    }
    for (const struct json *part = list->first; part != NULL; part = part->next) {
        struct rw_entry entry;
        entry.frame = read_integer(part, "frame", UINT32_MAX, status);
        entry.action = (uint8_t)read_integer(part, "action", UINT8_MAX, status);
        rw_entry_put(packed, entry);
        packed += RW_ENTRY_SIZE;
    }
    return entries;
}

enum rw_status read_value_of(enum rw_type type, const struct json *fields, uint8_t *packed,
                             struct rw_message *message)
{
    enum rw_status status = RW_OK;
    uint8_t bits[8] = {0};
    message->type = type;
    switch (type) {
    case RW_INPUT:
        message->as.input.player = (uint16_t)read_integer(fields, "player", UINT16_MAX, &status);
        message->as.input.current_frame =
            read_integer(fields, "current_frame", UINT32_MAX, &status);
        message->as.input.entries = read_entries(fields, packed, &status);
        break;
    case RW_INPUT_RESPONSE:
        message->as.input_response.player =
            (uint16_t)read_integer(fields, "player", UINT16_MAX, &status);
        message->as.input_response.entries = read_entries(fields, packed, &status);
        break;
    case RW_PING:
    case RW_PONG:
    case RW_VALIDATION_PING:
    case RW_VALIDATION_PONG:
        read_hex(fields, "timestamp", bits, 8, RW_VALUE, &status);
        message->as.time.timestamp = 0;
        for (int i = 0; i < 8; i++)
            message->as.time.timestamp = (message->as.time.timestamp << 8) | bits[i];
        break;
    case RW_KEEPALIVE:
        break;
    case RW_EPISODE_END:
        message->as.episode_end.frame = read_integer(fields, "frame", UINT32_MAX, &status);
        message->as.episode_end.episode = read_integer(fields, "episode", UINT32_MAX, &status);
        break;
    case RW_EPISODE_READY:
        message->as.episode_ready.episode = read_integer(fields, "episode", UINT32_MAX, &status);
        read_hex(fields, "hash", bits, 4, RW_TEXT, &status);
        if (status == RW_OK)
            memcpy(message->as.episode_ready.hash, json_member(fields, "hash")->text, 8);
        break;
    case RW_STATE_HASH:
        message->as.state_hash.frame = read_integer(fields, "frame", UINT32_MAX, &status);
        read_hex(fields, "hash", message->as.state_hash.hash, 8, RW_TEXT, &status);
        break;
    case RW_INPUT_REQUEST:
        message->as.input_request.start = read_integer(fields, "start", UINT32_MAX, &status);
        message->as.input_request.end = read_integer(fields, "end", UINT32_MAX, &status);
        break;
    case RW_FOCUS_STATE:
        message->as.focus_state.focused = read_flag(fields, "focused", &status);
        message->as.focus_state.frame = read_integer(fields, "frame", UINT32_MAX, &status);
        break;
    }
    return status;
}
