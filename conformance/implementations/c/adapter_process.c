/* Hands each stimulus to the exchange or the peer of its session. */
#include "adapter_session.h"

/* The adapter's channel is opened and told how to send, whatever the session is. */
static void set_link(struct link *link, const struct stimulus *stimulus)
{
    if (stimulus->kind == DO_CHANNEL) {
        link->open = stimulus->flag;
    } else if (stimulus->kind == DO_SENDS) {
        link->accept = stimulus->accept;
        link->refuse = stimulus->refuse;
        link->refuse_all = stimulus->flag;
        link->types = stimulus->types;
    }
}

static bool give_exchange(struct rw_exchange *exchange, const struct stimulus *stimulus,
                          const uint8_t *bytes, size_t length)
{
    switch (stimulus->kind) {
    case DO_CONFIRM: return rw_exchange_confirm(exchange, stimulus->frame, stimulus->hash);
    case DO_TICK: rw_exchange_tick(exchange); break;
    case DO_RECV: return rw_exchange_receive(exchange, bytes, length);
    case DO_ROLLBACK_BEGIN: rw_exchange_rollback_begin(exchange, stimulus->frame); break;
    case DO_ROLLBACK_END: return rw_exchange_rollback_end(exchange);
    case DO_RESET: rw_exchange_reset(exchange); break;
    default: break; /* an exchange asks its channel whether it is open */
    }
    return true;
}

static bool give_peer(struct rw_peer *peer, const struct stimulus *stimulus, const uint8_t *bytes,
                      size_t length)
{
    uint32_t frame = stimulus->frame;
    switch (stimulus->kind) {
    case DO_CONFIRM: return rw_peer_confirm(peer, frame, stimulus->hash);
    case DO_TICK: return rw_peer_tick(peer);
    case DO_RECV: return rw_peer_receive(peer, bytes, length);
    case DO_ROLLBACK_BEGIN: return rw_peer_rollback_begin(peer, frame);
    case DO_ROLLBACK_END: return rw_peer_rollback_end(peer);
    case DO_RESET: return rw_peer_reset(peer);
    case DO_CHANNEL: return rw_peer_channel(peer, stimulus->flag);
    case DO_SENDS: return true;
    case DO_ADVANCE: return rw_peer_advance(peer, stimulus->number);
    case DO_ACT: return rw_peer_act(peer, frame, (uint8_t)stimulus->number);
    case DO_READY: return rw_peer_ready(peer, (const char *)stimulus->hash);
    case DO_ENDED: return rw_peer_ended(peer, frame);
    case DO_CATCH_UP: return rw_peer_catch_up(peer);
    case DO_FOCUS: return rw_peer_focus(peer, stimulus->flag, frame);
    }
    return true;
}

bool process_stimulus(struct session *session, const struct stimulus *stimulus)
{
    size_t length = 0;
    const uint8_t *bytes = NULL;
    if (stimulus->kind == DO_RECV)
        bytes = receive_hex(stimulus->hex, &length);
    set_link(&session->link, stimulus);
    bool done = session->peer != NULL ? give_peer(session->peer, stimulus, bytes, length)
                                      : give_exchange(session->exchange, stimulus, bytes, length);
    if (stimulus->kind == DO_RECV)
        spoil_received(length);
    return done;
}
