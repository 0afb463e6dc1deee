/* A CNI plugin in name only: hands its execution to the server behind the symbolic link `socket`
 * beside it, runs the commands that the server asks for, and ends as it is told.
 *
 * Each message is a byte for its kind, a length of four bytes (of this machine), and so many bytes:
 *   from here: 'R' path\0 variable\0... \0 stdin, the request
 *              'D' wait status (4) length of stdout (4) stdout stderr, a command is done
 *   to here:   'X' variable\0... \0 argument\0... \0 stdin, run a command (found by execvp)
 *              'O' and 'E' for standard output and error
 *              'Q' code (4): exit with it; above 255: die by signal code - 256 */
#define _GNU_SOURCE
#include <err.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;
static FILE *to_server, *from_server;

static void put(const void *data, size_t length) { fwrite(data, 1, length, to_server); }
static void put_string(const char *text) { put(text, strlen(text) + 1); }

static void take(void *data, size_t length) {
  if (fread(data, 1, length, from_server) != length) errx(125, "forwarder: the server is gone");
}

static void head(char kind, size_t length) {
  uint32_t size = (uint32_t)length;
  put(&kind, 1);
  put(&size, 4);
}

static void *room(void *old, size_t size) {
  void *memory = realloc(old, size);
  if (!memory) err(125, "forwarder: realloc");
  return memory;
}

static char *whole(int fd, size_t *length) {
  size_t size = 65536;
  char *text = room(NULL, size);
  *length = 0;
  for (ssize_t n; (n = read(fd, text + *length, size - *length)) > 0;) {
    *length += (size_t)n;
    if (*length == size) text = room(text, size *= 2);
  }
  return text;
}

static void request(const char *self) {
  size_t input, total = strlen(self) + 1;
  char *text = whole(STDIN_FILENO, &input);
  for (char **each = environ; *each; each++) total += strlen(*each) + 1;
  head('R', total + 1 + input);
  put_string(self);
  for (char **each = environ; *each; each++) put_string(*each);
  put_string("");
  put(text, input);
  fflush(to_server);
}

/* Strings up to an empty one, as execve takes them; `at` ends behind it. */
static char **strings(char **at) {
  size_t count = 0;
  char **list = room(NULL, sizeof *list);
  for (; **at; *at += strlen(*at) + 1) {
    list = room(list, (count + 2) * sizeof *list);
    list[count++] = *at;
  }
  *at += 1;
  list[count] = NULL;
  return list;
}

static void run(char *message, size_t length) {
  char *at = message;
  char **variables = strings(&at), **arguments = strings(&at);
  int fds[3], status;
  for (int i = 0; i < 3; i++)
    if ((fds[i] = memfd_create("stream", MFD_CLOEXEC)) < 0) err(125, "forwarder: memfd_create");
  if (write(fds[0], at, length - (size_t)(at - message)) < 0) err(125, "forwarder: write");
  lseek(fds[0], 0, SEEK_SET);
  pid_t child = fork();
  if (child < 0) err(125, "forwarder: fork");
  if (child == 0) {
    for (int i = 0; i < 3; i++) dup2(fds[i], i);
    signal(SIGPIPE, SIG_DFL);
    environ = variables;
    execvp(arguments[0], arguments);
    warn("%s", arguments[0]);
    _exit(127);
  }
  waitpid(child, &status, 0);
  size_t sizes[2];
  char *texts[2];
  for (int i = 0; i < 2; i++) {
    lseek(fds[i + 1], 0, SEEK_SET);
    texts[i] = whole(fds[i + 1], &sizes[i]);
  }
  uint32_t numbers[2] = {(uint32_t)status, (uint32_t)sizes[0]};
  head('D', sizeof numbers + sizes[0] + sizes[1]);
  put(numbers, sizeof numbers);
  for (int i = 0; i < 2; i++) put(texts[i], sizes[i]);
  fflush(to_server);
  for (int i = 0; i < 3; i++) close(fds[i]);
}

static void end(uint32_t code) {
  fflush(NULL);
  if (code <= 255) exit((int)code);
  signal((int)code - 256, SIG_DFL);
  raise((int)code - 256);
}

int main(void) {
  char self[4096] = "", link[4200];
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (readlink("/proc/self/exe", self, sizeof self - 1) < 0) err(125, "forwarder: /proc/self/exe");
  snprintf(link, sizeof link, "%.*s/socket", (int)(strrchr(self, '/') - self), self);
  if (readlink(link, address.sun_path, sizeof address.sun_path - 1) < 0) err(125, "%s", link);
  int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect(server, (struct sockaddr *)&address, sizeof address) < 0)
    err(125, "forwarder: %s", address.sun_path);
  signal(SIGPIPE, SIG_IGN);
  to_server = fdopen(server, "w");
  from_server = fdopen(server, "r");
  request(self);
  for (;;) {
    char kind;
    uint32_t size, code;
    take(&kind, 1);
    take(&size, 4);
    char *message = room(NULL, size + 4);
    take(message, size);
    memcpy(&code, message, 4);
    if (kind == 'O') fwrite(message, 1, size, stdout);
    if (kind == 'E') fwrite(message, 1, size, stderr);
    if (kind == 'X') run(message, size);
    if (kind == 'Q') end(code);
    free(message);
  }
}
