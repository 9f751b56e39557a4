/* The way into a peer: one stimulus after another, also if `send` calls the peer again. */
#include <string.h>

#include "peer_parts.h"

static bool process(struct rw_peer *peer, const struct rw_call *call)
{
    struct rw_exchange *exchange = &peer->exchange;
    char characters[8];
    switch (call->kind) {
    case RW_CALL_ADVANCE: rw_do_advance(peer, call->frame); break;
    case RW_CALL_RECEIVE: return rw_do_receive(peer, call->bytes, call->length);
    case RW_CALL_CHANNEL: rw_do_channel(peer, call->flag); break;
    case RW_CALL_ACT: rw_do_act(peer, call->frame, call->hash[0]); break;
    case RW_CALL_RESET: rw_do_reset(peer); break;
    case RW_CALL_READY:
        memcpy(characters, call->hash, 8);
        rw_do_ready(peer, characters);
        break;
    case RW_CALL_ENDED: rw_do_ended(peer, call->frame); break;
    case RW_CALL_CATCH_UP: rw_do_catch_up(peer); break;
    case RW_CALL_FOCUS: rw_do_focus(peer, call->flag, call->frame); break;
    case RW_CALL_CONFIRM: return rw_exchange_confirm(exchange, call->frame, call->hash);
    case RW_CALL_TICK: rw_exchange_tick(exchange); break;
    case RW_CALL_ROLLBACK_BEGIN: rw_exchange_rollback_begin(exchange, call->frame); break;
    case RW_CALL_ROLLBACK_END: return rw_exchange_rollback_end(exchange);
    }
    return true;
}

/* The datagram is copied, because its buffer is only lent for the time of the call. */
static bool put_off(struct rw_put_off *later, const struct rw_call *call)
{
    if (call->kind == RW_CALL_TICK) /* EXCH-33 */
        return true;
    if (later->count == RW_PUT_OFF_CALLS || call->length > RW_PUT_OFF_BYTES - later->used)
        return false;
    struct rw_call *kept = &later->calls[later->count++];
    *kept = *call;
    kept->bytes = later->bytes + later->used;
    if (call->length > 0)
        memcpy(later->bytes + later->used, call->bytes, call->length);
    later->used += call->length;
    return true;
}

static bool call(struct rw_peer *peer, const struct rw_call *now)
{
    struct rw_put_off *later = &peer->put_off;
    if (peer->busy)
        return put_off(later, now);
    peer->busy = true;
    bool done = process(peer, now);
    /* The list may grow during the loop. What becomes of a call that was put off can no longer be
     * told to its caller: without memory for a hash, it is lost like a datagram. */
    for (size_t i = 0; i < later->count; i++)
        process(peer, &later->calls[i]);
    later->count = 0;
    later->used = 0;
    peer->busy = false;
    return done;
}

bool rw_peer_advance(struct rw_peer *peer, uint32_t milliseconds)
{
    return call(peer, &(struct rw_call){.kind = RW_CALL_ADVANCE, .frame = milliseconds});
}

bool rw_peer_receive(struct rw_peer *peer, const uint8_t *bytes, size_t length)
{
    return call(peer, &(struct rw_call){.kind = RW_CALL_RECEIVE, .bytes = bytes, .length = length});
}

bool rw_peer_channel(struct rw_peer *peer, bool open)
{
    return call(peer, &(struct rw_call){.kind = RW_CALL_CHANNEL, .flag = open});
}

bool rw_peer_act(struct rw_peer *peer, uint32_t frame, uint8_t action)
{
    return call(peer, &(struct rw_call){.kind = RW_CALL_ACT, .frame = frame, .hash = {action}});
}

bool rw_peer_reset(struct rw_peer *peer)
{
    return call(peer, &(struct rw_call){.kind = RW_CALL_RESET});
}

bool rw_peer_ready(struct rw_peer *peer, const char hash[8])
{
    struct rw_call now = {.kind = RW_CALL_READY};
    memcpy(now.hash, hash, 8);
    return call(peer, &now);
}

bool rw_peer_ended(struct rw_peer *peer, uint32_t frame)
{
    return call(peer, &(struct rw_call){.kind = RW_CALL_ENDED, .frame = frame});
}

bool rw_peer_catch_up(struct rw_peer *peer)
{
    return call(peer, &(struct rw_call){.kind = RW_CALL_CATCH_UP});
}

bool rw_peer_focus(struct rw_peer *peer, bool shown, uint32_t frame)
{
    return call(peer, &(struct rw_call){.kind = RW_CALL_FOCUS, .flag = shown, .frame = frame});
}

bool rw_peer_confirm(struct rw_peer *peer, uint32_t frame, const uint8_t hash[8])
{
    struct rw_call now = {.kind = RW_CALL_CONFIRM, .frame = frame};
    memcpy(now.hash, hash, 8);
    return call(peer, &now);
}

bool rw_peer_tick(struct rw_peer *peer)
{
    return call(peer, &(struct rw_call){.kind = RW_CALL_TICK});
}

bool rw_peer_rollback_begin(struct rw_peer *peer, uint32_t target)
{
    return call(peer, &(struct rw_call){.kind = RW_CALL_ROLLBACK_BEGIN, .frame = target});
}

bool rw_peer_rollback_end(struct rw_peer *peer)
{
    return call(peer, &(struct rw_call){.kind = RW_CALL_ROLLBACK_END});
}
