#include "json.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 64 * 1024 };

struct json_block {
    struct json_block *older;
    size_t size;
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
};

struct reader {
    const char *at;
    const char *end;
    struct json_memory *memory;
    unsigned depth; /* how many levels may still begin */
    enum json_error error;
};

static void *allocate(struct json_memory *memory, size_t size)
{
    size = (size + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
    struct json_block *block = memory->newest;
    if (block == NULL || block->size - block->used < size) {
        size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
        block = malloc(sizeof *block + room);
        if (block == NULL)
            return NULL;
        *block = (struct json_block){.older = memory->newest, .size = room, .used = 0};
        memory->newest = block;
    }
    void *result = block->bytes + block->used;
    block->used += size;
    return result;
}

void json_forget(struct json_memory *memory)
{
    struct json_block *block = memory->newest;
    while (block != NULL && block->older != NULL) {
        struct json_block *older = block->older;
        free(block);
        block = older;
    }
    if (block != NULL)
        block->used = 0;
    memory->newest = block;
}

void json_free(struct json_memory *memory)
{
    json_forget(memory);
    free(memory->newest);
    memory->newest = NULL;
}

static bool fail(struct reader *reader, enum json_error error)
{
    if (reader->error == JSON_FINE)
        reader->error = error;
    return false;
}

static void skip_space(struct reader *reader)
{
    while (reader->at < reader->end &&
           (*reader->at == ' ' || *reader->at == '\t' || *reader->at == '\n' ||
            *reader->at == '\r'))
        reader->at++;
}

static bool take(struct reader *reader, char character)
{
    if (reader->at < reader->end && *reader->at == character) {
        reader->at++;
        return true;
    }
    return false;
}

static bool take_digits(struct reader *reader)
{
    const char *begin = reader->at;
    while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9')
        reader->at++;
    return reader->at > begin;
}

static bool read_number(struct reader *reader, struct json *value)
{
    value->kind = JSON_NUMBER;
    value->text = reader->at;
    take(reader, '-');
    if (!take(reader, '0') && !take_digits(reader))
        return fail(reader, JSON_SYNTAX);
    if (take(reader, '.') && !take_digits(reader))
        return fail(reader, JSON_SYNTAX);
    if (take(reader, 'e') || take(reader, 'E')) {
        if (!take(reader, '+'))
            take(reader, '-');
        if (!take_digits(reader))
            return fail(reader, JSON_SYNTAX);
    }
    value->length = (size_t)(reader->at - value->text);
    return true;
}

static bool read_word(struct reader *reader, struct json *value, const char *word,
                      enum json_kind kind)
{
    size_t length = strlen(word);
    if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, word, length) != 0)
        return fail(reader, JSON_SYNTAX);
    reader->at += length;
    value->kind = kind;
    return true;
}

