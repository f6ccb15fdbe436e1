// What Swift's Glibc module leaves out: epoll, eventfd, accept4 and the packed `struct epoll_event`, as inline
// functions. Only ApusTransport's system call gate includes this.
#ifndef APUS_CLINUX_H
#define APUS_CLINUX_H

#include <stdint.h>
#include <linux/filter.h>
#include <sys/socket.h>
#include <sys/prctl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

// Declared by <sys/socket.h> only under _GNU_SOURCE, which an importing module cannot set.
extern int accept4(int fd, void *address, unsigned int *length, int flags);

// `struct epoll_event` is packed on x86-64, so Swift sees it as opaque memory of this size.
static inline int clinux_epoll_event_size(void) { return (int)sizeof(struct epoll_event); }

static inline int clinux_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

static inline int clinux_epoll_add(int epoll, int fd, uint32_t events, uint64_t token) {
    struct epoll_event event;
    event.events = events;
    event.data.u64 = token;
    return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

// What each request makes: without glibc's cancellation points around them, for no thread here is ever cancelled.
static inline long clinux_epoll_wait(int epoll, void *events, int capacity, int milliseconds) {
    return syscall(SYS_epoll_pwait, epoll, events, capacity, milliseconds, 0, 0);
}

static inline long clinux_receive(int fd, void *octets, unsigned long count) {
    return syscall(SYS_recvfrom, fd, octets, count, 0, 0, 0);
}

static inline long clinux_send(int fd, const void *octets, unsigned long count, int flags) {
    return syscall(SYS_sendto, fd, octets, count, flags, 0, 0);
}

static inline uint32_t clinux_epoll_event_flags(const void *events, int index) {
    return ((const struct epoll_event *)events)[index].events;
}

static inline uint64_t clinux_epoll_event_token(const void *events, int index) {
    return ((const struct epoll_event *)events)[index].data.u64;
}

static inline void clinux_epoll_event_set(void *events, int index, uint32_t flags, uint64_t token) {
    struct epoll_event *event = (struct epoll_event *)events + index;
    event->events = flags;
    event->data.u64 = token;
}

static inline int clinux_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

static inline int clinux_timerfd(void) { return timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC); }

static inline int clinux_timerfd_set(int fd, uint64_t nanoseconds) {
    struct itimerspec time = {{0, 0}, {(time_t)(nanoseconds / 1000000000u), (long)(nanoseconds % 1000000000u)}};
    return timerfd_settime(fd, TFD_TIMER_ABSTIME, &time, 0);
}

static inline int clinux_accept(int fd, void *address, unsigned int *length, int flags) {
    return accept4(fd, address, length, flags);
}

static inline int clinux_unacknowledged(int fd) {
    int count = 0;
    return ioctl(fd, TIOCOUTQ, &count) == 0 ? count : -1;
}

// Of the sockets that share a port the kernel then gives new connections to the second in the order of binding, or, while
// there is none, to those that there are.
static inline int clinux_prefer_second_listener(int fd) {
    struct sock_filter filter[] = {{BPF_RET | BPF_K, 0, 0, 1}};
    struct sock_fprog program = {1, filter};
    return setsockopt(fd, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, &program, sizeof(program));
}

// At most 15 octets are kept.
static inline void clinux_name_current_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

static const uint32_t clinux_EPOLLIN = EPOLLIN;
static const uint32_t clinux_EPOLLOUT = EPOLLOUT;
static const uint32_t clinux_EPOLLRDHUP = EPOLLRDHUP;
static const uint32_t clinux_EPOLLHUP = EPOLLHUP;
static const uint32_t clinux_EPOLLERR = EPOLLERR;
static const uint32_t clinux_EPOLLET = EPOLLET;

#endif
