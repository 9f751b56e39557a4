/* Sessions: an exchange or a peer, with a channel that the adapter provides. */
#ifndef RW_ADAPTER_SESSION_H
#define RW_ADAPTER_SESSION_H

#include "adapter.h"
#include "peer.h"

/* The channel of a session. It accepts and refuses as the stimulus `sends` says, even while it is
 * closed: an attempt to send must be visible. */
struct link {
    bool open;
    uint32_t accept;
    uint32_t refuse;
    bool refuse_all;
    uint32_t types;      /* bit t: datagrams that begin with the byte t count */
    struct rw_text sent; /* the accepted datagrams as elements of a JSON list */
};

struct session {
    bool used;
    uint64_t number;
    struct link link;
    struct rw_peer *peer; /* NULL if the session is an exchange alone */
    struct rw_exchange *exchange; /* that of the peer, if there is one */
};

enum stimulus_kind {
    DO_CONFIRM,
    DO_TICK,
    DO_RECV,
    DO_ROLLBACK_BEGIN,
    DO_ROLLBACK_END,
    DO_RESET,
    DO_CHANNEL,
    DO_SENDS,
    DO_ADVANCE,
    DO_ACT,
    DO_READY,
    DO_ENDED,
    DO_CATCH_UP,
    DO_FOCUS
};

struct stimulus {
    enum stimulus_kind kind;
    uint32_t frame;
    bool flag;        /* open; refuse all; shown */
    uint32_t number;  /* milliseconds; an action */
    uint8_t hash[8];  /* of a confirmed frame, or the characters of `ready` */
    const struct json *hex;
    uint32_t accept;
    uint32_t refuse;
    uint32_t types;
};

/* Reads one stimulus; false if it is malformed. Some are only for peers. */
bool read_stimulus(const struct json *value, bool for_peer, struct stimulus *stimulus);

/* Hands a stimulus to the session; false if memory has run out. */
bool process_stimulus(struct session *session, const struct stimulus *stimulus);

/* Writes what the session has sent and what it holds now. */
void write_observation(const struct session *session, struct rw_text *out);

#endif
