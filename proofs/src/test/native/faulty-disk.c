/*
 * A disk that fails: preloaded into a process, it lets the n-th write to files of one folder fail, by the kind that the
 * process itself sets in a shared page. Compiled by the test where there is a C compiler.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { KIND, LEFT, FAILED, WORDS };
enum { SOUND, FULL, BROKEN, CUT };

static volatile int64_t *control;
static const char *folder;

__attribute__((constructor)) static void begin(void) {
    const char *file = getenv("FAULTY_DISK_CONTROL");
    folder = getenv("FAULTY_DISK_FOLDER");
    int fd = file == NULL || folder == NULL ? -1 : open(file, O_RDWR);
    if (fd >= 0) {
        void *page = mmap(NULL, WORDS * sizeof(int64_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        control = page == MAP_FAILED ? NULL : page;
        close(fd);
    }
}

static int watched(int fd) {
    char link[64];
    char path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) {
        return 0;
    }
    path[length] = 0;
    return strncmp(path, folder, strlen(folder)) == 0;
}

/* What shall go wrong with this step, if anything. A full disk stays full; a broken one fails once. */
static int wrong(int fd, int writes) {
    if (control == NULL || control[KIND] == SOUND || (control[KIND] != BROKEN && !writes) || !watched(fd)) {
        return SOUND;
    }
    int64_t left = __sync_sub_and_fetch(&control[LEFT], 1);
    if (left > 0 || (left < 0 && control[KIND] == BROKEN)) {
        return SOUND;
    }
    __sync_add_and_fetch(&control[FAILED], 1);
    return left == 0 ? control[KIND] : FULL;
}

static ssize_t failed(int kind) {
    errno = kind == BROKEN ? EIO : ENOSPC;
    return -1;
}

#define WRITE(name, parameters, arguments, halved)                          \
    ssize_t name parameters {                                               \
        static ssize_t(*real) parameters;                                   \
        if (real == NULL) {                                                 \
            *(void **) (&real) = dlsym(RTLD_NEXT, #name);                   \
        }                                                                   \
        int kind = wrong(fd, 1);                                            \
        if (kind == CUT && size > 1) {                                      \
            return real halved;                                             \
        }                                                                   \
        return kind == SOUND ? real arguments : failed(kind);               \
    }

#define SYNC(name, parameters, arguments)                                   \
    int name parameters {                                                   \
        static int(*real) parameters;                                       \
        if (real == NULL) {                                                 \
            *(void **) (&real) = dlsym(RTLD_NEXT, #name);                   \
        }                                                                   \
        int kind = wrong(fd, 0);                                            \
        return kind == SOUND ? real arguments : (int) failed(kind);         \
    }

WRITE(write, (int fd, const void *bytes, size_t size), (fd, bytes, size), (fd, bytes, size / 2))
WRITE(pwrite, (int fd, const void *bytes, size_t size, off_t at), (fd, bytes, size, at), (fd, bytes, size / 2, at))
WRITE(pwrite64, (int fd, const void *bytes, size_t size, off64_t at), (fd, bytes, size, at), (fd, bytes, size / 2, at))
SYNC(fsync, (int fd), (fd))
SYNC(fdatasync, (int fd), (fd))
SYNC(ftruncate, (int fd, off_t size), (fd, size))
SYNC(ftruncate64, (int fd, off64_t size), (fd, size))