/* The four digits after \u, in either case; -1 if they are not all there. */
static int32_t read_four_digits(struct reader *reader)
{
    int32_t unit = 0;
    if (reader->end - reader->at < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        char c = *reader->at++;
        int digit;
        if (c >= '0' && c <= '9')
            digit = c - '0';
        else if (c >= 'a' && c <= 'f')
            digit = c - 'a' + 10;
        else if (c >= 'A' && c <= 'F')
            digit = c - 'A' + 10;
        else
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

static char *put_code_point(char *out, int32_t code)
{
    if (code < 0x80) {
        *out++ = (char)code;
    } else if (code < 0x800) {
        *out++ = (char)(0xC0 | (code >> 6));
        *out++ = (char)(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        *out++ = (char)(0xE0 | (code >> 12));
        *out++ = (char)(0x80 | ((code >> 6) & 0x3F));
        *out++ = (char)(0x80 | (code & 0x3F));
    } else {
        *out++ = (char)(0xF0 | (code >> 18));
        *out++ = (char)(0x80 | ((code >> 12) & 0x3F));
        *out++ = (char)(0x80 | ((code >> 6) & 0x3F));
        *out++ = (char)(0x80 | (code & 0x3F));
    }
    return out;
}

static char *read_escape(struct reader *reader, char *out)
{
    static const char NAMES[] = "\"\\/bfnrt";
    static const char MEANINGS[] = "\"\\/\b\f\n\r\t";
    if (reader->at == reader->end)
        return NULL;
    char name = *reader->at++;
    if (name != 'u') {
        const char *found = name == '\0' ? NULL : strchr(NAMES, name);
        if (found == NULL)
            return NULL;
        *out++ = MEANINGS[found - NAMES];
        return out;
    }
    int32_t unit = read_four_digits(reader);
    if (unit < 0)
        return NULL;
    /* Two adjacent escapes that form a pair are one character (DIGEST-12). A half without its
     * other half is kept (DIGEST-13). */
    if (unit >= 0xD800 && unit <= 0xDBFF && reader->end - reader->at >= 6 &&
        reader->at[0] == '\\' && reader->at[1] == 'u') {
        const char *before = reader->at;
        reader->at += 2;
        int32_t low = read_four_digits(reader);
        if (low >= 0xDC00 && low <= 0xDFFF)
            unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        else
            reader->at = before;
    }
    return put_code_point(out, unit);
}

/* The length of the well-formed UTF-8 character at `at`, or 0. An overlong form, a surrogate and
 * a number above U+10FFFF are not well-formed. */
static size_t utf8_length(const char *at, const char *end)
{
    const unsigned char *bytes = (const unsigned char *)at;
    size_t length = bytes[0] < 0x80 ? 1 : bytes[0] < 0xC2 ? 0 : bytes[0] < 0xE0 ? 2
                  : bytes[0] < 0xF0 ? 3 : bytes[0] < 0xF5 ? 4 : 0;
    if ((size_t)(end - at) < length)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
    if ((bytes[0] == 0xE0 && bytes[1] < 0xA0) || (bytes[0] == 0xED && bytes[1] > 0x9F) ||
        (bytes[0] == 0xF0 && bytes[1] < 0x90) || (bytes[0] == 0xF4 && bytes[1] > 0x8F))
        return 0;
    return length;
}

static bool read_string(struct reader *reader, const char **text, size_t *length)
{
    if (!take(reader, '"'))
        return fail(reader, JSON_SYNTAX);
    /* The room between the quotes is enough: no escape is shorter than what it stands for. */
    const char *close = reader->at;
    while (close < reader->end && *close != '"')
        close += *close == '\\' ? 2 : 1;
    if (close >= reader->end)
        return fail(reader, JSON_SYNTAX);
    char *begin = allocate(reader->memory, (size_t)(close - reader->at) + 1);
    if (begin == NULL)
        return fail(reader, JSON_MEMORY);
    char *out = begin;
    while (reader->at < close) {
        if (*reader->at == '\\') {
            reader->at++;
            out = read_escape(reader, out);
            if (out == NULL)
                return fail(reader, JSON_SYNTAX);
        } else {
            size_t size = utf8_length(reader->at, close);
            if (size == 0 || (unsigned char)*reader->at < 0x20)
                return fail(reader, JSON_SYNTAX);
            memcpy(out, reader->at, size);
            out += size;
            reader->at += size;
        }
    }
    if (!take(reader, '"')) /* an escape such as \u12"4 has run past the end */
        return fail(reader, JSON_SYNTAX);
    *out = '\0';
    *text = begin;
    *length = (size_t)(out - begin);
    return true;
}

static struct json *read_value(struct reader *reader);

static bool read_key(struct reader *reader, const char **key, size_t *length)
{
    skip_space(reader);
    if (!read_string(reader, key, length))
        return false;
    skip_space(reader);
    return take(reader, ':') || fail(reader, JSON_SYNTAX);
}

/* An array or an object, after its first bracket. */
static bool read_parts(struct reader *reader, struct json *value, char close)
{
    if (reader->depth == 0)
        return fail(reader, JSON_TOO_DEEP);
    reader->depth--;
    struct json **end = &value->first;
    skip_space(reader);
    bool more = !take(reader, close);
    while (more) {
        const char *key = NULL;
        size_t key_length = 0;
        if (value->kind == JSON_OBJECT && !read_key(reader, &key, &key_length))
            return false;
        struct json *part = read_value(reader);
        if (part == NULL)
            return false;
        part->key = key;
        part->key_length = key_length;
        *end = part;
        end = &part->next;
        value->count++;
        skip_space(reader);
        more = take(reader, ',');
        if (!more && !take(reader, close))
            return fail(reader, JSON_SYNTAX);
    }
    reader->depth++;
    return true;
}

static bool read_into(struct reader *reader, struct json *value)
{
    skip_space(reader);
    if (reader->at == reader->end)
        return fail(reader, JSON_SYNTAX);
    switch (*reader->at) {
    case '{':
        reader->at++;
        value->kind = JSON_OBJECT;
        return read_parts(reader, value, '}');
    case '[':
        reader->at++;
        value->kind = JSON_ARRAY;
        return read_parts(reader, value, ']');
    case '"':
        value->kind = JSON_STRING;
        return read_string(reader, &value->text, &value->length);
    case 't': return read_word(reader, value, "true", JSON_TRUE);
    case 'f': return read_word(reader, value, "false", JSON_FALSE);
    case 'n': return read_word(reader, value, "null", JSON_NULL);
    default: return read_number(reader, value);
    }
}

static struct json *read_value(struct reader *reader)
{
    struct json *value = allocate(reader->memory, sizeof *value);
    if (value == NULL) {
        fail(reader, JSON_MEMORY);
        return NULL;
    }
    *value = (struct json){0};
    return read_into(reader, value) ? value : NULL;
}

struct json *json_read(struct json_memory *memory, const char *text, size_t length, unsigned depth,
                       enum json_error *error)
{
    struct reader reader = {text, text + length, memory, depth, JSON_FINE};
    struct json *value = read_value(&reader);
    if (value != NULL) {
        skip_space(&reader);
        if (reader.at != reader.end) {
            fail(&reader, JSON_SYNTAX);
            value = NULL;
        }
    }
    *error = reader.error;
    return value;
}
