#include "exchange.h"

#include <stdlib.h>
#include <string.h>

void rw_exchange_init(struct rw_exchange *exchange, struct rw_channel channel,
                      struct rw_exchange_options options)
{
    memset(exchange, 0, sizeof *exchange);
    exchange->channel = channel;
    exchange->options = options;
    if (!options.lasting)
        exchange->options.hash_sends = 1;
}

void rw_exchange_free(struct rw_exchange *exchange)
{
    free(exchange->queue);
    free(exchange->compared);
    exchange->queue = NULL;
    exchange->compared = NULL;
}

/* The history and the map are lists in the order of insertion. Both are short enough to be
 * searched from the front, and so need no second order. */

static size_t find(const struct rw_hash *list, size_t count, uint32_t frame)
{
    size_t i = 0;
    while (i < count && list[i].frame != frame)
        i++;
    return i;
}

static void remove_at(struct rw_hash *list, size_t *count, size_t index)
{
    (*count)--;
    memmove(list + index, list + index + 1, (*count - index) * sizeof *list);
}

/* Frames are unsigned, so a rollback to 0 removes everything (EXCH-23). */
static void remove_from(struct rw_hash *list, size_t *count, uint32_t target)
{
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++)
        if (list[i].frame < target)
            list[kept++] = list[i];
    *count = kept;
}

static struct rw_hash make_hash(uint32_t frame, const uint8_t bytes[8])
{
    struct rw_hash hash = {.frame = frame};
    memcpy(hash.bytes, bytes, 8);
    return hash;
}

static bool queue_reserve(struct rw_exchange *exchange)
{
    if (exchange->queue_first + exchange->queue_count < exchange->queue_capacity)
        return true;
    /* What has left at the front is room again, if it is at least half of everything: so the
     * moving costs no more than the sends that came before it. */
    if (exchange->queue_first > exchange->queue_capacity / 2) {
        memmove(exchange->queue, exchange->queue + exchange->queue_first,
                exchange->queue_count * sizeof *exchange->queue);
        exchange->queue_first = 0;
        return true;
    }
    size_t capacity = exchange->queue_capacity == 0 ? 64 : 2 * exchange->queue_capacity;
    if (capacity > SIZE_MAX / sizeof *exchange->queue)
        return false;
    struct rw_queued *queue = realloc(exchange->queue, capacity * sizeof *queue);
    if (queue == NULL)
        return false;
    exchange->queue = queue;
    exchange->queue_capacity = capacity;
    return true;
}

/* Compares the two hashes of a frame, if both are known and no rollback is in progress. A hash
 * that does not last leaves the map with it (DETECT-4, DETECT-8, DETECT-16). */
static void compare_frame(struct rw_exchange *exchange, uint32_t frame)
{
    if (!exchange->options.detects || exchange->rolling_back)
        return;
    size_t local = find(exchange->history, exchange->history_count, frame);
    size_t peer = find(exchange->map, exchange->map_count, frame);
    if (local == exchange->history_count || peer == exchange->map_count)
        return;
    rw_detect_compare(exchange, &exchange->history[local], &exchange->map[peer]);
    if (!exchange->options.lasting)
        remove_at(exchange->map, &exchange->map_count, peer);
}

bool rw_exchange_confirm(struct rw_exchange *exchange, uint32_t frame, const uint8_t hash[8])
{
    if (find(exchange->history, exchange->history_count, frame) < exchange->history_count)
        return true;
    if (!queue_reserve(exchange) || !rw_detect_reserve(exchange, 1))
        return false;
    exchange->history[exchange->history_count++] = make_hash(frame, hash);
    exchange->queue[exchange->queue_first + exchange->queue_count++] =
        (struct rw_queued){make_hash(frame, hash), 0, exchange->next_serial++};
    compare_frame(exchange, frame);
    if (exchange->history_count > RW_HISTORY)
        remove_at(exchange->history, &exchange->history_count, 0);
    return true;
}

