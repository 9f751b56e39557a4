/* What is done with values of JSON that have been read, and how strings are written. */
#include <string.h>

#include "json.h"

struct json *json_member(const struct json *object, const char *name)
{
    if (object == NULL || object->kind != JSON_OBJECT)
        return NULL;
    size_t length = strlen(name);
    for (struct json *member = object->first; member != NULL; member = member->next)
        if (member->key_length == length && memcmp(member->key, name, length) == 0)
            return member;
    return NULL;
}

bool json_is(const struct json *value, const char *string)
{
    return value != NULL && value->kind == JSON_STRING && value->length == strlen(string) &&
           memcmp(value->text, string, value->length) == 0;
}

bool json_is_integer(const struct json *value)
{
    if (value == NULL || value->kind != JSON_NUMBER)
        return false;
    for (size_t i = 0; i < value->length; i++)
        if (value->text[i] == '.' || value->text[i] == 'e' || value->text[i] == 'E')
            return false;
    return true;
}

bool json_unsigned(const struct json *value, uint64_t most, uint64_t *out)
{
    if (!json_is_integer(value) || value->text[0] == '-')
        return false;
    uint64_t number = 0;
    for (size_t i = 0; i < value->length; i++) {
        uint64_t digit = (uint64_t)(value->text[i] - '0');
        if (number > (most - digit) / 10 || digit > most)
            return false;
        number = number * 10 + digit;
    }
    *out = number;
    return true;
}

/* The next code point of a string that the reader has made, so nothing needs a check. */
static uint32_t next_code_point(const unsigned char **at)
{
    const unsigned char *bytes = *at;
    if (bytes[0] < 0x80) {
        *at += 1;
        return bytes[0];
    }
    if (bytes[0] < 0xE0) {
        *at += 2;
        return ((bytes[0] & 0x1Fu) << 6) | (bytes[1] & 0x3Fu);
    }
    if (bytes[0] < 0xF0) {
        *at += 3;
        return ((bytes[0] & 0x0Fu) << 12) | ((bytes[1] & 0x3Fu) << 6) | (bytes[2] & 0x3Fu);
    }
    *at += 4;
    return ((bytes[0] & 0x07u) << 18) | ((bytes[1] & 0x3Fu) << 12) | ((bytes[2] & 0x3Fu) << 6) |
           (bytes[3] & 0x3Fu);
}

static void write_unit(struct rw_text *out, uint32_t unit)
{
    uint8_t bytes[2] = {(uint8_t)(unit >> 8), (uint8_t)unit};
    rw_text_add(out, "\\u");
    rw_text_hex(out, bytes, 2);
}

static void write_code_point(struct rw_text *out, uint32_t code)
{
    char plain = (char)code;
    switch (code) {
    case '"': rw_text_add(out, "\\\""); return;
    case '\\': rw_text_add(out, "\\\\"); return;
    case '\b': rw_text_add(out, "\\b"); return;
    case '\f': rw_text_add(out, "\\f"); return;
    case '\n': rw_text_add(out, "\\n"); return;
    case '\r': rw_text_add(out, "\\r"); return;
    case '\t': rw_text_add(out, "\\t"); return;
    default: break;
    }
    if (code >= 0x20 && code <= 0x7E) {
        rw_text_put(out, &plain, 1);
    } else if (code < 0x10000) {
        write_unit(out, code);
    } else {
        write_unit(out, 0xD800 + ((code - 0x10000) >> 10));
        write_unit(out, 0xDC00 + ((code - 0x10000) & 0x3FF));
    }
}

void json_write_string(struct rw_text *out, const char *text, size_t length)
{
    const unsigned char *at = (const unsigned char *)text;
    const unsigned char *end = at + length;
    rw_text_add(out, "\"");
    while (at < end)
        write_code_point(out, next_code_point(&at));
    rw_text_add(out, "\"");
}
