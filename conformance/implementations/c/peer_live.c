/* LIVE: round trips. VALID: a channel is proved to work in both directions. */
#include <string.h>

#include "peer_parts.h"

enum {
    PING_PERIOD_MS = 500,
    VALIDATION_PING_MS = 100,
    VALIDATION_FAILS_MS = 15000
};

uint64_t rw_time_bits(int64_t time)
{
    double value = (double)time;
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static void pings_add(struct rw_pings *pings, int64_t time)
{
    if (pings->count == RW_PINGS) { /* the oldest is forgotten (LIVE-11) */
        pings->count--;
        memmove(pings->times, pings->times + 1, pings->count * sizeof *pings->times);
    }
    pings->times[pings->count++] = time;
}

/* The comparison is one of bits: minus zero is not the timestamp of a ping at 0. */
static bool pings_find(const struct rw_pings *pings, uint64_t bits, size_t *index)
{
    for (size_t i = 0; i < pings->count; i++) {
        if (rw_time_bits(pings->times[i]) == bits) {
            *index = i;
            return true;
        }
    }
    return false;
}

void rw_live_start(struct rw_peer *peer)
{
    peer->live.ping_due = peer->clock + PING_PERIOD_MS;
}

/* LIVE-3 and LIVE-12: the round trips stay. */
void rw_live_close(struct rw_peer *peer)
{
    peer->live.ping_due = RW_NEVER;
    peer->live.unanswered.count = 0;
}

void rw_live_ping(struct rw_peer *peer)
{
    rw_live_start(peer);
    if (rw_peer_hand_time(peer, RW_PING, rw_time_bits(peer->clock)) == RW_ACCEPTED)
        pings_add(&peer->live.unanswered, peer->clock);
}

void rw_live_pong(struct rw_peer *peer, uint64_t bits)
{
    struct rw_live *live = &peer->live;
    size_t index;
    if (!pings_find(&live->unanswered, bits, &index))
        return;
    int64_t time = live->unanswered.times[index];
    live->unanswered.count--;
    memmove(live->unanswered.times + index, live->unanswered.times + index + 1,
            (live->unanswered.count - index) * sizeof *live->unanswered.times);
    if (live->round_trip_count == RW_ROUND_TRIPS) {
        live->round_trip_count--;
        memmove(live->round_trips, live->round_trips + 1,
                live->round_trip_count * sizeof *live->round_trips);
    }
    live->round_trips[live->round_trip_count++] = (double)(peer->clock - time);
}

/* An opening begins anew, unless the peer is validated or has failed: both are for good. */
void rw_valid_open(struct rw_peer *peer)
{
    struct rw_valid *valid = &peer->valid;
    if (valid->state != RW_IDLE) {
        return;
    }
    memset(valid, 0, sizeof *valid);
    valid->state = RW_VALIDATING;
    valid->ping_due = peer->clock + VALIDATION_PING_MS;
    valid->fail_due = peer->clock + VALIDATION_FAILS_MS;
}

static void stop(struct rw_valid *valid, enum rw_valid_state state)
{
    valid->state = state;
    valid->ping_due = RW_NEVER;
    valid->fail_due = RW_NEVER;
}

void rw_valid_close(struct rw_peer *peer)
{
    if (peer->valid.state != RW_VALIDATING)
        return;
    stop(&peer->valid, RW_IDLE);
    peer->valid.sent.count = 0; /* VALID-8; the next opening forgets the rest */
}

void rw_valid_fail(struct rw_peer *peer)
{
    stop(&peer->valid, RW_FAILED);
}

void rw_valid_ping(struct rw_peer *peer)
{
    unsigned repeat = peer->parameters.validation_repeat_ms;
    peer->valid.ping_due = repeat == 0 ? RW_NEVER : peer->clock + (int64_t)repeat;
    if (rw_peer_hand_time(peer, RW_VALIDATION_PING, rw_time_bits(peer->clock)) == RW_ACCEPTED)
        pings_add(&peer->valid.sent, peer->clock);
}

static void check_validated(struct rw_peer *peer)
{
    if (peer->valid.answered && peer->valid.seen) {
        stop(&peer->valid, RW_VALIDATED);
        rw_live_start(peer); /* LIVE-1 */
    }
}

void rw_valid_receive_ping(struct rw_peer *peer, uint64_t bits)
{
    rw_peer_hand_time(peer, RW_VALIDATION_PONG, bits);
    if (peer->valid.state == RW_VALIDATING) { /* so the channel is open (VALID-4) */
        peer->valid.seen = true;
        check_validated(peer);
    }
}

void rw_valid_receive_pong(struct rw_peer *peer, uint64_t bits)
{
    size_t index;
    if (peer->valid.state == RW_VALIDATING && pings_find(&peer->valid.sent, bits, &index)) {
        peer->valid.answered = true;
        check_validated(peer);
    }
}
