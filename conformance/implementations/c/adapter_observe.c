/* What a session shows after a stimulus. */
#include <stdlib.h>
#include <string.h>

#include "adapter_session.h"

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
    rw_text_add(out, "],\"verified\":");
    if (exchange->has_verified)
        rw_text_number(out, exchange->verified);
    else
        rw_text_add(out, "null");
    rw_text_add(out, ",\"events\":[");
    for (size_t i = 0; i < exchange->event_count; i++)
        write_event(out, i, &exchange->events[i]);
    rw_text_add(out, "]");
}

void write_observation(const struct session *session, struct rw_text *out)
{
    rw_text_add(out, "{\"sent\":[");
    rw_text_put(out, session->link.sent.bytes, session->link.sent.length);
    rw_text_add(out, "]");
    write_exchange(session->exchange, out);
    rw_text_add(out, "}");
}
