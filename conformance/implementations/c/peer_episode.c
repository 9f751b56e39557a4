/* EPISODE: how episodes begin and end. */
#include <string.h>

#include "peer_parts.h"

enum {
    READY_REPEAT_MS = 500,
    ALONE_MS = 5000,
    UNAGREED_MS = 2000,
    UNCONFIRMED_MS = 500,
    END_ANSWER_MS = 250,
    READY_ANSWERS = 10,
    END_ANSWERS = 8,
    EARLY_FRAMES = 128
};

static void stop_timers(struct rw_episode *episode)
{
    episode->alone_due = RW_NEVER;
    episode->ready_due = RW_NEVER;
    episode->complete_due = RW_NEVER;
    episode->end_due = RW_NEVER;
}

void rw_episode_init(struct rw_peer *peer)
{
    stop_timers(&peer->episode);
}

bool rw_episode_runs(const struct rw_peer *peer)
{
    return peer->episode.phase == RW_PLAYING || peer->episode.phase == RW_ENDING;
}

/* EPISODE-13: what arrives while waiting may come from a partner that plays the last episode. */
bool rw_episode_takes_hash(const struct rw_peer *peer, uint32_t frame)
{
    const struct rw_episode *episode = &peer->episode;
    if (episode->phase != RW_WAITING)
        return rw_episode_runs(peer);
    return (episode->number == 0 || episode->previous.heard) &&
           frame <= (uint64_t)peer->first_frame + EARLY_FRAMES;
}

bool rw_episode_takes_entry(const struct rw_peer *peer, uint32_t frame, bool response)
{
    const struct rw_episode *episode = &peer->episode;
    if (response && episode->phase == RW_WAITING)
        return false;
    if (episode->has_end && episode->agreed && frame >= episode->end)
        return false; /* EPISODE-9 */
    return rw_episode_takes_hash(peer, frame);
}

static enum rw_handed hand_ready(struct rw_peer *peer)
{
    struct rw_message message = {.type = RW_EPISODE_READY};
    message.as.episode_ready.episode = peer->episode.number + 1;
    memcpy(message.as.episode_ready.hash, peer->episode.own_hash, 8);
    return rw_peer_hand(peer, &message);
}

static void start(struct rw_peer *peer, enum rw_start how)
{
    peer->episode.phase = RW_PLAYING;
    peer->episode.start = how;
    peer->episode.alone_due = RW_NEVER;
    peer->episode.ready_due = RW_NEVER;
}

static void compare_hashes(struct rw_episode *episode)
{
    bool equal = memcmp(episode->own_hash, episode->partner_hash, 8) == 0;
    episode->hashes = equal ? RW_EQUAL : RW_DIFFERENT;
}

void rw_do_ready(struct rw_peer *peer, const char hash[8])
{
    struct rw_episode *episode = &peer->episode;
    if (episode->phase != RW_NO_EPISODE && episode->phase != RW_COMPLETE)
        return;
    struct rw_episode next = {.phase = RW_WAITING};
    if (episode->phase == RW_COMPLETE) {
        next.number = episode->number + 1;
        next.previous = episode->current;
    }
    next.partner_ready = episode->next_ready;
    memcpy(next.partner_hash, episode->next_hash, 8);
    memcpy(next.own_hash, hash, 8);
    stop_timers(&next);
    *episode = next;
    rw_do_reset(peer); /* inputs, exchange and request, as by a `reset` (EPISODE-1) */
    hand_ready(peer);
    if (episode->partner_ready) {
        compare_hashes(episode);
        start(peer, RW_BOTH);
    } else {
        episode->alone_due = peer->clock + ALONE_MS;
        episode->ready_due = peer->clock + READY_REPEAT_MS;
    }
}

void rw_episode_start_alone(struct rw_peer *peer)
{
    start(peer, RW_ALONE);
}

void rw_episode_repeat_ready(struct rw_peer *peer)
{
    peer->episode.ready_due = peer->clock + READY_REPEAT_MS;
    hand_ready(peer);
}

void rw_episode_receive_ready(struct rw_peer *peer, uint32_t number, const char hash[8])
{
    struct rw_episode *episode = &peer->episode;
    /* A READY carries the number of its episode plus one. */
    uint64_t current = episode->phase == RW_NO_EPISODE ? 0 : (uint64_t)episode->number + 1;
    if (number == current + 1 && !episode->next_ready) { /* EPISODE-3: the first one stays */
        episode->next_ready = true;
        memcpy(episode->next_hash, hash, 8);
    }
    if (episode->phase == RW_NO_EPISODE || number != current)
        return;
    if (!episode->partner_ready) {
        episode->partner_ready = true;
        memcpy(episode->partner_hash, hash, 8);
        compare_hashes(episode);
    }
    if (episode->phase == RW_WAITING)
        start(peer, RW_BOTH);
    else if (episode->ready_answers < READY_ANSWERS && hand_ready(peer) != RW_NOT_HANDED)
        episode->ready_answers++; /* EPISODE-6: a refused one counts */
}

