/* The loop over lines, and the command line: adapter [NAME=VALUE]... */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapter.h"

struct settings settings = {
    .revision = RW_REVISION,
    .lasting = true,
    .hash_sends = 2,
    .redundancy = 10,
    .validation_repeat_ms = 500,
    .end_repeat_ms = 250,
    .request_repeats = 2,
};

struct operation {
    const char *name;
    handler *answer;
};

static const struct operation OPERATIONS[] = {
    {"hello", answer_hello},       {"decode", answer_decode}, {"encode", answer_encode},
    {"reencode", answer_reencode}, {"digest", answer_digest}, {"open", answer_open},
    {"step", answer_step},         {"advance", answer_advance}, {"close", answer_close},
};

static void out_of_memory(void)
{
    fprintf(stderr, "there is not enough memory\n");
    exit(EXIT_FAILURE);
}

static void write_error(struct rw_text *out, const char *reason)
{
    rw_text_add(out, "\"error\":{\"message\":");
    json_write_string(out, reason, strlen(reason));
    rw_text_add(out, "}");
}

static void answer_request(const struct json *request, struct rw_text *out)
{
    const struct json *name = json_member(request, "op");
    size_t begin = out->length;
    if (name == NULL || name->kind != JSON_STRING) {
        write_error(out, "`op` is not text");
        return;
    }
    for (size_t i = 0; i < sizeof OPERATIONS / sizeof OPERATIONS[0]; i++) {
        if (json_is(name, OPERATIONS[i].name)) {
            const char *error = OPERATIONS[i].answer(request, out);
            if (error != NULL) {
                out->length = begin; /* an answer that has begun is dropped as a whole */
                write_error(out, error);
            }
            return;
        }
    }
    rw_text_add(out, "\"unsupported\":{}");
}

/* Answers one line; `line[length]` is a NUL. */
static void answer_line(struct json_memory *memory, struct rw_text *out, const char *line,
                        size_t length)
{
    enum json_error error;
    uint64_t id;
    if (strspn(line, " \t\r") == length)
        return;
    const struct json *request = json_read(memory, line, length, REQUEST_DEPTH, &error);
    if (error == JSON_MEMORY)
        out_of_memory();
    if (!json_unsigned(json_member(request, "id"), (UINT64_C(1) << 53) - 1, &id)) {
        fprintf(stderr, "a line without an id is not answered: %.60s\n", line);
    } else {
        rw_text_clear(out);
        rw_text_add(out, "{\"id\":");
        rw_text_number(out, id);
        rw_text_add(out, ",");
        answer_request(request, out);
        rw_text_add(out, "}\n");
        if (out->failed)
            out_of_memory();
        fwrite(out->bytes, 1, out->length, stdout);
    }
    json_forget(memory);
}

/* Applies NAME=VALUE; false if there is no such setting, or the value is out of its range. */
static bool apply_setting(const char *argument)
{
    static const struct {
        const char *name;
        unsigned *value;
        unsigned long least;
        unsigned long most;
    } NAMES[] = {
        {"revision=", &settings.revision, 1, RW_REVISION},
        {"hash_sends=", &settings.hash_sends, 0, 3},
        {"redundancy=", &settings.redundancy, 1, 15},
        {"validation_repeat_ms=", &settings.validation_repeat_ms, 0, 500},
        {"end_repeat_ms=", &settings.end_repeat_ms, 0, 250},
        {"request_repeats=", &settings.request_repeats, 0, 2},
    };
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        size_t length = strlen(NAMES[i].name);
        if (strncmp(argument, NAMES[i].name, length) == 0) {
            char *end;
            unsigned long value = strtoul(argument + length, &end, 10);
            *NAMES[i].value = (unsigned)value;
            return end > argument + length && *end == '\0' && value >= NAMES[i].least &&
                   value <= NAMES[i].most;
        }
    }
    return false;
}

/* Reads what is there and answers every complete line, so one flush serves all requests that
 * arrived together. A line that is longer than the limit is reported and skipped. */
static void serve(void)
{
    static char buffer[LINE_LIMIT + 1];
    struct json_memory memory = {0};
    struct rw_text out = {0};
    size_t held = 0;
    bool skipping = false;
    for (;;) {
        ssize_t count = read(STDIN_FILENO, buffer + held, LINE_LIMIT - held);
        if (count <= 0)
            break;
        char *line = buffer;
        char *end = buffer + held + (size_t)count;
        char *search = buffer + held; /* what was held has no line end */
        char *stop;
        while ((stop = memchr(search, '\n', (size_t)(end - search))) != NULL) {
            *stop = '\0';
            if (!skipping)
                answer_line(&memory, &out, line, (size_t)(stop - line));
            skipping = false;
            line = stop + 1;
            search = line;
        }
        held = (size_t)(end - line);
        memmove(buffer, line, held);
        if (skipping || held == LINE_LIMIT) {
            if (!skipping)
                fprintf(stderr, "a line of more than %d bytes is skipped\n", LINE_LIMIT);
            skipping = true;
            held = 0;
        }
        fflush(stdout);
    }
    if (held > 0) {
        buffer[held] = '\0';
        answer_line(&memory, &out, buffer, held);
        fflush(stdout);
    }
    json_free(&memory);
    rw_text_free(&out);
}

int main(int count, char **arguments)
{
    for (int i = 1; i < count; i++) {
        if (!apply_setting(arguments[i])) {
            fprintf(stderr, "unknown setting: %s\n", arguments[i]);
            return 2;
        }
    }
    /* A hash_sends of 0 stands for hashes that are used up. */
    settings.lasting = settings.hash_sends > 0;
    if (!settings.lasting)
        settings.hash_sends = 1;
    serve();
    return 0;
}
