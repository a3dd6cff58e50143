// A disk that fails at a chosen moment. Preloaded into the program (LD_PRELOAD), it counts the
// operations that change files below the folder FAULT_ROOT: open for writing, write, fsync, rename,
// mkdir and unlink. From the environment:
//
//   FAULT_AT    number of the operation that fails, counted from 1; 0 for none
//   FAULT_MODE  full: it and all later ones that need room fail with ENOSPC
//               error: it alone fails with EIO
//               kill: the process is killed in its place
//               power: likewise, and every file that was written and not brought to the disk loses its
//                      second half; renames that no fsync of the folder followed are undone
//   FAULT_DENY  every operation that makes or renames a file below FAULT_ROOT whose path holds this
//               text fails with EACCES; folders whose path does, with a slash at its end, say that
//               they cannot be written
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

enum { unsyncedLimit = 256, renameLimit = 256 };

static atomic_int operations;
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
// Files with bytes that no fsync has covered.
static char unsynced[unsyncedLimit][PATH_MAX];
// Renames that no fsync of the folder has covered, the oldest first, with the place beside FAULT_ROOT
// where a file lies that stood under the new name before.
static struct {
  char from[PATH_MAX], to[PATH_MAX], old[PATH_MAX];
} renames[renameLimit];
static int renameCount;
static int keptCount;

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

static int losesPower(void) {
  const char *mode = getenv("FAULT_MODE");
  return mode && strcmp(mode, "power") == 0;
}

/// Keeps the file that a rename is about to replace; an empty place where there is none.
static void keepOld(const char *to, char *old) {
  old[0] = 0;
  if (!losesPower()) return;
  pthread_mutex_lock(&guard);
  snprintf(old, PATH_MAX, "%s.old.%d.%d", getenv("FAULT_ROOT"), getpid(), keptCount++);
  pthread_mutex_unlock(&guard);
  if (link(to, old) != 0) old[0] = 0;
}

static void moved(const char *from, const char *to, const char *old) {
  pthread_mutex_lock(&guard);
  for (int i = 0; i < unsyncedLimit; i++) {
    if (strcmp(unsynced[i], from) == 0) snprintf(unsynced[i], PATH_MAX, "%s", to);
  }
  if (losesPower() && renameCount < renameLimit) {
    snprintf(renames[renameCount].from, PATH_MAX, "%s", from);
    snprintf(renames[renameCount].to, PATH_MAX, "%s", to);
    snprintf(renames[renameCount++].old, PATH_MAX, "%s", old);
  }
  pthread_mutex_unlock(&guard);
}

static int isIn(const char *folder, const char *path) {
  size_t length = strlen(folder);
  return strncmp(path, folder, length) == 0 && path[length] == '/'
    && !strchr(path + length + 1, '/');
}

/// Forgets the renames into a folder that was brought to the disk.
static void settle(const char *folder) {
  pthread_mutex_lock(&guard);
  int kept = 0;
  for (int i = 0; i < renameCount; i++) {
    if (!isIn(folder, renames[i].to)) {
      renames[kept++] = renames[i];
    } else if (renames[i].old[0]) {
      remove(renames[i].old);
    }
  }
  renameCount = kept;
  pthread_mutex_unlock(&guard);
}

static void losePower(void) {
  REAL(int, "rename", const char *, const char *);
  pthread_mutex_lock(&guard);
  for (int i = 0; i < unsyncedLimit; i++) {
    struct stat status;
    if (!unsynced[i][0] || stat(unsynced[i], &status) != 0) continue;
    if (truncate(unsynced[i], status.st_size / 2) != 0) continue;
  }
  for (int i = renameCount - 1; i >= 0; i--) {
    if (real(renames[i].to, renames[i].from) != 0) continue;
    if (renames[i].old[0]) real(renames[i].old, renames[i].to);
  }
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

/// Counts an operation; 0 or the error that it fails with.
static int fault(const char *path, int needsRoom) {
  const char *denied = getenv("FAULT_DENY");
  if (denied && needsRoom && strstr(path, denied)) return EACCES;
  const char *at = getenv("FAULT_AT"), *mode = getenv("FAULT_MODE");
  int chosen = at ? atoi(at) : 0;
  int number = atomic_fetch_add(&operations, 1) + 1;
  if (chosen == 0 || !mode || number < chosen) return 0;
  if (strcmp(mode, "full") == 0) return needsRoom ? ENOSPC : 0;
  if (number > chosen) return 0;
  if (strcmp(mode, "power") == 0) losePower();
  if (strcmp(mode, "kill") == 0) kill(getpid(), SIGKILL);
  return EIO;
}

#define FAIL(path, needsRoom) \
  do { \
    int problem = fault(path, needsRoom); \
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
  if ((flags & (O_WRONLY | O_RDWR | O_CREAT)) && isInside(path)) FAIL(path, 1);
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
    FAIL(path, 1);
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
  if (inside) FAIL(path, 0);
  int result = real(descriptor);
  if (inside && result == 0) {
    note(path, 0);
    settle(path);
  }
  return result;
}

int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  int inside = isInside(to);
  char old[PATH_MAX] = "";
  if (inside) {
    FAIL(to, 1);
    keepOld(to, old);
  }
  int result = real(from, to);
  if (inside && result == 0) moved(from, to, old);
  return result;
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, "mkdir", const char *, mode_t);
  if (isInside(path)) FAIL(path, 1);
  return real(path, mode);
}

int unlink(const char *path) {
  REAL(int, "unlink", const char *);
  if (isInside(path)) FAIL(path, 0);
  return real(path);
}

int access(const char *path, int mode) {
  REAL(int, "access", const char *, int);
  const char *denied = getenv("FAULT_DENY");
  char folder[PATH_MAX];
  snprintf(folder, sizeof folder, "%s/", path);
  if (denied && (mode & W_OK) && isInside(path) && strstr(folder, denied)) {
    errno = EACCES;
    return -1;
  }
  return real(path, mode);
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
