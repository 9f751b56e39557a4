/* What a comparison of two hashes means (DETECT). */
#include <stdlib.h>
#include <string.h>

#include "exchange.h"

bool rw_detect_reserve(struct rw_exchange *exchange, size_t more)
{
    size_t room = exchange->compared_capacity - exchange->compared_count;
    if (!exchange->options.lasting || room >= more)
        return true;
    if (exchange->compared_capacity > SIZE_MAX / 4 / sizeof *exchange->compared)
        return false;
    size_t capacity = 2 * exchange->compared_capacity + more;
    struct rw_compared *compared = realloc(exchange->compared, capacity * sizeof *compared);
    if (compared == NULL)
        return false;
    exchange->compared = compared;
    exchange->compared_capacity = capacity;
    return true;
}

/* The index of the first comparison of this frame or a greater one. */
static size_t compared_find(const struct rw_exchange *exchange, uint32_t frame)
{
    size_t low = 0;
    size_t high = exchange->compared_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (exchange->compared[middle].frame < frame)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Of the comparisons of a frame, the newest counts (DETECT-17). The room is reserved. */
static void remember(struct rw_exchange *exchange, uint32_t frame, bool equal)
{
    size_t index = compared_find(exchange, frame);
    struct rw_compared *slot = exchange->compared + index;
    if (index == exchange->compared_count || slot->frame != frame) {
        memmove(slot + 1, slot, (exchange->compared_count - index) * sizeof *slot);
        exchange->compared_count++;
        *slot = (struct rw_compared){frame, true};
    }
    exchange->different_count -= slot->equal ? 0 : 1;
    exchange->different_count += equal ? 0 : 1;
    slot->equal = equal;
}

/* The verified frame is the last equal one before the first that differs (DETECT-17). */
static void find_verified(struct rw_exchange *exchange)
{
    size_t end = exchange->compared_count;
    if (exchange->different_count > 0) {
        end = 0;
        while (exchange->compared[end].equal)
            end++;
    }
    exchange->has_verified = end > 0;
    if (end > 0)
        exchange->verified = exchange->compared[end - 1].frame;
}

static bool holds_event(const struct rw_exchange *exchange, const struct rw_mismatch *event)
{
    for (size_t i = 0; i < exchange->event_count; i++) {
        const struct rw_mismatch *held = &exchange->events[i];
        if (held->frame == event->frame && memcmp(held->local, event->local, 8) == 0 &&
            memcmp(held->peer, event->peer, 8) == 0)
            return true;
    }
    return false;
}

static void add_event(struct rw_exchange *exchange, const struct rw_hash *local,
                      const struct rw_hash *peer)
{
    struct rw_mismatch event = {.frame = local->frame};
    memcpy(event.local, local->bytes, 8);
    memcpy(event.peer, peer->bytes, 8);
    if (exchange->options.lasting && holds_event(exchange, &event)) /* DETECT-18 */
        return;
    if (exchange->event_count < RW_EVENTS)
        exchange->events[exchange->event_count++] = event;
    else
        exchange->events_not_kept++;
}

void rw_detect_compare(struct rw_exchange *exchange, const struct rw_hash *local,
                       const struct rw_hash *peer)
{
    bool equal = memcmp(local->bytes, peer->bytes, 8) == 0;
    if (exchange->options.lasting) {
        remember(exchange, local->frame, equal);
        find_verified(exchange);
    } else if (equal && (!exchange->has_verified || exchange->verified < local->frame)) {
        exchange->has_verified = true;
        exchange->verified = local->frame;
    }
    if (!equal)
        add_event(exchange, local, peer);
}

void rw_detect_rollback(struct rw_exchange *exchange, uint32_t target)
{
    if (exchange->options.lasting) {
        size_t kept = compared_find(exchange, target);
        for (size_t i = kept; i < exchange->compared_count; i++)
            exchange->different_count -= exchange->compared[i].equal ? 0 : 1;
        exchange->compared_count = kept;
        find_verified(exchange);
    } else if (exchange->has_verified && exchange->verified >= target) {
        exchange->has_verified = target > 0; /* DETECT-10 */
        exchange->verified = target - 1;
    }
}

void rw_detect_reset(struct rw_exchange *exchange)
{
    exchange->has_verified = false;
    exchange->event_count = 0;
    exchange->events_not_kept = 0;
    exchange->compared_count = 0;
    exchange->different_count = 0;
}
