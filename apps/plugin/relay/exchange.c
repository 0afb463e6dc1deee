/* One frame out, one frame back. */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "relay.h"

/* Between two attempts to connect. */
#define RETRY_MS 20

static char answer[FIRST_LINE_LIMIT + ANSWER_LIMIT];

long long monotonic_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* At most nine digits, ended by a byte; -1 if they are not that. */
static long number(const char **at, char end) {
  long value = 0;
  const char *start = *at;
  while (**at >= '0' && **at <= '9' && *at - start < 9) value = value * 10 + *(*at)++ - '0';
  return *at > start && *(*at)++ == end ? value : -1;
}

/* 1: the answer is whole; 0: more must come; -1: it is no answer. */
static int parse(struct exchange *call, size_t received) {
  static const char prefix[] = "VCN-CNI/1 ";
  size_t head = received < FIRST_LINE_LIMIT ? received : FIRST_LINE_LIMIT;
  if (!memchr(answer, '\n', head)) return head < FIRST_LINE_LIMIT ? 0 : -1;
  if (memcmp(answer, prefix, sizeof prefix - 1)) return -1;
  const char *at = answer + sizeof prefix - 1;
  long exit_code = number(&at, ' ');
  if (exit_code < 0 || exit_code > 255) return -1;
  long length = number(&at, '\n');
  if (length < 0 || length > ANSWER_LIMIT) return -1;
  if (received - (size_t)(at - answer) < (size_t)length) return 0;
  call->exit_code = (int)exit_code;
  call->text = (struct bytes){at, (size_t)length};
  return 1;
}

/* ABSENT means that the daemon cannot have read the whole frame, so it may be sent again: either not
 * all of it went out, or the kernel reports a reset, which a Unix socket does only when its other
 * end was closed, or never accepted, with bytes unread (unix_release_sock in net/unix/af_unix.c). */
static enum outcome converse(int fd, struct exchange *call) {
  size_t sent = 0, received = 0;
  bool sending = true;
  for (;;) {
    enum outcome unless_sent = sent == call->frame.length ? LOST : ABSENT;
    long long left = call->until - monotonic_ms();
    if (left <= 0) {
      call->reason = "it did not answer in time";
      return unless_sent == LOST ? LATE : ABSENT;
    }
    struct pollfd wait = {fd, (short)(sending ? POLLIN | POLLOUT : POLLIN), 0};
    if (poll(&wait, 1, (int)left) <= 0) continue;
    if (sending && wait.revents & (POLLOUT | POLLHUP | POLLERR)) {
      ssize_t n = send(fd, call->frame.data + sent, call->frame.length - sent, MSG_NOSIGNAL);
      if (n >= 0) sent += (size_t)n;
      else if (errno != EAGAIN && errno != EINTR) sending = false;
      if (sent == call->frame.length) sending = false;
    }
    if (!(wait.revents & (POLLIN | POLLHUP | POLLERR))) continue;
    ssize_t n = recv(fd, answer + received, sizeof answer - received, 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (n <= 0) {
      call->reason = received ? "its answer was cut short" : "it closed the connection";
      return n < 0 ? ABSENT : unless_sent;
    }
    received += (size_t)n;
    int parsed = parse(call, received);
    if (parsed > 0) return ANSWERED;
    if (parsed < 0) {
      call->reason = "its answer is malformed";
      return unless_sent;
    }
  }
}

enum outcome exchange(struct exchange *call) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strcpy(address.sun_path, call->socket);
  for (;;) {
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0) {
      enum outcome outcome = converse(fd, call);
      close(fd);
      if (outcome != ABSENT) return outcome;
    } else {
      int error = errno;
      call->reason = error == ENOENT         ? "there is no such socket"
                     : error == ECONNREFUSED ? "nobody listens on it"
                                             : strerror(error);
      if (fd >= 0) close(fd);
      if (error == EACCES || error == EPERM) return DENIED;
    }
    long long left = call->connect_until - monotonic_ms();
    if (left <= 0) return ABSENT;
    if (left > RETRY_MS) left = RETRY_MS;
    nanosleep(&(struct timespec){0, left * 1000000}, NULL);
  }
}
