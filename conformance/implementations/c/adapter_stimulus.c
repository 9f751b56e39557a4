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

static bool read_sends(const struct json *value, struct stimulus *stimulus)
{
    const struct json *how = json_member(value, "how");
    stimulus->kind = DO_SENDS;
    stimulus->types = UINT32_C(1) << RW_STATE_HASH;
    stimulus->flag = json_is(json_member(value, "refuse"), "all");
    return has_members(value, 3) && read_u32(value, "accept", UINT16_MAX, &stimulus->accept) &&
           (stimulus->flag || read_u32(value, "refuse", UINT16_MAX, &stimulus->refuse)) &&
           (json_is(how, "false") || json_is(how, "throw"));
}

static const struct {
    const char *name;
    bool (*read)(const struct json *value, struct stimulus *stimulus);
} READERS[] = {
    {"confirm", read_confirm},   {"tick", read_tick},       {"recv", read_recv},
    {"rollback", read_rollback}, {"reset", read_reset},     {"channel", read_channel},
    {"sends", read_sends},
};

bool read_stimulus(const struct json *value, struct stimulus *stimulus)
{
    memset(stimulus, 0, sizeof *stimulus);
    if (!has_members(value, 1))
        return false;
    for (size_t i = 0; i < sizeof READERS / sizeof READERS[0]; i++) {
        const struct json *member = json_member(value, READERS[i].name);
        if (member != NULL)
            return READERS[i].read(member, stimulus);
    }
    return false;
}
