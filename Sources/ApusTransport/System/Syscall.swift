import CLinux
import Glibc

/// The one gate through which every system call goes, so that EINTR is handled in one place.
///
/// Nothing above this file sees a C type, an `errno` or a pointer to the kernel's structures.
enum Syscall {
    /// Repeats `call` while a signal interrupts it.
    @inline(__always)
    private static func retrying<Result: SignedInteger>(_ call: () -> Result) -> (result: Result, code: Int32) {
        while true {
            let result = call()
            if result != -1 { return (result, 0) }
            let code = errno
            if code != EINTR { return (result, code) }
        }
    }

    @inline(__always)
    private static func checked(_ name: String, _ call: () -> Int32) throws(SystemError) -> Int32 {
        let (result, code) = retrying(call)
        if result == -1 { throw SystemError(name, code) }
        return result
    }

    // MARK: Octets

    /// Of a socket; what `read` can do besides costs each call a tenth of a microsecond.
    static func receive(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
        let (count, code) = retrying { clinux_receive(descriptor, buffer.baseAddress, UInt(buffer.count)) }
        return transfer("recv", count, code)
    }

    /// Writes without raising SIGPIPE: a peer that has gone is an error value, never a signal.
    static func send(_ descriptor: Int32, _ octets: UnsafeRawBufferPointer) -> Transfer {
        let (count, code) = retrying {
            clinux_send(descriptor, octets.baseAddress, UInt(octets.count), Int32(MSG_NOSIGNAL))
        }
        return transfer("send", count, code)
    }

    /// Writes text to a blocking descriptor, as far as it can be written: a log that cannot take a line loses it.
    static func write(_ descriptor: Int32, _ text: String) {
        _ = ignoresBrokenPipes
        var text = text
        text.withUTF8 { octets in
            _ = retrying { Glibc.write(descriptor, octets.baseAddress, octets.count) }
        }
    }

    /// Whoever reads the console or a log through a pipe may go: writes fail then, and the process does not end by SIGPIPE.
    private static let ignoresBrokenPipes: Void = { _ = Glibc.signal(SIGPIPE, SIG_IGN) }()

    private static func transfer(_ name: String, _ count: Int, _ code: Int32) -> Transfer {
        if count >= 0 { return .count(count) }
        if code == EAGAIN { return .wouldBlock }
        return .failed(SystemError(name, code))
    }

    // MARK: Descriptors

    /// Linux frees the descriptor even when `close` is interrupted, so this is the one call that is not repeated.
    static func close(_ descriptor: Int32) {
        _ = Glibc.close(descriptor)
    }

    static func eventDescriptor() throws(SystemError) -> Int32 {
        try checked("eventfd") { clinux_eventfd() }
    }

    /// Adds one to an event descriptor; async-signal-safe.
    static func signal(eventDescriptor: Int32) {
        var one: UInt64 = 1
        _ = Glibc.write(eventDescriptor, &one, 8)
    }

    static func timerDescriptor() throws(SystemError) -> Int32 {
        try checked("timerfd_create") { clinux_timerfd() }
    }

    /// Has a timer descriptor become readable once the monotonic clock shows `nanoseconds`; zero disarms it.
    static func setTimer(_ timerDescriptor: Int32, to nanoseconds: UInt64) {
        _ = clinux_timerfd_set(timerDescriptor, nanoseconds)
    }

    /// Takes what an event or timer descriptor has counted, so that it is no longer readable.
    static func drain(eventDescriptor: Int32) {
        var count: UInt64 = 0
        _ = Glibc.read(eventDescriptor, &count, 8)
    }

