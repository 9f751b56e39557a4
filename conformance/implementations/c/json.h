/* A small reader of JSON (RFC 8259), for requests and for the states of a digest.
 *
 * It keeps what other readers lose: the token of every number, every member of an object in its
 * order, and surrogates that have lost their other half. */
#ifndef RW_JSON_H
#define RW_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text.h"

enum json_kind {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
};

enum json_error { JSON_FINE, JSON_SYNTAX, JSON_TOO_DEEP, JSON_MEMORY };

/* One value. Strings and keys are UTF-8, with a NUL behind them that `length` does not count; a
 * lone surrogate is written as the three bytes that UTF-8 would have for it. So the order of the
 * bytes is the order of the code points. */
struct json {
    enum json_kind kind;
    size_t count;     /* elements of an array, members of an object */
    const char *text; /* the characters of a string, the token of a number */
    size_t length;
    const char *key; /* of a member of an object */
    size_t key_length;
    struct json *first; /* the elements or members, in the order of the text */
    struct json *next;
};

/* The memory of one document. Begin with all members zero. */
struct json_memory {
    struct json_block *newest;
};

/* Reads one value with nothing but white space around it. `text[length]` must be a NUL.
 * Deeper nesting than `depth` ends the reading at once with JSON_TOO_DEEP, so the recursion is
 * bounded. Everything that the result points to lives in `memory`, or in `text`. */
struct json *json_read(struct json_memory *memory, const char *text, size_t length, unsigned depth,
                       enum json_error *error);

/* Gives back all memory, except for one block that the next document uses. */
void json_forget(struct json_memory *memory);
void json_free(struct json_memory *memory);

/* The member with this name, or NULL; the first one, if there are several. */
struct json *json_member(const struct json *object, const char *name);

bool json_is(const struct json *value, const char *string);

/* Whether the token of a number is that of an integer: no point and no exponent. */
bool json_is_integer(const struct json *value);

/* The value of an integer token from 0 to `most`; false for any other value. */
bool json_unsigned(const struct json *value, uint64_t most, uint64_t *out);

/* Writes a string in ASCII, between quotes, as DIGEST-10 to DIGEST-12 say. */
void json_write_string(struct rw_text *out, const char *text, size_t length);

#endif
