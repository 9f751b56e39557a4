/* SYNC: inputs are sent, repeated, received and confirmed. */
#include <string.h>

#include "peer_parts.h"

enum { BATCH_MOST = 15 };

void rw_inputs_reset(struct rw_peer *peer)
{
    struct rw_inputs *inputs = &peer->inputs;
    inputs->next = peer->first_frame;
    inputs->kept_from = peer->first_frame;
    inputs->base = (int64_t)peer->first_frame - 1;
    memset(inputs->held, 0, sizeof inputs->held);
}

bool rw_peer_has_confirmed(const struct rw_peer *peer)
{
    return peer->inputs.base >= (int64_t)peer->first_frame;
}

bool rw_inputs_known(const struct rw_peer *peer, int64_t frame)
{
    return frame > peer->inputs.base && frame <= peer->inputs.base + RW_AHEAD &&
           peer->inputs.held[frame % RW_RING];
}

bool rw_peer_partner_action(const struct rw_peer *peer, uint32_t frame, uint8_t *action)
{
    int64_t base = peer->inputs.base;
    bool confirmed = frame >= peer->first_frame && frame <= base && frame > base - RW_AHEAD;
    if (!confirmed && !rw_inputs_known(peer, frame))
        return false;
    *action = peer->inputs.partner[frame % RW_RING];
    return true;
}

/* Hands one INPUT with these own frames, in this order. What the channel accepts is told. */
static enum rw_handed send_frames(struct rw_peer *peer, const int64_t *frames, size_t count)
{
    struct rw_inputs *inputs = &peer->inputs;
    struct rw_message message = {.type = RW_INPUT};
    uint8_t packed[RW_ENTRY_SIZE * BATCH_MOST];
    for (size_t i = 0; i < count; i++)
        rw_entry_put(packed + RW_ENTRY_SIZE * i, (struct rw_entry){(uint32_t)frames[i],
                                                      inputs->own[frames[i] % RW_KEPT]});
    message.as.input.player = peer->local;
    message.as.input.current_frame = (uint32_t)frames[count - 1]; /* the newest (INPUT-14) */
    message.as.input.entries = (struct rw_entries){packed, count};
    enum rw_handed handed = rw_peer_hand(peer, &message);
    if (handed == RW_ACCEPTED)
        for (size_t i = 0; i < count; i++)
            inputs->told[frames[i] % RW_KEPT] = true;
    return handed;
}

/* The own entries before `window` that were never told (CATCHUP-12). The first refusal ends the
 * telling of this act (CATCHUP-13). */
static void tell_older(struct rw_peer *peer, int64_t window)
{
    int64_t frames[BATCH_MOST];
    size_t count = 0;
    for (int64_t frame = peer->inputs.kept_from; frame < window; frame++) {
        if (!peer->inputs.told[frame % RW_KEPT])
            frames[count++] = frame;
        if (count == BATCH_MOST) {
            if (send_frames(peer, frames, count) != RW_ACCEPTED)
                return;
            count = 0;
        }
    }
    if (count > 0)
        send_frames(peer, frames, count);
}

void rw_do_act(struct rw_peer *peer, uint32_t frame, uint8_t action)
{
    struct rw_inputs *inputs = &peer->inputs;
    int64_t frames[BATCH_MOST];
    size_t count = 0;
    if (frame != inputs->next || !rw_episode_runs(peer))
        return;
    inputs->own[frame % RW_KEPT] = action;
    inputs->told[frame % RW_KEPT] = false;
    inputs->next++; /* after the last frame it is 2^32, which no `act` has */
    if (inputs->next - inputs->kept_from > RW_KEPT)
        inputs->kept_from++;
    int64_t window = inputs->next - peer->parameters.redundancy;
    if (window < inputs->kept_from)
        window = inputs->kept_from;
    tell_older(peer, window);
    for (int64_t newest = window; newest < inputs->next; newest++)
        frames[count++] = newest;
    send_frames(peer, frames, count);
    rw_peer_settle(peer);
}

void rw_inputs_receive(struct rw_peer *peer, uint16_t player, struct rw_entries entries,
                       bool response)
{
    struct rw_inputs *inputs = &peer->inputs;
    if (player != 1 - peer->local)
        return;
    for (size_t i = 0; i < entries.count; i++) {
        struct rw_entry entry = rw_entry_at(entries, i);
        size_t slot = entry.frame % RW_RING;
        /* The base does not change before all entries have been looked at (SYNC-9). */
        if (entry.frame <= inputs->base || entry.frame > inputs->base + RW_AHEAD ||
            inputs->held[slot] || !rw_episode_takes_entry(peer, entry.frame, response))
            continue;
        inputs->partner[slot] = entry.action;
        inputs->held[slot] = true;
    }
}

void rw_inputs_confirm(struct rw_peer *peer)
{
    struct rw_inputs *inputs = &peer->inputs;
    while (inputs->base + 1 < inputs->next && inputs->held[(inputs->base + 1) % RW_RING]) {
        inputs->base++;
        inputs->held[inputs->base % RW_RING] = false; /* the action stays for the game */
    }
}

void rw_inputs_drop_from(struct rw_peer *peer, uint32_t end)
{
    struct rw_inputs *inputs = &peer->inputs;
    for (int64_t frame = inputs->base + 1; frame <= inputs->base + RW_AHEAD; frame++)
        if (frame >= end)
            inputs->held[frame % RW_RING] = false;
}
