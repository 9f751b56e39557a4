#include "digest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "json.h"

/* The last three checks of the chapter on refusals look at every number of the text, also in
 * members that a later one of the same name replaces (DIGEST-30). */

static bool has_long_integer(const struct json *value)
{
    if (json_is_integer(value))
        return value->length - (value->text[0] == '-' ? 1 : 0) > RW_INTEGER_DIGITS;
    for (const struct json *part = value->first; part != NULL; part = part->next)
        if (has_long_integer(part))
            return true;
    return false;
}

/* The token is followed by white space, a separator, a bracket or a NUL, so strtod ends where it
 * ends. Its grammar was checked: strtod alone would also take hexadecimal numbers and names. */
static double double_of(const struct json *value)
{
    return strtod(value->text, NULL);
}

static bool has_infinite_number(const struct json *value)
{
    if (value->kind == JSON_NUMBER)
        return !json_is_integer(value) && isinf(double_of(value));
    for (const struct json *part = value->first; part != NULL; part = part->next)
        if (has_infinite_number(part))
            return true;
    return false;
}

/* The order of code points is that of the bytes, because of how the reader keeps surrogates. */
static int compare_keys(const struct json *left, const struct json *right)
{
    size_t shorter = left->key_length < right->key_length ? left->key_length : right->key_length;
    int order = memcmp(left->key, right->key, shorter);
    if (order != 0)
        return order;
    return (left->key_length > right->key_length) - (left->key_length < right->key_length);
}

/* Merges two sorted lists. Of equal keys the member of the left list goes first: so the order of
 * the text is kept, which qsort does not promise, and the last one can be found (DIGEST-7). */
static struct json *merge(struct json *left, struct json *right)
{
    struct json *first = NULL;
    struct json **end = &first;
    while (left != NULL && right != NULL) {
        struct json **smaller = compare_keys(left, right) <= 0 ? &left : &right;
        *end = *smaller;
        *smaller = (*smaller)->next;
        end = &(*end)->next;
    }
    *end = left != NULL ? left : right;
    return first;
}

/* Sorts the next `count` members of the list, and moves `*list` behind them. */
static struct json *sort_members(struct json **list, size_t count)
{
    if (count == 0)
        return NULL;
    if (count == 1) {
        struct json *only = *list;
        *list = only->next;
        only->next = NULL;
        return only;
    }
    struct json *left = sort_members(list, count / 2);
    struct json *right = sort_members(list, count - count / 2);
    return merge(left, right);
}

static void put_value(struct rw_text *out, enum rw_form form, struct json *value);

static void put_object(struct rw_text *out, enum rw_form form, struct json *object)
{
    struct json *list = object->first;
    const char *separator = "{";
    object->first = sort_members(&list, object->count);
    for (struct json *member = object->first; member != NULL; member = member->next) {
        if (member->next != NULL && compare_keys(member, member->next) == 0)
            continue; /* a later member has the same key */
        rw_text_add(out, separator);
        json_write_string(out, member->key, member->key_length);
        rw_text_add(out, form == RW_STATE_HASH_FORM ? ":" : ": ");
        put_value(out, form, member);
        separator = form == RW_STATE_HASH_FORM ? "," : ", ";
    }
    rw_text_add(out, object->count == 0 ? "{}" : "}");
}

static void put_array(struct rw_text *out, enum rw_form form, struct json *array)
{
    rw_text_add(out, "[");
    for (struct json *part = array->first; part != NULL; part = part->next) {
        put_value(out, form, part);
        if (part->next != NULL)
            rw_text_add(out, form == RW_STATE_HASH_FORM ? "," : ", ");
    }
    rw_text_add(out, "]");
}

static void put_number(struct rw_text *out, enum rw_form form, const struct json *value)
{
    if (form == RW_STATE_HASH_FORM)
        rw_number_rounded(out, double_of(value));
    else if (!json_is_integer(value))
        rw_number_repr(out, double_of(value)); /* DIGEST-24 */
    else if (value->length == 2 && memcmp(value->text, "-0", 2) == 0)
        rw_text_add(out, "0"); /* DIGEST-22 */
    else
        rw_text_put(out, value->text, value->length);
}

static void put_value(struct rw_text *out, enum rw_form form, struct json *value)
{
    switch (value->kind) {
    case JSON_NULL: rw_text_add(out, "null"); break;
    case JSON_FALSE: rw_text_add(out, "false"); break;
    case JSON_TRUE: rw_text_add(out, "true"); break;
    case JSON_NUMBER: put_number(out, form, value); break;
    case JSON_STRING: json_write_string(out, value->text, value->length); break;
    case JSON_ARRAY: put_array(out, form, value); break;
    case JSON_OBJECT: put_object(out, form, value); break;
    }
}

/* The order of checks for a digest, from step 3 on. */
static enum rw_status check_state(enum rw_form form, const struct json *value)
{
    if (form == RW_EPISODE_READY_FORM && has_long_integer(value))
        return RW_RANGE;
    if (value->kind != JSON_OBJECT && value->kind != JSON_ARRAY)
        return RW_VALUE;
    if (form == RW_EPISODE_READY_FORM && has_infinite_number(value))
        return RW_RANGE;
    return RW_OK;
}

static void put_digits(enum rw_form form, const struct rw_text *canonical, char digits[17])
{
    uint8_t sum[32];
    struct rw_text hex = {digits, 0, 17, false};
    if (form == RW_STATE_HASH_FORM)
        rw_sha256(canonical->bytes, canonical->length, sum);
    else
        rw_md5(canonical->bytes, canonical->length, sum);
    rw_text_hex(&hex, sum, form == RW_STATE_HASH_FORM ? 8 : 4);
    digits[hex.length] = '\0';
}

enum rw_status rw_digest(enum rw_form form, const char *state, size_t length,
                         struct rw_text *canonical, char digits[17])
{
    struct json_memory memory = {0};
    enum json_error error;
    enum rw_status status;
    struct json *value = json_read(&memory, state, length, RW_DIGEST_DEPTH, &error);
    if (value == NULL) {
        status = error == JSON_TOO_DEEP ? RW_RANGE : error == JSON_MEMORY ? RW_NO_MEMORY : RW_TEXT;
    } else {
        status = check_state(form, value);
        rw_text_clear(canonical);
        if (status == RW_OK)
            put_value(canonical, form, value);
        if (status == RW_OK && canonical->failed)
            status = RW_NO_MEMORY;
        if (status == RW_OK)
            put_digits(form, canonical, digits);
    }
    json_free(&memory);
    return status;
}
