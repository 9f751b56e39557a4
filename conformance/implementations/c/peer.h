/* A whole peer in virtual time (PEER, SYNC, LIVE, VALID, EPISODE, CATCHUP, FOCUS).
 *
 * A peer never allocates, except in its exchange, and everything that it holds is bounded by the
 * constants below, whatever the partner sends (PEER-5).
 * It has no clock of its own: the game says how much time has passed. */
#ifndef RW_PEER_H
#define RW_PEER_H

#include "channel.h"
#include "exchange.h"

enum {
    RW_AHEAD = 4096,         /* the parameter `ahead` */
    RW_KEPT = 1024,          /* the parameter `kept` */
    RW_RING = 2 * RW_AHEAD,  /* what is beyond the confirmed frame, and as much before it */
    RW_LOOKED_AT = 1024,     /* the frames above the base that may be holes */
    RW_RESPONSE_MOST = 3275, /* CATCHUP-9 */
    RW_PINGS = 32,           /* also enough for every VALIDATION_PING of 15 seconds */
    RW_ROUND_TRIPS = 10,
    RW_PUT_OFF_CALLS = 64,
    RW_PUT_OFF_BYTES = 64 * 1024
};

/* The due time of a timer that does not run. */
#define RW_NEVER INT64_MAX

struct rw_parameters {
    unsigned redundancy;           /* 1 to 15 */
    unsigned validation_repeat_ms; /* 0 for never */
    unsigned end_repeat_ms;        /* 0 for never */
    unsigned request_repeats;      /* 0 to 2 */
    struct rw_exchange_options exchange;
};

/* SYNC. Frames are int64_t where the frame before frame 0 must be a number, too. */
struct rw_inputs {
    int64_t next;                  /* the next own frame */
    int64_t kept_from;             /* the oldest own entry that is kept */
    uint8_t own[RW_KEPT];          /* the entry of frame F is at F modulo RW_KEPT */
    bool told[RW_KEPT];            /* whether it was in an INPUT that the channel accepted */
    int64_t base;                  /* the confirmed frame, or the frame before the first one */
    uint8_t partner[RW_RING];      /* the entry of frame F is at F modulo RW_RING */
    bool held[RW_RING];            /* whether it is known, for frames beyond the base */
};

/* The timestamps of pings that the channel has accepted, the oldest first. */
struct rw_pings {
    int64_t times[RW_PINGS];
    size_t count;
};

struct rw_live {
    int64_t ping_due;
    struct rw_pings unanswered;
    double round_trips[RW_ROUND_TRIPS];
    size_t round_trip_count;
};

enum rw_valid_state { RW_IDLE, RW_VALIDATING, RW_VALIDATED, RW_FAILED };

struct rw_valid {
    enum rw_valid_state state;
    int64_t fail_due;
    int64_t ping_due;
    struct rw_pings sent;
    bool answered; /* an own ping */
    bool seen;     /* a ping of the partner */
};

enum rw_phase { RW_NO_EPISODE, RW_WAITING, RW_PLAYING, RW_ENDING, RW_COMPLETE };
enum rw_start { RW_START_UNKNOWN, RW_BOTH, RW_ALONE };
enum rw_hashes { RW_HASHES_UNKNOWN, RW_EQUAL, RW_DIFFERENT };

/* The ENDs of one episode, of both peers. */
struct rw_ends {
    bool own;
    uint32_t own_frame;
    bool handed;         /* an own one was handed to the channel, */
    int64_t last_handed; /* at this time for the last time */
    unsigned answers;
    bool heard; /* any END of the partner has arrived, at any time */
    bool partner;
    uint32_t partner_frame; /* the one that counts (EPISODE-8) */
};

struct rw_episode {
    enum rw_phase phase;
    uint32_t number;
    bool has_end;
    bool agreed;
    uint32_t end;
    enum rw_start start;
    enum rw_hashes hashes;
    char own_hash[8];
    bool partner_ready;
    char partner_hash[8];
    bool next_ready; /* the partner's READY of the next episode has come */
    char next_hash[8];
    unsigned ready_answers;
    struct rw_ends current;
    struct rw_ends previous;
    int64_t alone_due;
    int64_t ready_due;
    int64_t complete_due;
    int64_t end_due;
};

struct rw_request {
    bool active;
    uint32_t first;
    uint32_t last;
    unsigned repeats_left;
    int64_t give_up_due;
    int64_t repeat_due;
};

struct rw_focus {
    bool own_shown;
    bool told_shown; /* what the last accepted FOCUS_STATE said */
    uint32_t frame;
    bool partner_shown;
};

