/* The folder in which a DEL waits for the daemon. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "relay.h"

static bool write_all(int fd, const char *data, size_t length) {
  while (length) {
    ssize_t n = write(fd, data, length);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    data += n;
    length -= (size_t)n;
  }
  return true;
}

/* Whether length more bytes under this name keep the folder within its limits. */
static const char *room(int folder, const char *name, size_t length) {
  size_t files = 1, total = length;
  int copy = dup(folder);
  DIR *entries = copy < 0 ? NULL : fdopendir(copy);
  if (!entries) return strerror(errno);
  for (struct dirent *entry; (entry = readdir(entries));) {
    struct stat status;
    if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
    if (!strcmp(entry->d_name, name)) continue;
    if (fstatat(folder, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) < 0) continue;
    files++;
    total += (size_t)status.st_size;
  }
  closedir(entries);
  if (length > SPOOL_FILE_LIMIT) return "the request is too long for it";
  return files > SPOOL_FILES_LIMIT || total > SPOOL_TOTAL_LIMIT ? "it is full" : NULL;
}

static const char *place(int folder, const char *name, struct bytes frame) {
  char head[64], temporary[DIGEST_HEX + 32];
  struct timespec now;
  clock_gettime(CLOCK_BOOTTIME, &now);
  int length = snprintf(head, sizeof head, "VCN-CNI-DEL/1 %lld\n",
                        now.tv_sec * 1000000000LL + now.tv_nsec);
  const char *problem = room(folder, name, (size_t)length + frame.length);
  if (problem) return problem;
  snprintf(temporary, sizeof temporary, ".%s.%d", name, (int)getpid());
  int fd = openat(folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0) return strerror(errno);
  if (!write_all(fd, head, (size_t)length) || !write_all(fd, frame.data, frame.length) ||
      renameat(folder, temporary, folder, name) < 0) {
    problem = strerror(errno);
    unlinkat(folder, temporary, 0);
  }
  close(fd);
  return problem;
}

const char *spool_write(const char *path, const char *name, struct bytes frame) {
  int folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder < 0) return strerror(errno);
  const char *problem = place(folder, name, frame);
  close(folder);
  return problem;
}

void spool_remove(const char *path, const char *name) {
  char file[256];
  snprintf(file, sizeof file, "%s/%s", path, name);
  unlink(file);
}