/* Hands the own END of an episode, and notes when: EPISODE-14 counts from there. */
static bool hand_end(struct rw_peer *peer, struct rw_ends *ends, uint32_t number)
{
    struct rw_message message = {.type = RW_EPISODE_END};
    message.as.episode_end.frame = ends->own_frame;
    message.as.episode_end.episode = number;
    if (rw_peer_hand(peer, &message) == RW_NOT_HANDED)
        return false;
    ends->handed = true;
    ends->last_handed = peer->clock;
    return true;
}

/* Both ENDs are known (EPISODE-9). */
static void agree(struct rw_peer *peer)
{
    struct rw_episode *episode = &peer->episode;
    const struct rw_ends *ends = &episode->current;
    episode->has_end = true;
    episode->agreed = true;
    episode->end =
        ends->own_frame < ends->partner_frame ? ends->own_frame : ends->partner_frame;
    episode->complete_due = peer->clock + UNCONFIRMED_MS;
    episode->end_due = RW_NEVER;
    rw_inputs_drop_from(peer, episode->end);
}

static void complete(struct rw_peer *peer)
{
    peer->episode.phase = RW_COMPLETE;
    stop_timers(&peer->episode);
    rw_request_end(peer); /* CATCHUP-6 */
}

void rw_do_ended(struct rw_peer *peer, uint32_t frame)
{
    struct rw_episode *episode = &peer->episode;
    if (episode->phase != RW_PLAYING)
        return;
    episode->phase = RW_ENDING;
    episode->current.own = true;
    episode->current.own_frame = frame;
    hand_end(peer, &episode->current, episode->number);
    if (episode->current.partner) {
        agree(peer);
    } else {
        episode->complete_due = peer->clock + UNAGREED_MS;
        if (peer->parameters.end_repeat_ms > 0)
            episode->end_due = peer->clock + (int64_t)peer->parameters.end_repeat_ms;
    }
    rw_peer_settle(peer);
}

void rw_episode_repeat_end(struct rw_peer *peer)
{
    struct rw_episode *episode = &peer->episode;
    episode->end_due = peer->clock + (int64_t)peer->parameters.end_repeat_ms;
    hand_end(peer, &episode->current, episode->number);
}

void rw_episode_check_complete(struct rw_peer *peer)
{
    const struct rw_episode *episode = &peer->episode;
    if (episode->phase == RW_ENDING && episode->agreed &&
        peer->inputs.base >= (int64_t)episode->end - 1)
        complete(peer);
}

/* EPISODE-10 or EPISODE-11: whichever of the two times it was that has passed. */
void rw_episode_time_is_over(struct rw_peer *peer)
{
    struct rw_episode *episode = &peer->episode;
    if (!episode->agreed) {
        episode->has_end = true;
        episode->end = episode->current.own_frame;
    }
    complete(peer);
}

/* A repeated END is answered, since its sender has not heard the own one (EPISODE-14). */
static void answer_end(struct rw_peer *peer, struct rw_ends *ends, uint32_t number)
{
    bool recent = ends->handed && peer->clock - ends->last_handed < END_ANSWER_MS;
    if (ends->own && !recent && ends->answers < END_ANSWERS && hand_end(peer, ends, number))
        ends->answers++;
}

void rw_episode_receive_end(struct rw_peer *peer, uint32_t frame, uint32_t number)
{
    struct rw_episode *episode = &peer->episode;
    if (episode->phase == RW_NO_EPISODE)
        return;
    bool is_current = number == episode->number;
    bool is_previous = episode->number > 0 && number == episode->number - 1;
    if (!is_current && !is_previous)
        return;
    struct rw_ends *ends = is_current ? &episode->current : &episode->previous;
    if (ends->heard) {
        answer_end(peer, ends, number);
        return;
    }
    ends->heard = true;
    if (is_current && episode->phase != RW_COMPLETE) { /* EPISODE-8 */
        ends->partner = true;
        ends->partner_frame = frame;
        if (episode->phase == RW_ENDING)
            agree(peer);
    }
}
