/* The operations of the codec, and hello. */
#include <string.h>

#include "adapter.h"

static uint8_t received[1 + DATAGRAM_LIMIT];
static uint8_t packed[RW_ENTRY_SIZE * RW_MAX_ENTRIES];
static uint8_t encoded[16 + RW_ENTRY_SIZE * RW_MAX_ENTRIES];

const uint8_t *receive_hex(const struct json *hex, size_t *length)
{
    if (hex == NULL || hex->kind != JSON_STRING || hex->length % 2 != 0 ||
        hex->length / 2 > DATAGRAM_LIMIT || !rw_hex_read(hex->text, hex->length / 2, received + 1))
        return NULL;
    *length = hex->length / 2;
    return received + 1;
}

void spoil_received(size_t length)
{
    memset(received, 0xA5, 1 + length);
}

const char *write_reject(enum rw_status status, struct rw_text *out)
{
    const char *name = rw_class_name(status);
    if (name == NULL)
        return status == RW_NO_MEMORY ? "there is not enough memory" : "the buffer is too small";
    rw_text_add(out, "\"reject\":{\"class\":\"");
    rw_text_add(out, name);
    rw_text_add(out, "\"}");
    return NULL;
}

/* Decodes the datagram of a request. The entries move to a buffer of the adapter, and the receive
 * buffer is spoiled: what the answer says must not depend on it any more. */
static const char *decode_request(const struct json *request, struct rw_message *message,
                                  enum rw_status *status)
{
    size_t length;
    const uint8_t *bytes = receive_hex(json_member(request, "hex"), &length);
    if (bytes == NULL)
        return "`hex` is not text of lower-case hex digits";
    *status = rw_decode(settings.revision, bytes, length, message);
    if (*status == RW_OK && (message->type == RW_INPUT || message->type == RW_INPUT_RESPONSE)) {
        struct rw_entries *entries = message->type == RW_INPUT
                                         ? &message->as.input.entries
                                         : &message->as.input_response.entries;
        memcpy(packed, entries->bytes, RW_ENTRY_SIZE * entries->count);
        entries->bytes = packed;
    }
    spoil_received(length);
    return NULL;
}

const char *answer_decode(const struct json *request, struct rw_text *out)
{
    struct rw_message message;
    enum rw_status status;
    const char *error = decode_request(request, &message, &status);
    if (error != NULL)
        return error;
    if (status != RW_OK)
        return write_reject(status, out);
    rw_text_add(out, "\"ok\":");
    write_value(&message, out);
    return NULL;
}

static const char *write_encoded(const struct rw_message *message, struct rw_text *out)
{
    size_t length;
    enum rw_status status =
        rw_encode(settings.revision, message, encoded, sizeof encoded, &length);
    if (status != RW_OK)
        return write_reject(status, out);
    rw_text_add(out, "\"ok\":{\"hex\":\"");
    rw_text_hex(out, encoded, length);
    rw_text_add(out, "\"}");
    return NULL;
}

const char *answer_reencode(const struct json *request, struct rw_text *out)
{
    struct rw_message message;
    enum rw_status status;
    const char *error = decode_request(request, &message, &status);
    if (error != NULL)
        return error;
    return status == RW_OK ? write_encoded(&message, out) : write_reject(status, out);
}

const char *answer_encode(const struct json *request, struct rw_text *out)
{
    const struct json *name = json_member(request, "type");
    const struct json *fields = json_member(request, "fields");
    enum rw_type type;
    struct rw_message message;
    if (name == NULL || name->kind != JSON_STRING)
        return "`type` is not text";
    if (fields == NULL || fields->kind != JSON_OBJECT)
        return "`fields` is not an object";
    if (!rw_type_named(settings.revision, name->text, name->length, &type))
        return write_reject(RW_UNKNOWN_TYPE, out);
    enum rw_status status = read_value_of(type, fields, packed, &message);
    return status == RW_OK ? write_encoded(&message, out) : write_reject(status, out);
}

struct capability {
    const char *name;
    unsigned since;
};

/* The chapters apply from these revisions, so an earlier one does not declare them. */
static const struct capability CAPABILITIES[] = {
    {"decode", 1},     {"encode", 1},   {"reencode", 1},       {"nan-payload", 1},
    {"digest", 3},     {"exchange", 4}, {"lasting-hashes", 4}, {"inspect", 4},
    {"advance", 4},    {"detect", 5},   {"inputs", 7},         {"liveness", 7},
    {"validation", 7}, {"episodes", 7}, {"catch-up", 7},       {"focus", 7},
};

/* The chapters of a peer apply from revision 7, so an earlier one has none of their parameters. */
static void write_parameters(struct rw_text *out)
{
    rw_text_add(out, "{\"hash_sends\":");
    rw_text_number(out, settings.hash_sends);
    if (settings.revision == RW_REVISION) {
        rw_text_add(out, ",\"redundancy\":");
        rw_text_number(out, settings.redundancy);
        rw_text_add(out, ",\"validation_repeat_ms\":");
        rw_text_number(out, settings.validation_repeat_ms);
        rw_text_add(out, ",\"end_repeat_ms\":");
        rw_text_number(out, settings.end_repeat_ms);
        rw_text_add(out, ",\"request_repeats\":");
        rw_text_number(out, settings.request_repeats);
    }
    rw_text_add(out, "}");
}

const char *answer_hello(const struct json *request, struct rw_text *out)
{
    const struct json *versions = json_member(request, "protocol");
    const struct json *nonce = json_member(request, "nonce");
    uint64_t version = 0;
    bool offered = false;
    if (versions == NULL || versions->kind != JSON_ARRAY || nonce == NULL ||
        nonce->kind != JSON_STRING)
        return "`protocol` is not a list or `nonce` is not text";
    for (const struct json *part = versions->first; part != NULL; part = part->next)
        offered = offered || (json_unsigned(part, 1, &version) && version == 1);
    if (!offered)
        return "version 1 of the protocol is not offered";

    rw_text_add(out, "\"ok\":{\"protocol\":1,\"nonce\":");
    json_write_string(out, nonce->text, nonce->length);
    rw_text_add(out, ",\"impl\":{\"name\":\"rollwire-c\",\"version\":\"0.1.0\",\"language\":\"C\"},"
                     "\"revision\":");
    rw_text_number(out, settings.revision);
    rw_text_add(out, ",\"capabilities\":[");
    const char *separator = "\"";
    for (size_t i = 0; i < sizeof CAPABILITIES / sizeof CAPABILITIES[0]; i++) {
        if (CAPABILITIES[i].since > settings.revision)
            continue;
        if (strcmp(CAPABILITIES[i].name, "lasting-hashes") == 0 && !settings.lasting)
            continue;
        rw_text_add(out, separator);
        rw_text_add(out, CAPABILITIES[i].name);
        separator = "\",\"";
    }
    rw_text_add(out, "\"],\"window\":256,\"sessions\":");
    rw_text_number(out, SESSION_LIMIT);
    rw_text_add(out, ",\"parameters\":");
    write_parameters(out);
    rw_text_add(out, "}");
    return NULL;
}
