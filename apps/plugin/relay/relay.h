/* What the files of the relay share. It knows no more of CNI than the generated contract.h. */
#ifndef RELAY_H
#define RELAY_H

#include <stdbool.h>
#include <stddef.h>

/* What goes wrong before the daemon can speak for itself. */
struct failure {
  int code;
  const char *message;
  const char *remedy;
};

#include "contract.h"

struct bytes {
  const char *data;
  size_t length;
};

/* json.c */
/* Value of a string at the top level of an object, as JSON.parse would give it. False: no such key,
 * not a string, other than printable ASCII, longer than MEMBER_MAX, or no valid JSON. */
#define MEMBER_MAX 255
bool json_member(struct bytes text, const char *key, char value[MEMBER_MAX + 1]);
/* Appends text as a JSON string with its quotes, cut short where it does not fit. */
void json_append(char *buffer, size_t size, const char *text);

/* digest.c */
#define DIGEST_HEX 64
void sha256(const struct bytes *parts, size_t count, char hex[DIGEST_HEX + 1]);

/* exchange.c */
enum outcome {
  ANSWERED,
  ABSENT, /* nobody took the frame */
  DENIED, /* the socket may not be opened */
  LOST,   /* the frame was taken and no whole answer came */
  LATE    /* the frame was taken and the deadline passed */
};
struct exchange {
  const char *socket;
  struct bytes frame;
  long long connect_until; /* monotonic, ms */
  long long until;
  int exit_code; /* when ANSWERED */
  struct bytes text;
  const char *reason; /* otherwise */
};
enum outcome exchange(struct exchange *call);
long long monotonic_ms(void);

/* spool.c */
/* NULL, or why the frame could not be written to folder/name. */
const char *spool_write(const char *folder, const char *name, struct bytes frame);
void spool_remove(const char *folder, const char *name);

#endif
