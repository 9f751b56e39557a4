/* Reading stimuli strictly: a surplus member and a missing one are both malformed. */
#include <string.h>

#include "adapter_session.h"

/* An object with this many members. If as many different names are then found in it, there is no
 * other member, and none is there twice. */
static bool has_members(const struct json *value, size_t count)
{
    return value != NULL && value->kind == JSON_OBJECT && value->count == count;
}

static bool read_u32(const struct json *object, const char *name, uint32_t most, uint32_t *out)
{
    uint64_t number;
    if (!json_unsigned(json_member(object, name), most, &number))
        return false;
    *out = (uint32_t)number;
    return true;
}

static bool read_hash(const struct json *object, const char *name, size_t size, uint8_t *out)
{
    const struct json *text = json_member(object, name);
    return text != NULL && text->kind == JSON_STRING && text->length == 2 * size &&
           rw_hex_read(text->text, size, out);
}

static bool read_confirm(const struct json *value, struct stimulus *stimulus)
{
    stimulus->kind = DO_CONFIRM;
    return has_members(value, 2) && read_u32(value, "frame", UINT32_MAX, &stimulus->frame) &&
           read_hash(value, "hash", 8, stimulus->hash);
}

static bool read_tick(const struct json *value, struct stimulus *stimulus)
{
    stimulus->kind = DO_TICK;
    return has_members(value, 0);
}

static bool read_reset(const struct json *value, struct stimulus *stimulus)
{
    stimulus->kind = DO_RESET;
    return has_members(value, 0);
}

static bool read_recv(const struct json *value, struct stimulus *stimulus)
{
    size_t length;
    stimulus->kind = DO_RECV;
    stimulus->hex = value;
    return receive_hex(value, &length) != NULL;
}

static bool read_rollback(const struct json *value, struct stimulus *stimulus)
{
    stimulus->kind = DO_ROLLBACK_END;
    if (json_is(value, "end"))
        return true;
    stimulus->kind = DO_ROLLBACK_BEGIN;
    return has_members(value, 1) && read_u32(value, "begin", UINT32_MAX, &stimulus->frame);
}

static bool read_channel(const struct json *value, struct stimulus *stimulus)
{
    stimulus->kind = DO_CHANNEL;
    stimulus->flag = json_is(value, "open");
    return stimulus->flag || json_is(value, "closed");
}

/* The first bytes of the datagrams that count: each from 0 to 31, and each at most once. */
static bool read_types(const struct json *list, uint32_t *types)
{
    uint64_t number;
    *types = 0;
    if (list->kind != JSON_ARRAY)
        return false;
    for (const struct json *part = list->first; part != NULL; part = part->next) {
        if (!json_unsigned(part, 31, &number) || (*types >> number & 1) != 0)
            return false;
        *types |= UINT32_C(1) << number;
    }
    return true;
}

/* An exchange has no `types`: the surplus member is then malformed, like any other. */
static bool read_sends(const struct json *value, bool for_peer, struct stimulus *stimulus)
{
    const struct json *how = json_member(value, "how");
    const struct json *types = for_peer ? json_member(value, "types") : NULL;
    stimulus->kind = DO_SENDS;
    stimulus->types = UINT32_C(1) << RW_STATE_HASH;
    stimulus->flag = json_is(json_member(value, "refuse"), "all");
    return has_members(value, types == NULL ? 3 : 4) &&
           read_u32(value, "accept", UINT16_MAX, &stimulus->accept) &&
           (stimulus->flag || read_u32(value, "refuse", UINT16_MAX, &stimulus->refuse)) &&
           (json_is(how, "false") || json_is(how, "throw")) &&
           (types == NULL || read_types(types, &stimulus->types));
}

static bool read_advance(const struct json *value, struct stimulus *stimulus)
{
    uint64_t number = 0;
    stimulus->kind = DO_ADVANCE;
    if (!json_unsigned(value, 3600000, &number))
        return false;
    stimulus->number = (uint32_t)number;
    return true;
}

static bool read_act(const struct json *value, struct stimulus *stimulus)
{
    stimulus->kind = DO_ACT;
    return has_members(value, 2) && read_u32(value, "frame", UINT32_MAX, &stimulus->frame) &&
           read_u32(value, "action", UINT8_MAX, &stimulus->number);
}

static bool read_ready(const struct json *value, struct stimulus *stimulus)
{
    stimulus->kind = DO_READY;
    if (!has_members(value, 1) || !read_hash(value, "hash", 4, stimulus->hash))
        return false;
    memcpy(stimulus->hash, json_member(value, "hash")->text, 8);
    return true;
}

static bool read_ended(const struct json *value, struct stimulus *stimulus)
{
    stimulus->kind = DO_ENDED;
    return has_members(value, 1) && read_u32(value, "frame", UINT32_MAX, &stimulus->frame);
}

static bool read_catch_up(const struct json *value, struct stimulus *stimulus)
{
    stimulus->kind = DO_CATCH_UP;
    return has_members(value, 0);
}

static bool read_focus(const struct json *value, struct stimulus *stimulus)
{
    const struct json *shown = json_member(value, "shown");
    stimulus->kind = DO_FOCUS;
    if (!has_members(value, 2) || shown == NULL ||
        (shown->kind != JSON_TRUE && shown->kind != JSON_FALSE))
        return false;
    stimulus->flag = shown->kind == JSON_TRUE;
    return read_u32(value, "frame", UINT32_MAX, &stimulus->frame);
}

static const struct {
    const char *name;
    bool only_for_peer;
    bool (*read)(const struct json *value, struct stimulus *stimulus);
} READERS[] = {
    {"confirm", false, read_confirm},   {"tick", false, read_tick},
    {"recv", false, read_recv},         {"rollback", false, read_rollback},
    {"reset", false, read_reset},       {"channel", false, read_channel},
    {"advance", true, read_advance},    {"act", true, read_act},
    {"ready", true, read_ready},        {"ended", true, read_ended},
    {"catch_up", true, read_catch_up},  {"focus", true, read_focus},
};

bool read_stimulus(const struct json *value, bool for_peer, struct stimulus *stimulus)
{
    memset(stimulus, 0, sizeof *stimulus);
    if (!has_members(value, 1))
        return false;
    const struct json *sends = json_member(value, "sends");
    if (sends != NULL)
        return read_sends(sends, for_peer, stimulus);
    for (size_t i = 0; i < sizeof READERS / sizeof READERS[0]; i++) {
        const struct json *member = json_member(value, READERS[i].name);
        if (member != NULL)
            return (for_peer || !READERS[i].only_for_peer) && READERS[i].read(member, stimulus);
    }
    return false;
}
