/* A text that grows: answers and canonical texts are built in it. */
#ifndef RW_TEXT_H
#define RW_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Begin with all members zero. If memory runs out, `failed` becomes true, and everything that
 * follows is ignored: so a writer checks once, at its end, and never uses a part (WIRE-6). */
struct rw_text {
    char *bytes;
    size_t length;
    size_t capacity;
    bool failed;
};

void rw_text_put(struct rw_text *text, const void *bytes, size_t length);
void rw_text_add(struct rw_text *text, const char *string);
void rw_text_repeat(struct rw_text *text, char character, size_t times);
void rw_text_number(struct rw_text *text, uint64_t number);
void rw_text_hex(struct rw_text *text, const uint8_t *bytes, size_t length);

/* Empties the text and keeps its memory; or gives the memory back. */
void rw_text_clear(struct rw_text *text);
void rw_text_free(struct rw_text *text);

/* The value of 2·length lower-case hex digits as bytes; false if one is not such a digit.
 * No function of the C library is used: they accept signs, spaces and prefixes (STATE_HASH-4). */
bool rw_hex_read(const char *digits, size_t length, uint8_t *out);

#endif
