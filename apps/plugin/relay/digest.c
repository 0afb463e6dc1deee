/* SHA-256 (FIPS 180-4), for the names of spool files. */
#include <stdint.h>
#include <string.h>

#include "relay.h"

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

struct state {
  uint32_t hash[8];
  unsigned char block[64];
  uint64_t length;
};

static uint32_t turn(uint32_t word, int bits) { return word >> bits | word << (32 - bits); }

static void mix(struct state *state) {
  uint32_t w[64], h[8];
  for (int i = 0; i < 16; i++) {
    const unsigned char *at = state->block + 4 * i;
    w[i] = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
  }
  for (int i = 16; i < 64; i++) {
    uint32_t s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >> 3;
    uint32_t s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >> 10;
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  memcpy(h, state->hash, sizeof h);
  for (int i = 0; i < 64; i++) {
    uint32_t s1 = turn(h[4], 6) ^ turn(h[4], 11) ^ turn(h[4], 25);
    uint32_t t1 = h[7] + s1 + ((h[4] & h[5]) ^ (~h[4] & h[6])) + constants[i] + w[i];
    uint32_t s0 = turn(h[0], 2) ^ turn(h[0], 13) ^ turn(h[0], 22);
    uint32_t t2 = s0 + ((h[0] & h[1]) ^ (h[0] & h[2]) ^ (h[1] & h[2]));
    memmove(h + 1, h, 7 * sizeof *h);
    h[4] += t1;
    h[0] = t1 + t2;
  }
  for (int i = 0; i < 8; i++) state->hash[i] += h[i];
}

static void add(struct state *state, unsigned char byte) {
  state->block[state->length++ % 64] = byte;
  if (state->length % 64 == 0) mix(state);
}

void sha256(const struct bytes *parts, size_t count, char hex[DIGEST_HEX + 1]) {
  struct state state = {{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c,
                         0x1f83d9ab, 0x5be0cd19},
                        {0},
                        0};
  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < parts[i].length; j++) add(&state, (unsigned char)parts[i].data[j]);
  uint64_t bits = state.length * 8;
  add(&state, 0x80);
  while (state.length % 64 != 56) add(&state, 0);
  for (int shift = 56; shift >= 0; shift -= 8) add(&state, (unsigned char)(bits >> shift));
  for (int i = 0; i < DIGEST_HEX; i++)
    hex[i] = "0123456789abcdef"[state.hash[i / 8] >> (28 - i % 8 * 4) & 15];
  hex[DIGEST_HEX] = 0;
}
