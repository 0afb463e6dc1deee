/* The CNI plugin oci-vcn: hands one execution to the daemon and prints its answer. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#include "relay.h"

extern char **environ;

/* The frame is built in place: variables at FIRST_LINE_LIMIT, standard input behind them, and the
 * first line, whose length is known last, up against them. */
static char buffer[FIRST_LINE_LIMIT + ENVIRONMENT_LIMIT + 1 + STDIN_LIMIT + 1];

struct request {
  const char *command;
  char version[MEMBER_MAX + 1];
  struct bytes frame, input;
};

static int print(int exit_code, const char *text, size_t length) {
  while (length) {
    ssize_t n = write(STDOUT_FILENO, text, length);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return 1;
    text += n;
    length -= (size_t)n;
  }
  return exit_code;
}

__attribute__((format(printf, 3, 4))) static int fail(const struct request *request,
                                                      struct failure failure, const char *format,
                                                      ...) {
  char details[1024], document[4096] = "{\"cniVersion\":";
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(details, sizeof details, format, arguments);
  va_end(arguments);
  strncat(details, failure.remedy, sizeof details - strlen(details) - 1);
  json_append(document, sizeof document, request->version);
  size_t used = strlen(document);
  snprintf(document + used, sizeof document - used, ",\"code\":%d,\"msg\":", failure.code);
  json_append(document, sizeof document, failure.message);
  strncat(document, ",\"details\":", sizeof document - strlen(document) - 1);
  json_append(document, sizeof document - 2, details);
  strcat(document, "}\n");
  return print(1, document, strlen(document));
}

static int print_version(const struct request *request) {
  static const char *const versions[] = VCN_CNI_SUPPORTED_VERSIONS;
  char document[1024] = "{\"cniVersion\":";
  json_append(document, sizeof document, request->version);
  for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
    strcat(document, i ? "," : ",\"supportedVersions\":[");
    json_append(document, sizeof document - 3, versions[i]);
  }
  strcat(document, "]}\n");
  return print(0, document, strlen(document));
}

static bool forwarded(const char *variable) {
  return (!strncmp(variable, "CNI_", 4) && strchr(variable, '=')) || !strncmp(variable, "TRACEPARENT=", 12) ||
         !strncmp(variable, "TRACESTATE=", 11) || !strncmp(variable, "BAGGAGE=", 8);
}

/* Length of the variables with their boundary; 0 if they are too long. */
static size_t read_environment(char *at) {
  size_t used = 0;
  for (char **variable = environ; *variable; variable++) {
    if (!forwarded(*variable)) continue;
    size_t length = strlen(*variable) + 1;
    if (used + length > ENVIRONMENT_LIMIT) return 0;
    memcpy(at + used, *variable, length);
    used += length;
  }
  at[used] = 0;
  return used + 1;
}

/* Length of standard input, up to one byte more than allowed; -1 if it cannot be read. */
static ssize_t read_input(char *at) {
  size_t used = 0;
  while (used <= STDIN_LIMIT) {
    ssize_t n = read(STDIN_FILENO, at + used, STDIN_LIMIT + 1 - used);
    if (n == 0) break;
    if (n > 0) used += (size_t)n;
    else if (errno == EAGAIN) poll(&(struct pollfd){STDIN_FILENO, POLLIN, 0}, 1, -1);
    else if (errno != EINTR) return -1;
  }
  return (ssize_t)used;
}

static void seal(struct request *request, size_t length) {
  char line[FIRST_LINE_LIMIT];
  int size = snprintf(line, sizeof line, "VCN-CNI/1 %zu\n", length);
  char *start = buffer + FIRST_LINE_LIMIT - size;
  memcpy(start, line, (size_t)size);
  request->frame = (struct bytes){start, (size_t)size + length};
}

/* A setting in milliseconds; -1 if it is not a number of at most seven digits. */
static long milliseconds(const char *name, long otherwise) {
  const char *text = getenv(name);
  if (!text || !*text) return otherwise;
  size_t length = strspn(text, "0123456789");
  return length > 7 || text[length] ? -1 : strtol(text, NULL, 10);
}

static long connect_limit(const char *command) {
  if (!strcmp(command, "DEL")) return CONNECT_DEL_MS;
  return strcmp(command, "STATUS") ? CONNECT_MS : CONNECT_STATUS_MS;
}

/* DEL without a daemon: to the spool, then one more attempt, for the daemon may have drained the
 * folder just before the file came. The file stays until a whole answer says it is not needed. */
