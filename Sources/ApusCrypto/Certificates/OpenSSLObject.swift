import COpenSSL

/// Owns one reference to an OpenSSL object and gives it back when nobody needs it any more.
///
/// `@unchecked Sendable`, because the reference never changes, OpenSSL counts references atomically, and the objects
/// kept here (certificates, keys, contexts, fetched algorithms, BIO methods) are not changed after they have been put
/// here: OpenSSL allows any number of threads to use such an object at the same time.
final class OpenSSLObject: @unchecked Sendable {
    let pointer: OpaquePointer
    private let release: @convention(c) (OpaquePointer?) -> Void

    init(_ pointer: OpaquePointer, release: @convention(c) (OpaquePointer?) -> Void) {
        self.pointer = pointer
        self.release = release
    }

    deinit {
        release(pointer)
    }
}
