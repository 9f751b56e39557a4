/* The operations of sessions. */
#include <stdlib.h>
#include <string.h>

#include "adapter_session.h"

static struct session sessions[SESSION_LIMIT];

static bool link_is_open(void *context)
{
    const struct link *link = context;
    return link->open;
}

static bool link_send(void *context, const uint8_t *bytes, size_t length)
{
    struct link *link = context;
    if (bytes[0] < 32 && (link->types >> bytes[0] & 1) != 0) {
        if (link->accept > 0) {
            link->accept--;
        } else if (link->refuse_all) {
            return false;
        } else if (link->refuse > 0) {
            link->refuse--;
            return false;
        }
    }
    rw_text_add(&link->sent, link->sent.length == 0 ? "\"" : ",\"");
    rw_text_hex(&link->sent, bytes, length);
    rw_text_add(&link->sent, "\"");
    return true;
}

/* The open session with the number of the request; NULL if there is none. `unused` is a place for
 * a new one, or NULL if as many are open as hello says. */
static struct session *find_session(uint64_t number, struct session **unused)
{
    *unused = NULL;
    for (size_t i = 0; i < SESSION_LIMIT; i++) {
        if (!sessions[i].used)
            *unused = &sessions[i];
        else if (sessions[i].number == number)
            return &sessions[i];
    }
    return NULL;
}

static bool read_number(const struct json *request, uint64_t *number)
{
    return json_unsigned(json_member(request, "session"), (UINT64_C(1) << 53) - 1, number);
}

static void close_session(struct session *session)
{
    if (session->peer != NULL) {
        rw_peer_free(session->peer);
        free(session->peer);
    } else {
        rw_exchange_free(session->exchange);
        free(session->exchange);
    }
    rw_text_free(&session->link.sent);
    memset(session, 0, sizeof *session);
}

/* A revision without DETECT compares nothing: its map keeps what it has received. */
static struct rw_exchange_options exchange_options(void)
{
    return (struct rw_exchange_options){settings.revision >= 5, settings.lasting,
                                        settings.hash_sends};
}

static bool open_exchange(struct session *session, struct rw_channel channel)
{
    session->exchange = malloc(sizeof *session->exchange);
    if (session->exchange == NULL)
        return false;
    rw_exchange_init(session->exchange, channel, exchange_options());
    return true;
}

static bool open_peer(struct session *session, struct rw_channel channel, uint8_t local,
                      uint32_t first_frame)
{
    const struct rw_parameters parameters = {
        .redundancy = settings.redundancy,
        .validation_repeat_ms = settings.validation_repeat_ms,
        .end_repeat_ms = settings.end_repeat_ms,
        .request_repeats = settings.request_repeats,
        .exchange = exchange_options(),
    };
    session->peer = malloc(sizeof *session->peer);
    if (session->peer == NULL)
        return false;
    rw_peer_init(session->peer, channel, &parameters, local, first_frame);
    session->exchange = &session->peer->exchange;
    return true;
}

const char *answer_open(const struct json *request, struct rw_text *out)
{
    const struct json *peer = json_member(request, "peer");
    uint64_t number;
    uint64_t local = 0;
    uint64_t first_frame = 0;
    struct session *session;
    if (!read_number(request, &number))
        return "`session` is not a number";
    if (peer != NULL &&
        (settings.revision != RW_REVISION || peer->kind != JSON_OBJECT || peer->count != 2 ||
         !json_unsigned(json_member(peer, "local"), 1, &local) ||
         !json_unsigned(json_member(peer, "first_frame"), UINT32_MAX, &first_frame)))
        return "`peer` is malformed";
    if (find_session(number, &session) != NULL)
        return "the session is already open";
    if (session == NULL)
        return "too many sessions are open";
    struct rw_channel channel = {&session->link, link_is_open, link_send};
    session->link.open = true;
    if (!(peer == NULL ? open_exchange(session, channel)
                       : open_peer(session, channel, (uint8_t)local, (uint32_t)first_frame)))
        return "there is not enough memory";
    session->used = true;
    session->number = number;
    rw_text_add(out, "\"ok\":{}");
    return NULL;
}

const char *answer_close(const struct json *request, struct rw_text *out)
{
    uint64_t number;
    struct session *unused;
    if (!read_number(request, &number))
        return "`session` is not a number";
    if (json_member(request, "peer") != NULL)
        return "`peer` is only for open";
    struct session *session = find_session(number, &unused);
    if (session == NULL)
        return "the session is not open";
    close_session(session);
    rw_text_add(out, "\"ok\":{}");
    return NULL;
}

/* All stimuli are read before the first one is processed, so a malformed request leaves the
 * session as it was. They are read again when they are processed: so no list of them is kept. */
static const char *find_steps(const struct json *request, struct session **session,
                              const struct json **list)
{
    uint64_t number;
    struct session *unused;
    struct stimulus stimulus;
    if (!read_number(request, &number))
        return "`session` is not a number";
    if (json_member(request, "peer") != NULL)
        return "`peer` is only for open";
    *session = find_session(number, &unused);
    if (*session == NULL)
        return "the session is not open";
    *list = json_member(request, "do");
    if (*list == NULL || (*list)->kind != JSON_ARRAY || (*list)->count == 0)
        return "`do` is not a list of stimuli";
    for (const struct json *part = (*list)->first; part != NULL; part = part->next)
        if (!read_stimulus(part, (*session)->peer != NULL, &stimulus))
            return "a stimulus has an unknown form";
    return NULL;
}

/* `every` asks for an observation after each stimulus, and otherwise there is one at the end. */
static const char *run(const struct json *request, struct rw_text *out, bool every)
{
    struct session *session;
    const struct json *list;
    struct stimulus stimulus;
    const char *error = find_steps(request, &session, &list);
    if (error != NULL)
        return error;
    rw_text_add(out, "\"ok\":{\"observations\":[");
    rw_text_clear(&session->link.sent);
    for (const struct json *part = list->first; part != NULL; part = part->next) {
        if (!read_stimulus(part, session->peer != NULL, &stimulus) ||
            !process_stimulus(session, &stimulus) ||
            session->link.sent.failed)
            return "there is not enough memory";
        /* A longer answer could not be read, so it is not built: hours in one request send much. */
        if (session->link.sent.length > LINE_LIMIT || out->length > LINE_LIMIT)
            return "the answer would be longer than a line";
        if (every || part->next == NULL) {
            write_observation(session, out);
            rw_text_add(out, part->next == NULL ? "" : ",");
            rw_text_clear(&session->link.sent);
        }
    }
    rw_text_add(out, "]}");
    return NULL;
}

const char *answer_step(const struct json *request, struct rw_text *out)
{
    return run(request, out, true);
}

const char *answer_advance(const struct json *request, struct rw_text *out)
{
    return run(request, out, false);
}
