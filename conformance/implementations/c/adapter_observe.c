/* What a session shows after a stimulus. */
#include <stdlib.h>
#include <string.h>

#include "adapter_session.h"

static void write_nullable(struct rw_text *out, const char *key, bool known, uint64_t number)
{
    rw_text_add(out, key);
    if (known)
        rw_text_number(out, number);
    else
        rw_text_add(out, "null");
}

static void write_pair(struct rw_text *out, size_t index, const struct rw_hash *hash)
{
    rw_text_add(out, index == 0 ? "[" : ",[");
    rw_text_number(out, hash->frame);
    rw_text_add(out, ",\"");
    rw_text_hex(out, hash->bytes, 8);
    rw_text_add(out, "\"]");
}

static int by_frame(const void *left, const void *right)
{
    const struct rw_hash *a = left;
    const struct rw_hash *b = right;
    return (a->frame > b->frame) - (a->frame < b->frame); /* a difference would wrap */
}

/* The history and the map are kept in the order of insertion, and shown by ascending frame. */
static void write_sorted(struct rw_text *out, const struct rw_hash *list, size_t count)
{
    static struct rw_hash sorted[RW_MAP + 1];
    memcpy(sorted, list, count * sizeof *list);
    qsort(sorted, count, sizeof *sorted, by_frame);
    for (size_t i = 0; i < count; i++)
        write_pair(out, i, &sorted[i]);
}

static void write_event(struct rw_text *out, size_t index, const struct rw_mismatch *event)
{
    rw_text_add(out, index == 0 ? "{\"frame\":" : ",{\"frame\":");
    rw_text_number(out, event->frame);
    rw_text_add(out, ",\"local\":\"");
    rw_text_hex(out, event->local, 8);
    rw_text_add(out, "\",\"peer\":\"");
    rw_text_hex(out, event->peer, 8);
    rw_text_add(out, "\"}");
}

static void write_exchange(const struct rw_exchange *exchange, struct rw_text *out)
{
    rw_text_add(out, ",\"queue\":[");
    for (size_t i = 0; i < exchange->queue_count; i++)
        write_pair(out, i, &exchange->queue[exchange->queue_first + i].hash);
    rw_text_add(out, "],\"map\":[");
    write_sorted(out, exchange->map, exchange->map_count);
    rw_text_add(out, "],\"history\":[");
    write_sorted(out, exchange->history, exchange->history_count);
    write_nullable(out, "],\"verified\":", exchange->has_verified, exchange->verified);
    rw_text_add(out, ",\"events\":[");
    for (size_t i = 0; i < exchange->event_count; i++)
        write_event(out, i, &exchange->events[i]);
    rw_text_add(out, "]");
}

static void write_inputs(const struct rw_peer *peer, struct rw_text *out)
{
    const struct rw_inputs *inputs = &peer->inputs;
    bool confirmed = rw_peer_has_confirmed(peer);
    const char *separator = "";
    write_nullable(out, ",\"confirmed\":", confirmed, confirmed ? (uint64_t)inputs->base : 0);
    rw_text_add(out, ",\"held\":[");
    for (int64_t frame = inputs->base + 1; frame <= inputs->base + RW_AHEAD; frame++) {
        if (!inputs->held[frame % RW_RING])
            continue;
        rw_text_add(out, separator);
        rw_text_add(out, "[");
        rw_text_number(out, (uint64_t)frame);
        rw_text_add(out, ",");
        rw_text_number(out, inputs->partner[frame % RW_RING]);
        rw_text_add(out, "]");
        separator = ",";
    }
    rw_text_add(out, "]");
}

static void write_round_trips(const struct rw_live *live, struct rw_text *out)
{
    rw_text_add(out, ",\"round_trips\":[");
    for (size_t i = 0; i < live->round_trip_count; i++) {
        uint64_t bits;
        uint8_t bytes[8];
        memcpy(&bits, &live->round_trips[i], sizeof bits);
        for (int byte = 0; byte < 8; byte++)
            bytes[byte] = (uint8_t)(bits >> (56 - 8 * byte));
        rw_text_add(out, i == 0 ? "\"" : ",\"");
        rw_text_hex(out, bytes, 8);
        rw_text_add(out, "\"");
    }
    rw_text_add(out, "]");
}

static void write_episode(const struct rw_episode *episode, struct rw_text *out)
{
    static const char *const PHASES[] = {"", "waiting", "playing", "ending", "complete"};
    static const char *const STARTS[] = {"null", "\"both\"", "\"alone\""};
    static const char *const HASHES[] = {"null", "\"equal\"", "\"different\""};
    rw_text_add(out, ",\"episode\":");
    if (episode->phase == RW_NO_EPISODE) {
        rw_text_add(out, "null");
        return;
    }
    write_nullable(out, "{\"number\":", true, episode->number);
    rw_text_add(out, ",\"phase\":\"");
    rw_text_add(out, PHASES[episode->phase]);
    write_nullable(out, "\",\"end\":", episode->has_end, episode->end);
    rw_text_add(out, ",\"agreed\":");
    rw_text_add(out, !episode->has_end ? "null" : episode->agreed ? "true" : "false");
    rw_text_add(out, ",\"start\":");
    rw_text_add(out, STARTS[episode->start]);
    rw_text_add(out, ",\"hashes\":");
    rw_text_add(out, HASHES[episode->hashes]);
    rw_text_add(out, "}");
}

static void write_peer(const struct rw_peer *peer, struct rw_text *out)
{
    static const char *const STATES[] = {"idle", "validating", "validated", "failed"};
    write_inputs(peer, out);
    write_round_trips(&peer->live, out);
    rw_text_add(out, ",\"validation\":\"");
    rw_text_add(out, STATES[peer->valid.state]);
    rw_text_add(out, "\"");
    write_episode(&peer->episode, out);
    if (peer->request.active) {
        write_nullable(out, ",\"request\":[", true, peer->request.first);
        write_nullable(out, ",", true, peer->request.last);
        rw_text_add(out, "]");
    } else {
        rw_text_add(out, ",\"request\":null");
    }
    rw_text_add(out, ",\"partner\":");
    rw_text_add(out, peer->focus.partner_shown ? "\"shown\"" : "\"hidden\"");
}

void write_observation(const struct session *session, struct rw_text *out)
{
    rw_text_add(out, "{\"sent\":[");
    rw_text_put(out, session->link.sent.bytes, session->link.sent.length);
    rw_text_add(out, "]");
    write_exchange(session->exchange, out);
    if (session->peer != NULL)
        write_peer(session->peer, out);
    rw_text_add(out, "}");
}
