// A disk that fails at a chosen moment. Preloaded into the program (LD_PRELOAD), it counts the
// operations that change files below the folder FAULT_ROOT: open for writing, write, fsync, rename,
// mkdir and unlink. From the environment:
//
//   FAULT_AT    number of the operation that fails, counted from 1; 0 for none
//   FAULT_MODE  full: it and all later ones that need room fail with ENOSPC
//               error: it alone fails with EIO
//               power: the process is killed in its place, and every file that was written and not
//                      brought to the disk loses its second half
//   FAULT_READ  every read of a file below FAULT_ROOT whose path holds this text fails with EIO
//   FAULT_LOG   a file outside FAULT_ROOT that gets the number of operations at the end

#ifdef __linux__
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { unsyncedLimit = 256 };

static atomic_int operations;
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
// Files with bytes that no fsync has covered.
static char unsynced[unsyncedLimit][PATH_MAX];

#define REAL(result, name, ...) \
  static result (*real)(__VA_ARGS__); \
  if (!real) real = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static int isInside(const char *path) {
  const char *root = getenv("FAULT_ROOT");
  return root && path && strncmp(path, root, strlen(root)) == 0;
}

static int pathOf(int descriptor, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return isInside(path);
}

static void note(const char *path, int isDirty) {
  pthread_mutex_lock(&guard);
  int place = -1;
  for (int i = 0; i < unsyncedLimit; i++) {
    if (strcmp(unsynced[i], path) == 0) place = i;
  }
  for (int i = 0; place < 0 && isDirty && i < unsyncedLimit; i++) {
    if (!unsynced[i][0]) place = i;
  }
  if (place >= 0) snprintf(unsynced[place], PATH_MAX, "%s", isDirty ? path : "");
  pthread_mutex_unlock(&guard);
}

static void moved(const char *from, const char *to) {
  pthread_mutex_lock(&guard);
  for (int i = 0; i < unsyncedLimit; i++) {
    if (strcmp(unsynced[i], from) == 0) snprintf(unsynced[i], PATH_MAX, "%s", to);
  }
  pthread_mutex_unlock(&guard);
}

static void losePower(void) {
  pthread_mutex_lock(&guard);
  for (int i = 0; i < unsyncedLimit; i++) {
    struct stat status;
    if (!unsynced[i][0] || stat(unsynced[i], &status) != 0) continue;
    if (truncate(unsynced[i], status.st_size / 2) != 0) continue;
  }
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

/// Counts an operation; 0 or the error that it fails with.
static int fault(int needsRoom) {
  const char *at = getenv("FAULT_AT"), *mode = getenv("FAULT_MODE");
  int chosen = at ? atoi(at) : 0;
  int number = atomic_fetch_add(&operations, 1) + 1;
  if (chosen == 0 || !mode || number < chosen) return 0;
  if (strcmp(mode, "full") == 0) return needsRoom ? ENOSPC : 0;
  if (number > chosen) return 0;
  if (strcmp(mode, "power") == 0) losePower();
  return EIO;
}

#define FAIL(needsRoom) \
  do { \
    int problem = fault(needsRoom); \
    if (problem) { \
      errno = problem; \
      return -1; \
    } \
  } while (0)

int open(const char *path, int flags, ...) {
  REAL(int, "open", const char *, int, mode_t);
  va_list list;
  va_start(list, flags);
  mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;
  va_end(list);
  if ((flags & (O_WRONLY | O_RDWR | O_CREAT)) && isInside(path)) FAIL(1);
  return real(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;
  va_end(list);
  return open(path, flags, mode);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
  REAL(ssize_t, "write", int, const void *, size_t);
  char path[PATH_MAX];
  if (pathOf(descriptor, path)) {
    FAIL(1);
    note(path, 1);
  }
  return real(descriptor, bytes, count);
}

ssize_t read(int descriptor, void *bytes, size_t count) {
  REAL(ssize_t, "read", int, void *, size_t);
  const char *name = getenv("FAULT_READ");
  char path[PATH_MAX];
  if (name && pathOf(descriptor, path) && strstr(path, name)) {
    errno = EIO;
    return -1;
  }
  return real(descriptor, bytes, count);
}

int fsync(int descriptor) {
  REAL(int, "fsync", int);
  char path[PATH_MAX];
  int inside = pathOf(descriptor, path);
  if (inside) FAIL(0);
  int result = real(descriptor);
  if (inside && result == 0) note(path, 0);
  return result;
}

int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  int inside = isInside(to);
  if (inside) FAIL(1);
  int result = real(from, to);
  if (inside && result == 0) moved(from, to);
  return result;
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, "mkdir", const char *, mode_t);
  if (isInside(path)) FAIL(1);
  return real(path, mode);
}

int unlink(const char *path) {
  REAL(int, "unlink", const char *);
  if (isInside(path)) FAIL(0);
  return real(path);
}

__attribute__((destructor)) static void report(void) {
  const char *log = getenv("FAULT_LOG");
  FILE *file = log ? fopen(log, "w") : NULL;
  if (!file) return;
  fprintf(file, "%d\n", atomic_load(&operations));
  fclose(file);
}
#else
// Elsewhere nothing is replaced, and the tests that need it are left out.
int faultyWritesUnavailable;
#endif