enum rw_call_kind {
    RW_CALL_ADVANCE,
    RW_CALL_RECEIVE,
    RW_CALL_CHANNEL,
    RW_CALL_ACT,
    RW_CALL_RESET,
    RW_CALL_READY,
    RW_CALL_ENDED,
    RW_CALL_CATCH_UP,
    RW_CALL_FOCUS,
    RW_CALL_CONFIRM,
    RW_CALL_TICK,
    RW_CALL_ROLLBACK_BEGIN,
    RW_CALL_ROLLBACK_END
};

/* A stimulus with its arguments. */
struct rw_call {
    enum rw_call_kind kind;
    bool flag;             /* open, or shown */
    uint32_t frame;        /* or milliseconds */
    uint8_t hash[8];       /* or the characters of `ready`, or the action in the first byte */
    const uint8_t *bytes;  /* of a datagram */
    size_t length;
};

/* The calls that came from `send`, in their order, with copies of their datagrams. The room is
 * used again only when all of them are done: so a partner that answers each answer at once cannot
 * keep a stimulus going for ever. */
struct rw_put_off {
    struct rw_call calls[RW_PUT_OFF_CALLS];
    size_t count;
    uint8_t bytes[RW_PUT_OFF_BYTES];
    size_t used;
};

/* All members may be read at any time, and only the functions change them. */
struct rw_peer {
    struct rw_channel channel;
    struct rw_parameters parameters;
    uint8_t local; /* 0 or 1; the partner has the other index */
    uint32_t first_frame;
    bool open;
    int64_t clock;
    struct rw_exchange exchange;
    struct rw_inputs inputs;
    struct rw_live live;
    struct rw_valid valid;
    struct rw_episode episode;
    struct rw_request request;
    struct rw_focus focus;
    bool busy; /* a stimulus is being processed */
    struct rw_put_off put_off;
};

/* Makes a peer; its channel must be open. */
void rw_peer_init(struct rw_peer *peer, struct rw_channel channel,
                  const struct rw_parameters *parameters, uint8_t local, uint32_t first_frame);
void rw_peer_free(struct rw_peer *peer);

/* The stimuli. Those of the exchange are here as well, and may come at any time.
 *
 * If the `send` of the channel calls one of them, the call is put off until the stimulus that is
 * being processed is done; a `tick` from there does nothing. A peer can put off as many calls as
 * `struct rw_put_off` has room for.
 * They return false if this room or memory is used up. Then the call has changed nothing: a
 * datagram is like one that was lost, and anything else may be tried again later. */

/* Milliseconds have passed: PEER-1, PEER-2. */
bool rw_peer_advance(struct rw_peer *peer, uint32_t milliseconds);
/* A datagram has arrived: PEER-4, and the rules of its message. */
bool rw_peer_receive(struct rw_peer *peer, const uint8_t *bytes, size_t length);
/* The channel has opened or closed; its `is_open` must say the same: LIVE-3, VALID-8, FOCUS-3. */
bool rw_peer_channel(struct rw_peer *peer, bool open);
/* The local player's action has been taken: SYNC-1 to SYNC-5, EPISODE-12, CATCHUP-12. */
bool rw_peer_act(struct rw_peer *peer, uint32_t frame, uint8_t action);
/* The game begins again at its first frame: SYNC-13, EXCH-27, CATCHUP-6. */
bool rw_peer_reset(struct rw_peer *peer);
/* The game has reset itself for the next episode; eight characters: EPISODE-1, EPISODE-2. */
bool rw_peer_ready(struct rw_peer *peer, const char hash[8]);
/* The local game has ended before this frame: EPISODE-7. */
bool rw_peer_ended(struct rw_peer *peer, uint32_t frame);
/* The game wants to have its missing inputs: CATCHUP-1, CATCHUP-2. */
bool rw_peer_catch_up(struct rw_peer *peer);
/* The own page is shown or hidden: FOCUS-1, FOCUS-2. */
bool rw_peer_focus(struct rw_peer *peer, bool shown, uint32_t frame);
/* A frame is confirmed, hashes are sent, a rollback begins or ends: EXCH, DETECT. */
bool rw_peer_confirm(struct rw_peer *peer, uint32_t frame, const uint8_t hash[8]);
bool rw_peer_tick(struct rw_peer *peer);
bool rw_peer_rollback_begin(struct rw_peer *peer, uint32_t target);
bool rw_peer_rollback_end(struct rw_peer *peer);

/* Whether there is a confirmed frame; it is then `inputs.base`. */
bool rw_peer_has_confirmed(const struct rw_peer *peer);
/* The partner's action of a frame: one that is held, or one of the newest confirmed ones. */
bool rw_peer_partner_action(const struct rw_peer *peer, uint32_t frame, uint8_t *action);

#endif
