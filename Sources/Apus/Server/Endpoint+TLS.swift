public import ApusCrypto

extension Endpoint {
    /// The certificates that an endpoint serves.
    ///
    /// ```swift
    /// Endpoint("0.0.0.0", port: 443, tls: .byName([
    ///     .files(certificateChain: "shop.pem", privateKey: "shop.key"),
    ///     .files(certificateChain: "wildcard.pem", privateKey: "wildcard.key"),
    /// ]))
    /// ```
    public struct TLS: Sendable {
        let sources: [Source]
        private(set) var options = TLSOptions()

        private init(sources: [Source]) {
            self.sources = sources
        }

        /// The same certificates with other rules for what clients may choose; `TLSOptions()` unless set.
        ///
        /// ```swift
        /// var modern = TLSOptions()
        /// modern.minimumVersion = .tls13
        /// Endpoint(port: 443, tls: .files(certificateChain: "c.pem", privateKey: "k.pem").with(modern))
        /// ```
        public func with(_ options: TLSOptions) -> TLS {
            var tls = self
            tls.options = options
            return tls
        }

        /// Where a certificate and its key come from.
        public enum Source: Sendable {
            /// A certificate made at start for localhost, 127.0.0.1 and ::1; for development.
            case selfSigned
            /// PEM files: the chain with the server's certificate first, and its key.
            ///
            /// `ocspResponse` is a file with one OCSP response for the certificate in DER, as `openssl ocsp -respout` writes it, of 32 KiB
            /// at most. One that clients would not take keeps the server from starting, as a bad certificate does; its signature is checked where
            /// the chain holds the certificate's issuer. It is stapled for clients that ask (RFC 6066 §8) until its `nextUpdate`, and not
            /// after that, which the log says once; fetching a new one in time is for another program to do. New files are found within
            /// seconds, and count together.
            case files(certificateChain: String, privateKey: String, ocspResponse: String? = nil)
            /// A certificate and its key that were made or read before, such as those that a `CertificateAuthority` has issued.
            case identity(CertificateIdentity)
        }

        /// A certificate made at start for localhost, 127.0.0.1 and ::1; for development.
        public static let selfSigned = TLS(sources: [.selfSigned])

        /// PEM files: the chain with the server's certificate first, and its key.
        ///
        /// - Parameter ocspResponse: a file with an OCSP response to staple; see ``Source/files(certificateChain:privateKey:ocspResponse:)``.
        public static func files(certificateChain: String, privateKey: String, ocspResponse: String? = nil) -> TLS {
            TLS(sources: [
                .files(certificateChain: certificateChain, privateKey: privateKey, ocspResponse: ocspResponse)
            ])
        }

        /// A certificate and its key that were made or read before, such as those that a `CertificateAuthority` has issued.
        public static func identity(_ identity: CertificateIdentity) -> TLS { TLS(sources: [.identity(identity)]) }

        /// Several certificates, of which each client gets the one for the host name that it asks for.
        ///
        /// Their subject alternative names decide (RFC 9525): one that has just the name before a wildcard, then the one that was
        /// given earlier. Two for the same names with keys of different kinds, such as EC and RSA, serve clients of either kind.
        /// - Parameter sources: the first is also for clients that ask for no name, or for one that no certificate has.
        public static func byName(_ sources: [Source]) -> TLS { TLS(sources: sources) }
    }
}
