/* A reader for the JSON of requests, without a tree and without memory of its own: a value is a part of the
 * line. Nothing here knows the protocol; if your project has a JSON library, use that in its place. */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A value in a text that json_parse has accepted; `from` is NULL if there is none. */
typedef struct {
    const char *from;
    const char *end;
} json;

/* Whether the text is one JSON value, nested at most 64 deep, with nothing after it. */
bool json_parse(const char *text, size_t length, json *value);

/* The member of an object. There is none if the value is not an object. */
json json_member(json object, const char *name);

/* The items of a list, one after another: begin with an item whose `from` is NULL. */
bool json_next(json list, json *item);

bool json_is_text(json value);

/* Whether the value is an integer of at most 16 digits, without a point and without an exponent. */
bool json_integer(json value, int64_t *integer);

/* Writes a text as UTF-8 without its quotation marks. False if it is not text or has more than `most` bytes. */
bool json_text(json value, char *text, size_t most, size_t *length);

#endif
