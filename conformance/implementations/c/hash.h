/* The two hash functions of a digest, from RFC 1321 and FIPS 180-4. */
#ifndef RW_HASH_H
#define RW_HASH_H

#include <stddef.h>
#include <stdint.h>

void rw_md5(const void *bytes, size_t length, uint8_t out[16]);
void rw_sha256(const void *bytes, size_t length, uint8_t out[32]);

#endif
