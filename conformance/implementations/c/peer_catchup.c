/* CATCHUP: holes in the inputs are closed. */
#include "peer_parts.h"

enum { REPEAT_MS = 1000, GIVE_UP_MS = 3000 };

/* The frame that every hole is below: the highest entry that is held, or the agreed end. */
static int64_t holes_below(const struct rw_peer *peer)
{
    const struct rw_episode *episode = &peer->episode;
    int64_t base = peer->inputs.base;
    int64_t highest = base + RW_AHEAD;
    while (highest > base && !rw_inputs_known(peer, highest))
        highest--;
    if (episode->has_end && episode->agreed && episode->end > highest)
        highest = episode->end;
    return highest;
}

/* The first and the last hole from `from` to `to`; false if there is none. */
static bool find_holes(const struct rw_peer *peer, int64_t from, int64_t to, uint32_t *first,
                       uint32_t *last)
{
    bool found = false;
    int64_t below = holes_below(peer);
    if (from <= peer->inputs.base)
        from = peer->inputs.base + 1;
    if (to > peer->inputs.base + RW_LOOKED_AT)
        to = peer->inputs.base + RW_LOOKED_AT;
    for (int64_t frame = from; frame <= to && frame < below; frame++) {
        if (rw_inputs_known(peer, frame))
            continue;
        if (!found)
            *first = (uint32_t)frame;
        *last = (uint32_t)frame;
        found = true;
    }
    return found;
}

static void send_request(struct rw_peer *peer)
{
    struct rw_message message = {.type = RW_INPUT_REQUEST};
    message.as.input_request.start = peer->request.first;
    message.as.input_request.end = peer->request.last;
    rw_peer_hand(peer, &message);
}

/* The next repeat, or none if all have been sent (CATCHUP-3). */
static void schedule_repeat(struct rw_peer *peer)
{
    struct rw_request *request = &peer->request;
    request->repeat_due = request->repeats_left > 0 ? peer->clock + REPEAT_MS : RW_NEVER;
}

void rw_do_catch_up(struct rw_peer *peer)
{
    struct rw_request *request = &peer->request;
    if (request->active || !rw_episode_runs(peer) ||
        !find_holes(peer, peer->first_frame, UINT32_MAX, &request->first, &request->last))
        return;
    request->active = true;
    request->repeats_left = peer->parameters.request_repeats;
    request->give_up_due = peer->clock + GIVE_UP_MS;
    schedule_repeat(peer);
    send_request(peer);
}

void rw_request_repeat(struct rw_peer *peer)
{
    peer->request.repeats_left--;
    schedule_repeat(peer);
    send_request(peer);
}

void rw_request_end(struct rw_peer *peer)
{
    peer->request.active = false;
    peer->request.give_up_due = RW_NEVER;
    peer->request.repeat_due = RW_NEVER;
}

void rw_request_check(struct rw_peer *peer)
{
    const struct rw_request *request = &peer->request;
    uint32_t first, last;
    if (request->active && !find_holes(peer, request->first, request->last, &first, &last))
        rw_request_end(peer);
}

/* The cost is that of the entries that are kept, and not that of the range (CATCHUP-9). */
void rw_request_answer(struct rw_peer *peer, uint32_t start, uint32_t end)
{
    const struct rw_inputs *inputs = &peer->inputs;
    struct rw_message message = {.type = RW_INPUT_RESPONSE};
    uint8_t packed[RW_ENTRY_SIZE * RW_KEPT];
    size_t count = 0;
    int64_t frame = start > inputs->kept_from ? start : inputs->kept_from;
    for (; frame <= end && frame < inputs->next && count < RW_RESPONSE_MOST; frame++) {
        struct rw_entry entry = {(uint32_t)frame, inputs->own[frame % RW_KEPT]};
        rw_entry_put(packed + RW_ENTRY_SIZE * count++, entry);
    }
    message.as.input_response.player = peer->local;
    message.as.input_response.entries = (struct rw_entries){packed, count};
    rw_peer_hand(peer, &message);
}
