#include "json.h"

#include <string.h>

/* Deeper texts are refused, because reading them needs as much stack. */
enum { DEEPEST = 64 };

/* Where the reader is. Every function returns false at a fault. */
typedef struct {
    const char *at;
    const char *end;
} reader;

static bool value_ends(reader *r, int depth);

static int peek(const reader *r) {
    return r->at < r->end ? (unsigned char)*r->at : -1;
}

static bool take(reader *r, char expected) {
    if (peek(r) != (unsigned char)expected) {
        return false;
    }
    r->at++;
    return true;
}

static void blanks(reader *r) {
    while (peek(r) == ' ' || peek(r) == '\t' || peek(r) == '\r' || peek(r) == '\n') {
        r->at++;
    }
}

static bool word_ends(reader *r, const char *word) {
    while (*word != '\0') {
        if (!take(r, *word++)) {
            return false;
        }
    }
    return true;
}

static bool digits_end(reader *r) {
    const char *from = r->at;
    while (peek(r) >= '0' && peek(r) <= '9') {
        r->at++;
    }
    return r->at > from;
}

static bool number_ends(reader *r) {
    take(r, '-');
    if (!take(r, '0') && !digits_end(r)) {
        return false;
    }
    if (take(r, '.') && !digits_end(r)) {
        return false;
    }
    if (take(r, 'e') || take(r, 'E')) {
        if (!take(r, '+')) {
            take(r, '-');
        }
        return digits_end(r);
    }
    return true;
}

/* The 16 bits of an escape such as \u00e9, after its \ and u. */
static bool unit_ends(reader *r, unsigned *unit) {
    *unit = 0;
    for (int i = 0; i < 4; i++) {
        int c = peek(r);
        int digit = c >= '0' && c <= '9' ? c - '0'
            : c >= 'a' && c <= 'f'       ? c - 'a' + 10
            : c >= 'A' && c <= 'F'       ? c - 'A' + 10
                                         : -1;
        if (digit < 0) {
            return false;
        }
        *unit = *unit << 4 | (unsigned)digit;
        r->at++;
    }
    return true;
}

/* One character of a string, which may be a byte of a longer one. `length` is 0 at the closing mark. */
static bool character_ends(reader *r, char bytes[4], size_t *length) {
    static const char escapes[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    int c = peek(r);
    *length = 0;
    if (c < 0x20) {
        return false;
    }
    r->at++;
    if (c == '"') {
        return true;
    }
    *length = 1;
    bytes[0] = (char)c;
    if (c != '\\') {
        return true;
    }
    c = peek(r);
    const char *escape = c > 0 ? strchr(escapes, c) : NULL;
    if (escape != NULL) {
        r->at++;
        bytes[0] = meanings[escape - escapes];
        return true;
    }
    unsigned unit = 0;
    unsigned low = 0;
    if (!take(r, 'u') || !unit_ends(r, &unit)) {
        return false;
    }
    if (unit >= 0xd800 && unit < 0xe000) { /* half a character without its other half is a fault */
        if (unit >= 0xdc00 || !word_ends(r, "\\u") || !unit_ends(r, &low)) {
            return false;
        }
        if (low < 0xdc00 || low >= 0xe000) {
            return false;
        }
        unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }
    *length = unit < 0x80 ? 1 : unit < 0x800 ? 2 : unit < 0x10000 ? 3 : 4;
    static const unsigned char marks[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = *length; i > 1; i--) {
        bytes[i - 1] = (char)(0x80 | (unit & 0x3f));
        unit >>= 6;
    }
    bytes[0] = (char)(marks[*length == 1 ? 0 : *length] | unit);
    return true;
}

static bool string_ends(reader *r) {
    char bytes[4];
    size_t length = 1;
    if (!take(r, '"')) {
        return false;
    }
    while (length > 0) {
        if (!character_ends(r, bytes, &length)) {
            return false;
        }
    }
    return true;
}

/* The name of a member, and the colon after it. */
static bool name_ends(reader *r) {
    if (!string_ends(r)) {
        return false;
    }
    blanks(r);
    return take(r, ':');
}

static bool items_end(reader *r, char open, char close, int depth) {
    if (!take(r, open)) {
        return false;
    }
    blanks(r);
    if (take(r, close)) {
        return true;
    }
    do {
        blanks(r);
        if (open == '{' && !name_ends(r)) {
            return false;
        }
        if (!value_ends(r, depth + 1)) {
            return false;
        }
        blanks(r);
    } while (take(r, ','));
    return take(r, close);
}

static bool value_ends(reader *r, int depth) {
    blanks(r);
    if (depth > DEEPEST) {
        return false;
    }
    switch (peek(r)) {
    case '{': return items_end(r, '{', '}', depth);
    case '[': return items_end(r, '[', ']', depth);
    case '"': return string_ends(r);
    case 't': return word_ends(r, "true");
    case 'f': return word_ends(r, "false");
    case 'n': return word_ends(r, "null");
    default: return number_ends(r);
    }
}

/* The next value, without the blanks around it. */
static json next_value(reader *r) {
    json value = {NULL, NULL};
    blanks(r);
    value.from = r->at;
    if (!value_ends(r, 0)) {
        value.from = NULL;
    }
    value.end = r->at;
    return value;
}

bool json_parse(const char *text, size_t length, json *value) {
    reader r = {text, text + length};
    *value = next_value(&r);
    blanks(&r);
    return value->from != NULL && r.at == r.end;
}

json json_member(json object, const char *name) {
    json none = {NULL, NULL};
    reader r = {object.from, object.end};
    char found[64];
    size_t length = 0;
    if (object.from == NULL || !take(&r, '{')) {
        return none;
    }
    do {
        blanks(&r);
        json spelled = {r.at, NULL};
        if (!string_ends(&r)) {
            return none; /* the object is empty */
        }
        spelled.end = r.at;
        blanks(&r);
        take(&r, ':');
        json value = next_value(&r);
        bool fits = json_text(spelled, found, sizeof found, &length);
        if (fits && length == strlen(name) && memcmp(found, name, length) == 0) {
            return value;
        }
        blanks(&r);
    } while (take(&r, ','));
    return none;
}

bool json_next(json list, json *item) {
    reader r = {item->from == NULL ? list.from : item->end, list.end};
    if (list.from == NULL || *list.from != '[') {
        return false;
    }
    blanks(&r);
    take(&r, item->from == NULL ? '[' : ',');
    *item = next_value(&r);
    return item->from != NULL; /* at the end of the list there is no value */
}

bool json_is_text(json value) {
    return value.from != NULL && *value.from == '"';
}

bool json_integer(json value, int64_t *integer) {
    enum { MOST_DIGITS = 16 };
    reader r = {value.from, value.end};
    if (value.from == NULL) {
        return false;
    }
    bool is_negative = take(&r, '-');
    if (r.end - r.at < 1 || r.end - r.at > MOST_DIGITS) {
        return false;
    }
    *integer = 0;
    while (peek(&r) >= '0' && peek(&r) <= '9') {
        *integer = *integer * 10 + (*r.at++ - '0');
    }
    if (is_negative) {
        *integer = -*integer;
    }
    return r.at == r.end;
}

bool json_text(json value, char *text, size_t most, size_t *length) {
    reader r = {value.from, value.end};
    char bytes[4];
    size_t count = 1;
    *length = 0;
    if (value.from == NULL || !take(&r, '"')) {
        return false;
    }
    while (count > 0) {
        if (!character_ends(&r, bytes, &count) || count > most - *length) {
            return false;
        }
        memcpy(text + *length, bytes, count);
        *length += count;
    }
    return true;
}
