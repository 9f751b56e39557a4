/* Your implementation, or the way to it. This one knows STATE_HASH and nothing else.
 *
 * STATE_HASH has 13 bytes: 07, the frame as a big-endian u32, and eight raw bytes of hash. */
#ifndef CODEC_H
#define CODEC_H

#include <stddef.h>
#include <stdint.h>

enum { STATE_HASH = 7, STATE_HASH_LENGTH = 13, HASH_LENGTH = 8 };

typedef struct {
    uint32_t frame;
    uint8_t hash[HASH_LENGTH];
} state_hash;

/* Why a datagram is refused, or ACCEPTED. */
typedef enum { ACCEPTED, EMPTY, UNKNOWN_TYPE, TRUNCATED, TRAILING } refusal;

refusal decode(const uint8_t *datagram, size_t length, state_hash *message);

void encode(const state_hash *message, uint8_t datagram[STATE_HASH_LENGTH]);

#endif
