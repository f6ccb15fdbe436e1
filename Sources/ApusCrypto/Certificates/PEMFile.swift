import Glibc

/// Writes PEM text to a new file.
enum PEMFile {
    /// - Parameter isSecret: only the owner may read the file, from its first moment on.
    /// - Throws: ``TLSConfigurationError/unwritableFile(path:reason:)``, also for a file that exists.
    static func write(_ text: String, to path: String, isSecret: Bool) throws(TLSConfigurationError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, isSecret ? 0o600 : 0o644)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(path)
            }
            rest = rest.dropFirst(count)
        }
    }

    private static func failure(_ path: String) -> TLSConfigurationError {
        .unwritableFile(path: path, reason: strerror(errno).map { String(cString: $0) } ?? "error \(errno)")
    }
}

extension Certificate {
    /// Writes the certificate to a new PEM file, for others who are to trust it.
    ///
    /// - Throws: ``TLSConfigurationError/unwritableFile(path:reason:)``, also for a file that exists.
    public func write(to path: String) throws(TLSConfigurationError) {
        try PEMFile.write(pem, to: path, isSecret: false)
    }
}

extension CertificateIdentity {
    /// Writes the chain and its key to new PEM files; only the owner may read the key.
    ///
    /// - Throws: ``TLSConfigurationError/unwritableFile(path:reason:)``, also for a file that exists.
    public func write(certificateChain path: String, privateKey keyPath: String) throws(TLSConfigurationError) {
        try PEMFile.write(pemPrivateKey, to: keyPath, isSecret: true)
        try PEMFile.write(pemCertificate, to: path, isSecret: false)
    }
}
