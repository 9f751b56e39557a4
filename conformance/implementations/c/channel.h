/* The channel that a game lends to an exchange or a peer. */
#ifndef RW_CHANNEL_H
#define RW_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* `send` says whether the channel has accepted the datagram. A library that reports an error in
 * another way returns false for it: C has no exceptions, so EXCH-13 needs nothing more. */
struct rw_channel {
    void *context;
    bool (*is_open)(void *context);
    bool (*send)(void *context, const uint8_t *bytes, size_t length);
};

#endif
