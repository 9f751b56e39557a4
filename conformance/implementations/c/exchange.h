/* The exchange of state hashes (EXCH) and the detection of mismatches (DETECT).
 *
 * Both ways of the text are here: hashes that are used up, and hashes that last.
 * Only the outbound queue and the memory of comparisons grow, by what the own game confirms.
 * Whatever the partner sends, everything else is bounded by constants (PEER-5). */
#ifndef RW_EXCHANGE_H
#define RW_EXCHANGE_H

#include "channel.h"
#include "wire.h"

enum { RW_HISTORY = 120, RW_MAP = 4096, RW_EVENTS = 4096 };

struct rw_hash {
    uint32_t frame;
    uint8_t bytes[8];
};

/* Entries of the queue are told apart by their serial number, and not by their content: the same
 * frame may be confirmed again with the same hash (EXCH-33). */
struct rw_queued {
    struct rw_hash hash;
    unsigned sends;
    uint64_t serial;
};

struct rw_mismatch {
    uint32_t frame;
    uint8_t local[8];
    uint8_t peer[8];
};

/* The newest comparison of a frame (DETECT-17). */
struct rw_compared {
    uint32_t frame;
    bool equal;
};

struct rw_exchange_options {
    bool detects;        /* follows DETECT; without it, nothing is ever compared */
    bool lasting;        /* EXCH-35, EXCH-36 and DETECT-16 to DETECT-18 */
    unsigned hash_sends; /* how often each hash is sent, 1 to 3; 1 if hashes do not last */
};

/* All members may be read at any time, and only the functions below change them. */
struct rw_exchange {
    struct rw_channel channel;
    struct rw_exchange_options options;
    bool rolling_back;
    bool sending;

    /* One more than the bound: an entry is compared before the oldest one leaves (DETECT-15). */
    struct rw_hash history[RW_HISTORY + 1]; /* as inserted */
    size_t history_count;
    struct rw_hash map[RW_MAP + 1]; /* as inserted; a replaced hash keeps its place (EXCH-19) */
    size_t map_count;

    struct rw_queued *queue; /* the entries from queue_first on, by ascending serial */
    size_t queue_first;
    size_t queue_count;
    size_t queue_capacity;
    uint64_t next_serial;

    bool has_verified;
    uint32_t verified;
    struct rw_mismatch events[RW_EVENTS]; /* those that were found first (DETECT-14) */
    size_t event_count;
    uint64_t events_not_kept;
    struct rw_compared *compared; /* by ascending frame; only if hashes last */
    size_t compared_count;
    size_t compared_capacity;
    size_t different_count;
};

/* Makes a new exchange, which holds nothing; or gives its memory back. */
void rw_exchange_init(struct rw_exchange *exchange, struct rw_channel channel,
                      struct rw_exchange_options options);
void rw_exchange_free(struct rw_exchange *exchange);

/* The stimuli. Those that return a bool return false if there is not enough memory; then they
 * have changed nothing (EXCH-34). */

/* The game has confirmed a frame: EXCH-1 to EXCH-5, DETECT-1, DETECT-15. */
bool rw_exchange_confirm(struct rw_exchange *exchange, uint32_t frame, const uint8_t hash[8]);

/* The game's step sends: EXCH-6 to EXCH-14, EXCH-36, EXCH-33 if `send` calls the exchange. */
void rw_exchange_tick(struct rw_exchange *exchange);

/* A datagram has arrived; only a STATE_HASH changes anything: EXCH-15 to EXCH-19, DETECT-2. */
bool rw_exchange_receive(struct rw_exchange *exchange, const uint8_t *bytes, size_t length);

/* The same, for a STATE_HASH that has been decoded. */
bool rw_exchange_take(struct rw_exchange *exchange, uint32_t frame, const uint8_t hash[8]);

/* A rollback begins or ends: EXCH-20 to EXCH-26, EXCH-35, DETECT-8 to DETECT-11. */
void rw_exchange_rollback_begin(struct rw_exchange *exchange, uint32_t target);
bool rw_exchange_rollback_end(struct rw_exchange *exchange);

/* The episode ends: EXCH-27 to EXCH-29, DETECT-12. */
void rw_exchange_reset(struct rw_exchange *exchange);

/* What follows is for the two files of the exchange alone. */

/* Makes room for this many more comparisons; only lasting hashes need it. */
bool rw_detect_reserve(struct rw_exchange *exchange, size_t more);
/* Compares two hashes of a frame: DETECT-3, DETECT-5 to DETECT-7, DETECT-17, DETECT-18. */
void rw_detect_compare(struct rw_exchange *exchange, const struct rw_hash *local,
                       const struct rw_hash *peer);
/* What a rollback and a reset forget: DETECT-10 to DETECT-12, DETECT-17. */
void rw_detect_rollback(struct rw_exchange *exchange, uint32_t target);
void rw_detect_reset(struct rw_exchange *exchange);

#endif
