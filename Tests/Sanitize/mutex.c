// Shows ThreadSanitizer the Mutex of Swift's standard library where threads have to wait for it.
//
// The quick ways to lock and unlock are a part of the code that is tested, atomic operations included. Where somebody waits, the kernel
// hands the lock on, and the calls for that are in Swift's library, which is not built for the sanitizer: what one thread did under the
// lock and what the next one does would seem to be concurrent. So these two stand before the library's functions, and are called like
// all methods in Swift, with self in a register of its own.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

// _MutexHandle._lockSlow(_: UInt32) and _MutexHandle._unlockSlow()
#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

#define SWIFT_METHOD __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *mutex

// Missing in the processes of the build system, which load this as well.
extern void __tsan_acquire(void *address) __attribute__((weak));
extern void __tsan_release(void *address) __attribute__((weak));

static SWIFT_METHOD void (*libraryLockSlow)(uint32_t thread, SELF);
static SWIFT_METHOD void (*libraryUnlockSlow)(SELF);

SWIFT_METHOD void lockSlow(uint32_t thread, SELF) __asm__(LOCK_SLOW);
SWIFT_METHOD void unlockSlow(SELF) __asm__(UNLOCK_SLOW);

__attribute__((constructor)) static void findLibrary(void) {
    libraryLockSlow = (SWIFT_METHOD void (*)(uint32_t, SELF))dlsym(RTLD_NEXT, LOCK_SLOW);
    libraryUnlockSlow = (SWIFT_METHOD void (*)(SELF))dlsym(RTLD_NEXT, UNLOCK_SLOW);
}

static void check(const void *function) {
    if (function) return;
    fputs("error: Tests/Sanitize/mutex.c does not fit this Swift: its library has other functions\n", stderr);
    abort();
}

SWIFT_METHOD void lockSlow(uint32_t thread, SELF) {
    check((const void *)libraryLockSlow);
    libraryLockSlow(thread, mutex);
    if (__tsan_acquire) __tsan_acquire(mutex);
}

SWIFT_METHOD void unlockSlow(SELF) {
    check((const void *)libraryUnlockSlow);
    if (__tsan_release) __tsan_release(mutex);
    libraryUnlockSlow(mutex);
}
