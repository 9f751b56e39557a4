/* What the files of a peer need from each other. A game needs only peer.h. */
#ifndef RW_PEER_PARTS_H
#define RW_PEER_PARTS_H

#include "peer.h"

/* The stimuli themselves, each of which is processed completely before the next. */
void rw_do_advance(struct rw_peer *peer, uint32_t milliseconds);
bool rw_do_receive(struct rw_peer *peer, const uint8_t *bytes, size_t length);
void rw_do_channel(struct rw_peer *peer, bool open);
void rw_do_act(struct rw_peer *peer, uint32_t frame, uint8_t action);
void rw_do_reset(struct rw_peer *peer);
void rw_do_ready(struct rw_peer *peer, const char hash[8]);
void rw_do_ended(struct rw_peer *peer, uint32_t frame);
void rw_do_catch_up(struct rw_peer *peer);
void rw_do_focus(struct rw_peer *peer, bool shown, uint32_t frame);

/* What became of a datagram (PEER-3). */
enum rw_handed { RW_NOT_HANDED, RW_REFUSED, RW_ACCEPTED };

/* Encodes a message and hands it to the channel, if it is open. */
enum rw_handed rw_peer_hand(struct rw_peer *peer, const struct rw_message *message);
/* Hands a ping or a pong of any kind with these 64 bits. */
enum rw_handed rw_peer_hand_time(struct rw_peer *peer, enum rw_type type, uint64_t bits);

/* What follows from every change of the inputs or of the agreed end: frames are confirmed, the
 * episode is complete, the request is over. */
void rw_peer_settle(struct rw_peer *peer);

/* The bits of a clock time as a double (LIVE-2, VALID-1). */
uint64_t rw_time_bits(int64_t time);

/* SYNC */
void rw_inputs_reset(struct rw_peer *peer);
void rw_inputs_receive(struct rw_peer *peer, uint16_t player, struct rw_entries entries,
                       bool response);
void rw_inputs_confirm(struct rw_peer *peer);
bool rw_inputs_known(const struct rw_peer *peer, int64_t frame);
/* The partner's entries at or beyond an agreed end leave (EPISODE-9). */
void rw_inputs_drop_from(struct rw_peer *peer, uint32_t end);

/* LIVE and VALID */
void rw_live_start(struct rw_peer *peer);
void rw_live_close(struct rw_peer *peer);
void rw_live_ping(struct rw_peer *peer);
void rw_live_pong(struct rw_peer *peer, uint64_t bits);
void rw_valid_open(struct rw_peer *peer);
void rw_valid_close(struct rw_peer *peer);
void rw_valid_fail(struct rw_peer *peer);
void rw_valid_ping(struct rw_peer *peer);
void rw_valid_receive_ping(struct rw_peer *peer, uint64_t bits);
void rw_valid_receive_pong(struct rw_peer *peer, uint64_t bits);

/* EPISODE */
void rw_episode_init(struct rw_peer *peer);
void rw_episode_receive_ready(struct rw_peer *peer, uint32_t number, const char hash[8]);
void rw_episode_receive_end(struct rw_peer *peer, uint32_t frame, uint32_t number);
void rw_episode_start_alone(struct rw_peer *peer);
void rw_episode_repeat_ready(struct rw_peer *peer);
void rw_episode_time_is_over(struct rw_peer *peer);
void rw_episode_repeat_end(struct rw_peer *peer);
void rw_episode_check_complete(struct rw_peer *peer);
/* Whether own actions and requests count (EPISODE-12, CATCHUP-2). */
bool rw_episode_runs(const struct rw_peer *peer);
/* Whether a hash of this frame is taken, or an entry of it (EPISODE-9, EPISODE-13). */
bool rw_episode_takes_hash(const struct rw_peer *peer, uint32_t frame);
bool rw_episode_takes_entry(const struct rw_peer *peer, uint32_t frame, bool response);

/* CATCHUP */
void rw_request_end(struct rw_peer *peer);
void rw_request_check(struct rw_peer *peer);
void rw_request_repeat(struct rw_peer *peer);
void rw_request_answer(struct rw_peer *peer, uint32_t start, uint32_t end);

/* FOCUS */
void rw_focus_init(struct rw_peer *peer);
void rw_focus_open(struct rw_peer *peer);

#endif