/* The index of the first entry whose serial number is this or a greater one. */
static size_t queue_find(const struct rw_exchange *exchange, uint64_t serial)
{
    size_t low = exchange->queue_first;
    size_t high = low + exchange->queue_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (exchange->queue[middle].serial < serial)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void queue_remove(struct rw_exchange *exchange, size_t index)
{
    exchange->queue_count--;
    if (index == exchange->queue_first) {
        exchange->queue_first++;
        return;
    }
    size_t behind = exchange->queue_first + exchange->queue_count - index;
    memmove(exchange->queue + index, exchange->queue + index + 1,
            behind * sizeof *exchange->queue);
}

static bool send_hash(struct rw_exchange *exchange, const struct rw_hash *hash)
{
    struct rw_message message = {.type = RW_STATE_HASH};
    uint8_t bytes[16];
    size_t length;
    message.as.state_hash.frame = hash->frame;
    memcpy(message.as.state_hash.hash, hash->bytes, 8);
    return rw_encode(RW_REVISION, &message, bytes, sizeof bytes, &length) == RW_OK &&
           exchange->channel.send(exchange->channel.context, bytes, length);
}

void rw_exchange_tick(struct rw_exchange *exchange)
{
    if (exchange->rolling_back || exchange->sending)
        return;
    exchange->sending = true;
    /* What `send` itself confirms waits for the next tick, so that every tick ends. */
    uint64_t end = exchange->next_serial;
    uint64_t serial = 0;
    for (;;) {
        /* `send` may have called the exchange, so every round looks at the queue anew. */
        size_t index = queue_find(exchange, serial);
        if (index == exchange->queue_first + exchange->queue_count || exchange->rolling_back ||
            !exchange->channel.is_open(exchange->channel.context))
            break;
        serial = exchange->queue[index].serial;
        if (serial >= end)
            break;
        struct rw_hash hash = exchange->queue[index].hash;
        if (!send_hash(exchange, &hash))
            break;
        index = queue_find(exchange, serial);
        if (index < exchange->queue_first + exchange->queue_count &&
            exchange->queue[index].serial == serial) {
            exchange->queue[index].sends++;
            if (exchange->queue[index].sends >= exchange->options.hash_sends)
                queue_remove(exchange, index);
        }
        serial++;
    }
    exchange->sending = false;
}

bool rw_exchange_receive(struct rw_exchange *exchange, const uint8_t *bytes, size_t length)
{
    struct rw_message message;
    if (rw_decode(RW_REVISION, bytes, length, &message) != RW_OK || message.type != RW_STATE_HASH)
        return true;
    return rw_exchange_take(exchange, message.as.state_hash.frame, message.as.state_hash.hash);
}

bool rw_exchange_take(struct rw_exchange *exchange, uint32_t frame, const uint8_t hash[8])
{
    if (!rw_detect_reserve(exchange, 1))
        return false;
    size_t index = find(exchange->map, exchange->map_count, frame);
    if (index == exchange->map_count)
        exchange->map_count++;
    exchange->map[index] = make_hash(frame, hash);
    compare_frame(exchange, frame);
    if (exchange->map_count > RW_MAP)
        remove_at(exchange->map, &exchange->map_count, 0);
    return true;
}

void rw_exchange_rollback_begin(struct rw_exchange *exchange, uint32_t target)
{
    struct rw_queued *queue = exchange->queue;
    size_t end = exchange->queue_first + exchange->queue_count;
    size_t kept = exchange->queue_first;
    for (size_t i = kept; i < end; i++)
        if (queue[i].hash.frame < target)
            queue[kept++] = queue[i];
    exchange->queue_count = kept - exchange->queue_first;
    remove_from(exchange->history, &exchange->history_count, target);
    if (!exchange->options.lasting)
        remove_from(exchange->map, &exchange->map_count, target);
    exchange->rolling_back = true;
    rw_detect_rollback(exchange, target);
}

/* The lowest frame of the history that is `from` or greater; false if there is none. */
static bool next_frame(const struct rw_exchange *exchange, uint64_t from, uint32_t *frame)
{
    bool found = false;
    for (size_t i = 0; i < exchange->history_count; i++) {
        uint32_t candidate = exchange->history[i].frame;
        if (candidate >= from && (!found || candidate < *frame)) {
            *frame = candidate;
            found = true;
        }
    }
    return found;
}

bool rw_exchange_rollback_end(struct rw_exchange *exchange)
{
    uint32_t frame = 0;
    if (!exchange->rolling_back)
        return true;
    if (!rw_detect_reserve(exchange, exchange->history_count))
        return false;
    exchange->rolling_back = false;
    for (uint64_t from = 0; next_frame(exchange, from, &frame); from = (uint64_t)frame + 1)
        compare_frame(exchange, frame);
    return true;
}

void rw_exchange_reset(struct rw_exchange *exchange)
{
    exchange->history_count = 0;
    exchange->map_count = 0;
    exchange->queue_first = 0;
    exchange->queue_count = 0;
    exchange->rolling_back = false;
    rw_detect_reset(exchange);
}
