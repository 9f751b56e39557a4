#include "text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool reserve(struct rw_text *text, size_t more)
{
    if (text->failed || more > SIZE_MAX / 4 - text->length) {
        text->failed = true;
        return false;
    }
    size_t needed = text->length + more;
    if (needed <= text->capacity)
        return true;
    /* Doubling keeps the cost of many small additions proportional to their sum. */
    size_t capacity = text->capacity < 256 ? 256 : text->capacity;
    while (capacity < needed)
        capacity *= 2;
    char *bytes = realloc(text->bytes, capacity);
    if (bytes == NULL) {
        text->failed = true;
        return false;
    }
    text->bytes = bytes;
    text->capacity = capacity;
    return true;
}

void rw_text_put(struct rw_text *text, const void *bytes, size_t length)
{
    if (length > 0 && reserve(text, length)) {
        memcpy(text->bytes + text->length, bytes, length);
        text->length += length;
    }
}

void rw_text_add(struct rw_text *text, const char *string)
{
    rw_text_put(text, string, strlen(string));
}

void rw_text_repeat(struct rw_text *text, char character, size_t times)
{
    if (times > 0 && reserve(text, times)) {
        memset(text->bytes + text->length, character, times);
        text->length += times;
    }
}

void rw_text_number(struct rw_text *text, uint64_t number)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRIu64, number);
    rw_text_put(text, digits, (size_t)length);
}

void rw_text_hex(struct rw_text *text, const uint8_t *bytes, size_t length)
{
    static const char DIGITS[] = "0123456789abcdef";
    if (length > SIZE_MAX / 4 || !reserve(text, 2 * length))
        return;
    for (size_t i = 0; i < length; i++) {
        text->bytes[text->length++] = DIGITS[bytes[i] >> 4];
        text->bytes[text->length++] = DIGITS[bytes[i] & 15];
    }
}

void rw_text_clear(struct rw_text *text)
{
    text->length = 0;
    text->failed = false;
}

void rw_text_free(struct rw_text *text)
{
    free(text->bytes);
    *text = (struct rw_text){0};
}

static int digit_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    return -1;
}

bool rw_hex_read(const char *digits, size_t length, uint8_t *out)
{
    for (size_t i = 0; i < length; i++) {
        int high = digit_value(digits[2 * i]);
        int low = digit_value(digits[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out[i] = (uint8_t)(high * 16 + low);
    }
    return true;
}
