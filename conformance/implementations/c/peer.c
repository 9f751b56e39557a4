/* The frame of a peer: time, the channel, and which chapter a datagram belongs to. */
#include "peer.h"

#include <string.h>

#include "peer_parts.h"

void rw_peer_init(struct rw_peer *peer, struct rw_channel channel,
                  const struct rw_parameters *parameters, uint8_t local, uint32_t first_frame)
{
    memset(peer, 0, sizeof *peer);
    peer->channel = channel;
    peer->parameters = *parameters;
    peer->local = local;
    peer->first_frame = first_frame;
    peer->open = true;
    rw_exchange_init(&peer->exchange, channel, parameters->exchange);
    rw_inputs_reset(peer);
    rw_episode_init(peer);
    rw_request_end(peer);
    rw_focus_init(peer);
    /* The creation is an opening, before which nothing was sent. */
    rw_live_close(peer);
    rw_valid_open(peer);
}

void rw_peer_free(struct rw_peer *peer)
{
    rw_exchange_free(&peer->exchange);
}

enum rw_handed rw_peer_hand(struct rw_peer *peer, const struct rw_message *message)
{
    uint8_t bytes[16 + RW_ENTRY_SIZE * RW_KEPT];
    size_t length;
    if (!peer->channel.is_open(peer->channel.context) ||
        rw_encode(RW_REVISION, message, bytes, sizeof bytes, &length) != RW_OK)
        return RW_NOT_HANDED;
    return peer->channel.send(peer->channel.context, bytes, length) ? RW_ACCEPTED : RW_REFUSED;
}

enum rw_handed rw_peer_hand_time(struct rw_peer *peer, enum rw_type type, uint64_t bits)
{
    struct rw_message message = {.type = type};
    message.as.time.timestamp = bits;
    return rw_peer_hand(peer, &message);
}

/* The timers, in the order in which those of one millisecond fire (PEER-2). */

struct timer {
    int64_t *due;
    void (*fire)(struct rw_peer *peer);
};

enum { TIMER_COUNT = 9 };

/* The timer that fires next, if one is due until then. */
static bool next_timer(struct rw_peer *peer, int64_t until, struct timer *next)
{
    const struct timer timers[TIMER_COUNT] = {
        {&peer->valid.fail_due, rw_valid_fail},
        {&peer->valid.ping_due, rw_valid_ping},
        {&peer->live.ping_due, rw_live_ping},
        {&peer->episode.alone_due, rw_episode_start_alone},
        {&peer->episode.ready_due, rw_episode_repeat_ready},
        {&peer->episode.complete_due, rw_episode_time_is_over},
        {&peer->episode.end_due, rw_episode_repeat_end},
        {&peer->request.give_up_due, rw_request_end},
        {&peer->request.repeat_due, rw_request_repeat},
    };
    *next = timers[0];
    for (size_t i = 1; i < TIMER_COUNT; i++)
        if (*timers[i].due < *next->due)
            *next = timers[i];
    return *next->due <= until;
}

void rw_do_advance(struct rw_peer *peer, uint32_t milliseconds)
{
    int64_t until = peer->clock + milliseconds;
    struct timer next;
    while (next_timer(peer, until, &next)) {
        peer->clock = *next.due;
        next.fire(peer);
    }
    peer->clock = until;
}

void rw_peer_settle(struct rw_peer *peer)
{
    rw_inputs_confirm(peer);
    rw_episode_check_complete(peer);
    rw_request_check(peer);
}

static bool receive_message(struct rw_peer *peer, const struct rw_message *message)
{
    uint64_t bits = message->as.time.timestamp;
    switch (message->type) {
    case RW_INPUT:
        rw_inputs_receive(peer, message->as.input.player, message->as.input.entries, false);
        return true;
    case RW_INPUT_RESPONSE:
        rw_inputs_receive(peer, message->as.input_response.player,
                          message->as.input_response.entries, true);
        return true;
    case RW_PING:
        rw_peer_hand_time(peer, RW_PONG, bits); /* LIVE-5 */
        return true;
    case RW_PONG:
        rw_live_pong(peer, bits);
        return true;
    case RW_VALIDATION_PING:
        rw_valid_receive_ping(peer, bits);
        return true;
    case RW_VALIDATION_PONG:
        rw_valid_receive_pong(peer, bits);
        return true;
    case RW_KEEPALIVE:
        return true;
    case RW_EPISODE_END:
        rw_episode_receive_end(peer, message->as.episode_end.frame,
                               message->as.episode_end.episode);
        return true;
    case RW_EPISODE_READY:
        rw_episode_receive_ready(peer, message->as.episode_ready.episode,
                                 message->as.episode_ready.hash);
        return true;
    case RW_STATE_HASH:
        return !rw_episode_takes_hash(peer, message->as.state_hash.frame) ||
               rw_exchange_take(&peer->exchange, message->as.state_hash.frame,
                                message->as.state_hash.hash);
    case RW_INPUT_REQUEST:
        rw_request_answer(peer, message->as.input_request.start, message->as.input_request.end);
        return true;
    case RW_FOCUS_STATE:
        peer->focus.partner_shown = message->as.focus_state.focused; /* FOCUS-4 */
        return true;
    }
    return true;
}

bool rw_do_receive(struct rw_peer *peer, const uint8_t *bytes, size_t length)
{
    struct rw_message message;
    memset(&message, 0, sizeof message); /* a message without a timestamp has defined bits, too */
    if (rw_decode(RW_REVISION, bytes, length, &message) != RW_OK)
        return true;
    bool done = receive_message(peer, &message);
    rw_peer_settle(peer);
    return done;
}

void rw_do_channel(struct rw_peer *peer, bool open)
{
    if (open == peer->open)
        return;
    peer->open = open;
    if (!open) {
        rw_live_close(peer);
        rw_valid_close(peer);
        return;
    }
    rw_valid_open(peer);
    if (peer->valid.state == RW_VALIDATED)
        rw_live_start(peer); /* LIVE-3 */
    rw_focus_open(peer);
}

void rw_do_reset(struct rw_peer *peer)
{
    rw_inputs_reset(peer);
    rw_exchange_reset(&peer->exchange);
    rw_request_end(peer);
}

void rw_focus_init(struct rw_peer *peer)
{
    peer->focus.own_shown = true;
    peer->focus.told_shown = true; /* before the first one, FOCUS-3 */
    peer->focus.partner_shown = true;
}

static void tell_focus(struct rw_peer *peer)
{
    struct rw_message message = {.type = RW_FOCUS_STATE};
    message.as.focus_state.focused = peer->focus.own_shown;
    message.as.focus_state.frame = peer->focus.frame;
    if (rw_peer_hand(peer, &message) == RW_ACCEPTED)
        peer->focus.told_shown = peer->focus.own_shown;
}

void rw_focus_open(struct rw_peer *peer)
{
    peer->focus.partner_shown = true; /* FOCUS-5 */
    if (!peer->focus.own_shown || !peer->focus.told_shown)
        tell_focus(peer);
}

void rw_do_focus(struct rw_peer *peer, bool shown, uint32_t frame)
{
    if (shown == peer->focus.own_shown)
        return;
    peer->focus.own_shown = shown;
    peer->focus.frame = frame;
    tell_focus(peer);
}