static int spool(const struct request *request, struct exchange *call) {
  char folder[sizeof((struct sockaddr_un *)0)->sun_path + 8], name[DIGEST_HEX + 1];
  char network[MEMBER_MAX + 1];
  const char *slash = strrchr(call->socket, '/');
  const char *container = getenv("CNI_CONTAINERID"), *ifname = getenv("CNI_IFNAME");
  snprintf(folder, sizeof folder, "%.*sspool", slash ? (int)(slash - call->socket + 1) : 0,
           call->socket);
  if (!container) container = "";
  if (!ifname) ifname = "";
  if (!json_member(request->input, "name", network)) network[0] = 0;
  sha256((struct bytes[]){{container, strlen(container) + 1},
                          {ifname, strlen(ifname) + 1},
                          {network, strlen(network)}},
         3, name);
  const char *problem = spool_write(folder, name, request->frame);
  if (problem)
    return fail(request, FAILURE_NOT_SPOOLED, "%s: %s, and %s: %s; ", call->socket, call->reason,
                folder, problem);
  call->connect_until = 0;
  if (exchange(call) != ANSWERED) return 0;
  spool_remove(folder, name);
  return print(call->exit_code, call->text.data, call->text.length);
}

static int deliver(const struct request *request) {
  const char *socket = getenv("VCN_CNI_SOCKET");
  if (!socket || !*socket) socket = DEFAULT_SOCKET;
  if (strlen(socket) >= sizeof((struct sockaddr_un *)0)->sun_path)
    return fail(request, FAILURE_BAD_SOCKET, "VCN_CNI_SOCKET is %.200s; ", socket);
  long connecting = milliseconds("VCN_CNI_CONNECT_TIMEOUT_MS", connect_limit(request->command));
  long total = milliseconds("VCN_CNI_TIMEOUT_MS", TOTAL_MS);
  if (connecting < 0 || total < 0) {
    const char *name = total < 0 ? "VCN_CNI_TIMEOUT_MS" : "VCN_CNI_CONNECT_TIMEOUT_MS";
    return fail(request, FAILURE_BAD_TIMEOUT, "%s is %.200s; ", name, getenv(name));
  }
  long long now = monotonic_ms();
  struct exchange call = {.socket = socket,
                          .frame = request->frame,
                          .connect_until = now + (connecting < total ? connecting : total),
                          .until = now + total};
  switch (exchange(&call)) {
    case ANSWERED: return print(call.exit_code, call.text.data, call.text.length);
    case DENIED: return fail(request, FAILURE_DENIED, "%s: %s; ", socket, call.reason);
    case LOST: return fail(request, FAILURE_LOST, "%s: %s; ", socket, call.reason);
    case LATE: return fail(request, FAILURE_LATE, "%s: no answer within %ld ms; ", socket, total);
    case ABSENT: break;
  }
  if (!strcmp(request->command, "DEL")) return spool(request, &call);
  bool status = !strcmp(request->command, "STATUS");
  return fail(request, status ? FAILURE_NOT_READY : FAILURE_NO_DAEMON, "%s: %s; ", socket,
              call.reason);
}

int main(void) {
  struct request request = {.command = getenv("CNI_COMMAND"), .version = VCN_CNI_LATEST_VERSION};
  char *variables = buffer + FIRST_LINE_LIMIT;
  int fd;
  /* A descriptor opened later must not take the place of a standard one that was closed. */
  while ((fd = open("/dev/null", O_RDWR)) >= 0 && fd <= STDERR_FILENO) continue;
  close(fd);
  if (!request.command || !*request.command) {
    size_t index = 0;
    while (environ[index] && strncmp(environ[index], "CNI_", 4)) index++;
    return fail(&request, environ[index] ? FAILURE_NO_COMMAND : FAILURE_NO_ENVIRONMENT, "%s", "");
  }
  size_t length = read_environment(variables);
  if (length == 0) return fail(&request, FAILURE_ENVIRONMENT_TOO_LONG, "%s", "");
  ssize_t read = read_input(variables + length);
  if (read < 0) return fail(&request, FAILURE_INPUT_UNREADABLE, "%s; ", strerror(errno));
  if (read > STDIN_LIMIT) return fail(&request, FAILURE_INPUT_TOO_LONG, "%s", "");
  request.input = (struct bytes){variables + length, (size_t)read};
  if (!json_member(request.input, "cniVersion", request.version))
    strcpy(request.version, VCN_CNI_LATEST_VERSION);
  if (!strcmp(request.command, "VERSION")) return print_version(&request);
  seal(&request, length + (size_t)read);
  return deliver(&request);
}
