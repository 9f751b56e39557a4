#include "codec.h"

#include <string.h>

refusal decode(const uint8_t *datagram, size_t length, state_hash *message) {
    if (length == 0) {
        return EMPTY;
    }
    if (datagram[0] != STATE_HASH) {
        return UNKNOWN_TYPE;
    }
    if (length != STATE_HASH_LENGTH) {
        return length < STATE_HASH_LENGTH ? TRUNCATED : TRAILING;
    }
    message->frame = (uint32_t)datagram[1] << 24 | (uint32_t)datagram[2] << 16
        | (uint32_t)datagram[3] << 8 | (uint32_t)datagram[4];
    memcpy(message->hash, datagram + 5, HASH_LENGTH);
    return ACCEPTED;
}

void encode(const state_hash *message, uint8_t datagram[STATE_HASH_LENGTH]) {
    datagram[0] = STATE_HASH;
    for (int i = 0; i < 4; i++) {
        datagram[1 + i] = (uint8_t)(message->frame >> (24 - 8 * i));
    }
    memcpy(datagram + 5, message->hash, HASH_LENGTH);
}