    /// Raises this process's limit of open descriptors to the most it may have, and returns it.
    static func raiseDescriptorLimit() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
        if limit.rlim_cur < limit.rlim_max {
            var raised = limit
            raised.rlim_cur = limit.rlim_max
            if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { limit = raised }
        }
        return Int(clamping: limit.rlim_cur)
    }

    // MARK: Polling

    static func epollCreate() throws(SystemError) -> Int32 {
        try checked("epoll_create1") { clinux_epoll_create() }
    }

    static func epollAdd(_ epoll: Int32, _ descriptor: Int32, events: UInt32, token: UInt64) throws(SystemError) {
        _ = try checked("epoll_ctl") { clinux_epoll_add(epoll, descriptor, events, token) }
    }

    /// - Returns: how many events were put into `events`; zero on time-out.
    static func epollWait(
        _ epoll: Int32, _ events: UnsafeMutableRawPointer, capacity: Int32, milliseconds: Int32
    ) -> Int32 {
        // An interrupted wait is a wake-up without events: the loop looks at its timers and waits again.
        Int32(max(0, clinux_epoll_wait(epoll, events, capacity, milliseconds)))
    }

    // MARK: Sockets

    static func socket(_ family: Int32) throws(SystemError) -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        return try checked("socket") { Glibc.socket(family, kind, 0) }
    }

    static func setOption(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) throws(SystemError) {
        var value = value
        _ = try checked("setsockopt") {
            setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
        }
    }

    static func disableDelay(_ descriptor: Int32) throws(SystemError) {
        try setOption(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
    }

    static func bind(_ descriptor: Int32, to address: SocketAddress) throws(SystemError) {
        _ = try checked("bind") { address.withKernelForm { Glibc.bind(descriptor, $0, $1) } }
    }

    static func listen(_ descriptor: Int32, backlog: Int32) throws(SystemError) {
        _ = try checked("listen") { Glibc.listen(descriptor, backlog) }
    }

    /// Starts a connection; one that is still under way (EINPROGRESS) is no error.
    static func connect(_ descriptor: Int32, to address: SocketAddress) throws(SystemError) {
        let (result, code) = retrying { address.withKernelForm { Glibc.connect(descriptor, $0, $1) } }
        if result == -1 && code != EINPROGRESS { throw SystemError("connect", code) }
    }

    /// Sends a datagram to a Unix socket without waiting; `@` at the front of its path stands for the abstract name space.
    static func sendDatagram(_ octets: [UInt8], toSocketAt path: String) {
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let isAbstract = path.utf8.first == UInt8(ascii: "@")
        withUnsafeMutableBytes(of: &address.sun_path) { field in
            field.copyBytes(from: path.utf8.prefix(SocketAddress.maximumPathOctets))
            if isAbstract { field[0] = 0 }
        }
        // The name of an abstract socket ends where the address does, any other with a zero.
        let size = MemoryLayout<sa_family_t>.size + path.utf8.count + (isAbstract ? 0 : 1)
        let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { target in
                _ = retrying { sendto(descriptor, octets, octets.count, flags, target, socklen_t(size)) }
            }
        }
    }

    /// Has new connections to a shared port go to the next process that listens there, if there is one.
    static func yieldPort(of descriptor: Int32) {
        _ = clinux_prefer_second_listener(descriptor)
    }

    /// What keeps an inherited descriptor from being a listener, in words; nil when it is one.
    static func objection(toListening descriptor: Int32) -> String? {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return "a descriptor that is not open" }
        guard status.st_mode & S_IFMT == S_IFSOCK else { return "no socket" }
        guard option(descriptor, SO_TYPE) == Int32(SOCK_STREAM.rawValue) else { return "no stream socket" }
        let families = [AF_INET, AF_INET6, AF_UNIX]
        guard families.contains(option(descriptor, SO_DOMAIN)) else { return "neither an IP nor a Unix socket" }
        return option(descriptor, SO_ACCEPTCONN) == 1 ? nil : "a socket that does not listen"
    }

    private static func option(_ descriptor: Int32, _ name: Int32) -> Int32 {
        var value: Int32 = -1
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, name, &value, &size)
        return value
    }

    /// Makes a descriptor that this process was given as its own are: it does not block, and children do not get it.
    static func adopt(_ descriptor: Int32) throws(SystemError) {
        _ = try checked("fcntl") { fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) }
        _ = try checked("fcntl") { fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    }

    /// The error that a socket is waiting to report, such as that of a connection attempt; nil when there is none.
    static func pendingError(_ descriptor: Int32) -> SystemError? {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
        return code == 0 ? nil : SystemError("connect", code)
    }

    static func accept(_ listener: Int32) -> Acceptance {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let flags = Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let (descriptor, code) = retrying { clinux_accept(listener, &storage, &size, flags) }
        if descriptor >= 0 { return .accepted(descriptor, peer: SocketAddress(kernelForm: storage)) }
        return code == EAGAIN ? .wouldBlock : .failed(SystemError("accept", code))
    }

    static func localAddress(_ descriptor: Int32) throws(SystemError) -> SocketAddress {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        _ = try checked("getsockname") {
            withUnsafeMutablePointer(to: &storage) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
            }
        }
        return SocketAddress(kernelForm: storage)
    }

    /// Ends the sending direction; the peer reads end-of-stream.
    static func shutdownSending(_ descriptor: Int32) {
        _ = Glibc.shutdown(descriptor, Int32(SHUT_WR))
    }

    /// How many octets the kernel holds that the peer has not acknowledged; zero when it cannot say.
    static func unacknowledgedCount(_ descriptor: Int32) -> Int {
        Int(max(0, clinux_unacknowledged(descriptor)))
    }

    /// Makes the coming `close` send a reset, so that a peer cannot take a cut-off answer for a whole one.
    static func resetOnClose(_ descriptor: Int32) {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    // MARK: Files

    /// Removes a socket left at `path` by a server that no longer listens; never removes anything but a socket.
    static func removeSocket(at path: String) {
        var status = stat()
        if lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK { unlink(path) }
    }

    /// Opens a file to append to, made for its owner and group when it is missing.
    static func openForAppending(_ path: String) throws(SystemError) -> Int32 {
        try checked("open") { open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640) }
    }

    /// Whether `path` leads to the file that is open.
    static func isFile(_ descriptor: Int32, at path: String) -> Bool {
        var (opened, named) = (stat(), stat())
        return fstat(descriptor, &opened) == 0 && stat(path, &named) == 0
            && opened.st_dev == named.st_dev && opened.st_ino == named.st_ino
    }

    /// What tells the state of the file at the end of `path` from others; nil when it cannot be reached.
    static func mark(ofFileAt path: String) -> FileMark? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return FileMark(
            device: UInt64(status.st_dev), number: UInt64(status.st_ino), size: Int64(status.st_size),
            modified: nanoseconds(status.st_mtim), changed: nanoseconds(status.st_ctim))
    }

    /// Writes text to a file; gives how many octets the disk has taken.
    static func append(_ descriptor: Int32, _ text: String) -> Int {
        _ = ignoresBrokenPipes
        var text = text
        return text.withUTF8 { octets in
            max(0, retrying { Glibc.write(descriptor, octets.baseAddress, octets.count) }.result)
        }
    }

    /// - Returns: whether the descriptor was signalled before the time was over.
    static func waitForEvent(_ descriptor: Int32, milliseconds: Int32) -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return retrying { poll(&request, 1, milliseconds) }.result > 0
    }

    // MARK: Time

    /// Nanoseconds of the monotonic clock.
    static func monotonicNanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return nanoseconds(time)
    }

    private static func nanoseconds(_ time: timespec) -> UInt64 {
        UInt64(truncatingIfNeeded: time.tv_sec) &* 1_000_000_000 &+ UInt64(truncatingIfNeeded: time.tv_nsec)
    }

    /// Whole seconds since 1970, exact to the kernel's tick (4 ms): enough for a Date header field.
    static func secondsSince1970() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME_COARSE, &time)
        return time.tv_sec
    }

    // MARK: The process

    static var processNumber: Int { Int(getpid()) }

    /// Reads a variable of the environment and removes it.
    static func takeVariable(_ name: String) -> String? {
        guard let value = getenv(name).map({ String(cString: $0) }) else { return nil }
        unsetenv(name)
        return value
    }

    // MARK: Threads

    static var currentThread: pthread_t { pthread_self() }

    /// Starts a thread named `name` (at most 15 octets) that runs `body` and then ends.
    static func startThread(_ name: String, _ body: @escaping @Sendable () -> Void) throws(SystemError) -> pthread_t {
        final class Start: Sendable {
            let name: String
            let body: @Sendable () -> Void
            init(name: String, body: @escaping @Sendable () -> Void) {
                self.name = name
                self.body = body
            }
        }
        var thread = pthread_t()
        let start = Unmanaged.passRetained(Start(name: name, body: body))
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                clinux_name_current_thread(start.name)
                start.body()
                return nil
            }, start.toOpaque())
        if code != 0 {
            start.release()
            throw SystemError("pthread_create", code)
        }
        return thread
    }

    /// Lets a thread end by itself, with nobody to wait for it.
    static func detach(_ thread: pthread_t) {
        pthread_detach(thread)
    }

    static func join(_ thread: pthread_t) {
        pthread_join(thread, nil)
    }
}
