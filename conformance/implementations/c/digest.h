/* The digest: how a state becomes a hash (DIGEST). */
#ifndef RW_DIGEST_H
#define RW_DIGEST_H

#include "text.h"
#include "wire.h"

enum rw_form {
    RW_STATE_HASH_FORM,   /* 16 digits, SHA-256, rounded doubles */
    RW_EPISODE_READY_FORM /* 8 digits, MD5, numbers as they are spelled */
};

enum { RW_DIGEST_DEPTH = 100, RW_INTEGER_DIGITS = 4300 };

/* Makes the digits of a state, with a NUL behind them, and its canonical text, DIGEST-1 to
 * DIGEST-30. `state[length]` must be a NUL. Everything that a state SHOULD be refused for is
 * refused, except for lone surrogates, which are kept (DIGEST-13).
 * The result is RW_OK, RW_TEXT, RW_VALUE, RW_RANGE or RW_NO_MEMORY; if it is not RW_OK, the
 * digits and the text mean nothing.
 * The program must not have called setlocale: numbers are read and written by the C library. */
enum rw_status rw_digest(enum rw_form form, const char *state, size_t length,
                         struct rw_text *canonical, char digits[17]);

/* The numbers of a digest, in number.c. */

/* The digits of Python's `repr`, with a point or an exponent (DIGEST-21); `value` is finite. */
void rw_number_repr(struct rw_text *out, double value);
/* A double as the 16-digit form writes it (DIGEST-15 to DIGEST-20). */
void rw_number_rounded(struct rw_text *out, double value);

#endif
