import ApusCrypto
import Glibc

/// The system calls of a key directory; this file is all the C that the target has.
enum FileCall {
    /// What tells one version of a file from the next: a new file has a new inode, a changed one a new time.
    struct Stamp: Hashable, Sendable {
        let inode: UInt64
        let size: Int
        let mode: UInt32
        let modifiedSeconds: Int
        let modifiedNanoseconds: Int
        let changedSeconds: Int
        let changedNanoseconds: Int

        fileprivate init(_ status: stat) {
            inode = UInt64(status.st_ino)
            size = Int(status.st_size)
            mode = UInt32(status.st_mode)
            modifiedSeconds = Int(status.st_mtim.tv_sec)
            modifiedNanoseconds = Int(status.st_mtim.tv_nsec)
            changedSeconds = Int(status.st_ctim.tv_sec)
            changedNanoseconds = Int(status.st_ctim.tv_nsec)
        }

        var isFile: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFREG) }
        var permissions: UInt32 { mode & 0o7777 }
    }

    /// A lock that is held until it is released or the process ends.
    struct Lock: ~Copyable {
        fileprivate let descriptor: Int32

        deinit { close(descriptor) }
    }

    static func isMissing(_ error: KeyStoreError) -> Bool {
        if case .system(_, _, ENOENT) = error { true } else { false }
    }

    static func stamp(_ path: String) throws(KeyStoreError) -> Stamp {
        var status = stat()
        guard stat(path, &status) == 0 else { throw failure("look at", path) }
        return Stamp(status)
    }

    /// Reads a whole file into memory that is wiped; what is looked at is the file that is read.
    static func read(_ path: String, limit: Int) throws(KeyStoreError) -> (octets: SecretBytes, stamp: Stamp) {
        // O_NONBLOCK: opening a pipe must not wait for its writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure("open", path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("look at", path) }
        let stamp = Stamp(status)
        guard stamp.isFile else { throw .fileInvalid(name(path), reason: "it is not a regular file") }
        guard stamp.size <= limit else { throw .fileTooLarge(name(path), limit: limit) }
        let octets = try SecretBytes(count: stamp.size) { (octets) throws(KeyStoreError) in
            let count = octets.withUnsafeMutableBufferPointer { buffer in
                var count = 0
                while count < buffer.count, let start = buffer.baseAddress {
                    let result = Glibc.read(descriptor, start + count, buffer.count - count)
                    if result < 0, errno == EINTR { continue }
                    if result <= 0 { break }
                    count += result
                }
                return count
            }
            guard count == stamp.size else {
                throw .fileInvalid(name(path), reason: "it changed while it was read; write it anew and rename it")
            }
        }
        return (octets, stamp)
    }

    /// Puts a file in the place of another so that a reader sees all of the one or all of the other, even after a crash.
    static func replace(_ name: String, in directory: String, with octets: Span<UInt8>) throws(KeyStoreError) {
        let path = directory + "/" + name
        let temporary = directory + "/" + temporaryPrefix + String(UInt64.random(in: .min ... .max), radix: 36)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("create", temporary) }
        let isWritten = write(octets, to: descriptor) && fsync(descriptor) == 0
        let code = errno
        close(descriptor)
        guard isWritten, rename(temporary, path) == 0 else {
            let code = isWritten ? errno : code
            unlink(temporary)
            throw .system(operation: "write", file: name, code: code)
        }
        try synchronize(directory)
    }

    static let temporaryPrefix = ".new-"

    private static func write(_ octets: Span<UInt8>, to descriptor: Int32) -> Bool {
        octets.withUnsafeBufferPointer { buffer in
            var count = 0
            while count < buffer.count, let start = buffer.baseAddress {
                let result = Glibc.write(descriptor, start + count, buffer.count - count)
                if result < 0, errno == EINTR { continue }
                if result < 0 { return false }
                count += result
            }
            return true
        }
    }

    /// A name in a directory is on the disk when the directory is.
    private static func synchronize(_ directory: String) throws(KeyStoreError) {
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", directory) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("synchronize", directory) }
    }

    /// Removes a file; that it is gone already is no error.
    static func remove(_ path: String) throws(KeyStoreError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw failure("remove", path) }
    }

    /// Makes a directory that is the owner's alone; that it is there already is no error.
    static func makeDirectory(_ path: String) throws(KeyStoreError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure("make the directory", path) }
    }

    /// Takes the lock of a directory, or gives nil while another process or store has it.
    static func lock(_ path: String) throws(KeyStoreError) -> Lock? {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("open the lock", path) }
        let lock = Lock(descriptor: descriptor)
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            guard errno == EWOULDBLOCK else { throw failure("lock", path) }
            return nil
        }
        return lock
    }

    static func pause(milliseconds: UInt32) {
        usleep(milliseconds * 1000)
    }

    private static func failure(_ operation: String, _ path: String) -> KeyStoreError {
        let code = errno
        return .system(operation: operation, file: name(path), code: code)
    }

    private static func name(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
