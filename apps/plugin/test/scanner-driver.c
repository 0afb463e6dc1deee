/* Runs the relay's scanner and digest over many texts: each is a length of four bytes, most
 * significant first, and the bytes. Prints one line for each: the two members as JSON or -, and the
 * digest of the text cut in two parts. */
#include <stdio.h>
#include <stdlib.h>

#include "relay.h"

static void print_member(struct bytes text, const char *key) {
  char value[MEMBER_MAX + 1], json[8 * MEMBER_MAX] = "";
  if (json_member(text, key, value)) json_append(json, sizeof json, value);
  printf("%s ", *json ? json : "-");
}

int main(void) {
  unsigned char head[4];
  while (fread(head, 1, 4, stdin) == 4) {
    size_t length = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
    /* Of exactly this size, so that a read beyond the text is found by the address sanitizer. */
    char *data = malloc(length ? length : 1), digest[DIGEST_HEX + 1];
    if (!data || fread(data, 1, length, stdin) != length) return 1;
    struct bytes text = {data, length}, start = {data, length / 2};
    print_member(text, "cniVersion");
    print_member(text, "name");
    sha256((struct bytes[]){start, {data + length / 2, length - length / 2}}, 2, digest);
    printf("%s\n", digest);
    free(data);
  }
  return 0;
}
