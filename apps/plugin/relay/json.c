/* A scanner for one member of a JSON text, and JSON strings for errors. */
#include <string.h>

#include "relay.h"

struct scanner {
  const unsigned char *at, *end;
};

/* One bracket for each open object or array; untouched pages of it cost nothing. */
static char open_brackets[STDIN_LIMIT];

static int next(struct scanner *scan) { return scan->at < scan->end ? *scan->at++ : -1; }

static int peek(struct scanner *scan) {
  while (scan->at < scan->end && memchr(" \t\n\r", *scan->at, 4)) scan->at++;
  return scan->at < scan->end ? *scan->at : -1;
}

static int digits(struct scanner *scan) {
  const unsigned char *start = scan->at;
  while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9') scan->at++;
  return (int)(scan->at - start);
}

static bool number(struct scanner *scan) {
  if (*scan->at == '-') scan->at++;
  const unsigned char *start = scan->at;
  int whole = digits(scan);
  if (whole == 0 || (whole > 1 && *start == '0')) return false;
  if (scan->at < scan->end && *scan->at == '.') {
    scan->at++;
    if (digits(scan) == 0) return false;
  }
  if (scan->at < scan->end && (*scan->at == 'e' || *scan->at == 'E')) {
    scan->at++;
    if (scan->at < scan->end && (*scan->at == '+' || *scan->at == '-')) scan->at++;
    if (digits(scan) == 0) return false;
  }
  return true;
}

static bool word(struct scanner *scan, const char *text) {
  size_t length = strlen(text);
  if ((size_t)(scan->end - scan->at) < length || memcmp(scan->at, text, length)) return false;
  scan->at += length;
  return true;
}

static int hex4(struct scanner *scan) {
  int unit = 0;
  for (int i = 0; i < 4; i++) {
    int c = next(scan);
    if (c >= '0' && c <= '9') unit = unit * 16 + c - '0';
    else if ((c | 32) >= 'a' && (c | 32) <= 'f' && c < 128) unit = unit * 16 + (c | 32) - 'a' + 10;
    else return -1;
  }
  return unit;
}

/* Reads a string. `plain` tells whether text holds all of it, as printable ASCII. */
static bool string(struct scanner *scan, char text[MEMBER_MAX + 1], bool *plain) {
  size_t length = 0;
  *plain = true;
  if (next(scan) != '"') return false;
  for (;;) {
    int c = next(scan);
    if (c == '"') break;
    if (c < 0x20) return false;
    if (c == '\\') {
      static const char escapes[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
      c = next(scan);
      const char *found = c > 0 ? strchr(escapes, c) : NULL;
      if (c == 'u') c = hex4(scan);
      else c = found ? values[found - escapes] : -1;
      if (c < 0) return false;
    }
    if (c < 0x20 || c > 0x7e || length == MEMBER_MAX) *plain = false;
    else text[length++] = (char)c;
  }
  text[length] = 0;
  return true;
}

static bool scalar(struct scanner *scan, int first) {
  switch (first) {
    case 't': return word(scan, "true");
    case 'f': return word(scan, "false");
    case 'n': return word(scan, "null");
    default: return (first == '-' || (first >= '0' && first <= '9')) && number(scan);
  }
}

bool json_member(struct bytes json, const char *key, char value[MEMBER_MAX + 1]) {
  struct scanner scan = {(const unsigned char *)json.data,
                         (const unsigned char *)json.data + json.length};
  char text[MEMBER_MAX + 1];
  size_t depth = 0;
  bool found = false, plain;
  if (json.length > sizeof open_brackets) return false;
  for (;;) {
    /* A value starts here, or the name of a member before it. */
    bool wanted = false;
    int c = peek(&scan);
    if (depth && open_brackets[depth - 1] == '{') {
      if (!string(&scan, text, &plain) || peek(&scan) != ':') return false;
      scan.at++;
      wanted = depth == 1 && plain && strcmp(text, key) == 0;
      if (wanted) found = false;
      c = peek(&scan);
    }
    if (c == '{' || c == '[') {
      open_brackets[depth++] = (char)c;
      scan.at++;
      if (peek(&scan) != (c == '{' ? '}' : ']')) continue;
    } else if (c == '"') {
      if (!string(&scan, text, &plain)) return false;
      if (wanted && plain) {
        strcpy(value, text);
        found = true;
      }
    } else if (!scalar(&scan, c)) {
      return false;
    }
    /* A value ended here, or an empty bracket waits to be closed. */
    while (depth && peek(&scan) == (open_brackets[depth - 1] == '{' ? '}' : ']')) {
      scan.at++;
      depth--;
    }
    if (depth == 0) return peek(&scan) == -1 && found;
    if (peek(&scan) != ',') return false;
    scan.at++;
  }
}

/* Bytes of the UTF-8 character at text, 0 if there is none. */
static size_t utf8(const unsigned char *text) {
  unsigned char first = text[0], low = 0x80, high = 0xbf;
  size_t length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (first > 0xf4) return 0;
  if (first == 0xe0) low = 0xa0;
  if (first == 0xed) high = 0x9f;
  if (first == 0xf0) low = 0x90;
  if (first == 0xf4) high = 0x8f;
  for (size_t i = 1; i < length; i++) {
    if (text[i] < low || text[i] > high) return 0;
    low = 0x80;
    high = 0xbf;
  }
  return length;
}

void json_append(char *buffer, size_t size, const char *text) {
  static const char hex[] = "0123456789abcdef";
  const unsigned char *at = (const unsigned char *)text;
  size_t used = strlen(buffer);
  if (used + 3 > size) return;
  buffer[used++] = '"';
  while (*at && used + 8 < size) {
    size_t length = utf8(at);
    if (length == 0) {
      memcpy(buffer + used, "\\ufffd", 6);
      used += 6;
    } else if (*at < 0x20) {
      memcpy(buffer + used, "\\u00", 4);
      buffer[used + 4] = hex[*at >> 4];
      buffer[used + 5] = hex[*at & 15];
      used += 6;
    } else {
      if (*at == '"' || *at == '\\') buffer[used++] = '\\';
      memcpy(buffer + used, at, length);
      used += length;
    }
    at += length ? length : 1;
  }
  buffer[used++] = '"';
  buffer[used] = 0;
}
