/* The operation `digest`. */
#include "adapter.h"
#include "digest.h"

/* The canonical text is only for reports, so a long one is left out of the answer. */
enum { SHOWN_TEXT = 256 * 1024 };

const char *answer_digest(const struct json *request, struct rw_text *out)
{
    const struct json *form = json_member(request, "form");
    const struct json *state = json_member(request, "state");
    struct rw_text canonical = {0};
    char digits[17];
    enum rw_form which = json_is(form, "state_hash") ? RW_STATE_HASH_FORM : RW_EPISODE_READY_FORM;
    if (which == RW_EPISODE_READY_FORM && !json_is(form, "episode_ready"))
        return "`form` is unknown";
    if (state == NULL || state->kind != JSON_STRING)
        return "`state` is not text";
    enum rw_status status = rw_digest(which, state->text, state->length, &canonical, digits);
    const char *error = NULL;
    if (status != RW_OK) {
        error = write_reject(status, out);
    } else {
        rw_text_add(out, "\"ok\":{\"hash\":\"");
        rw_text_add(out, digits);
        rw_text_add(out, "\"");
        if (canonical.length <= SHOWN_TEXT) {
            rw_text_add(out, ",\"text\":");
            json_write_string(out, canonical.bytes, canonical.length);
        }
        rw_text_add(out, "}");
    }
    rw_text_free(&canonical);
    return error;
}
