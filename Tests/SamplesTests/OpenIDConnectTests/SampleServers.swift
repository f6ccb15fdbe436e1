import Apus
import ApusTesting
import Foundation
import Synchronization

@testable import OpenIDConnect

/// The sample's two servers over TLS, with what they log and the shop's clock.
struct SampleServers {
    /// Made once, because making a key of RSA takes long.
    static let signingKeys = Result { try KeyStore(.generated(.rs256)) }

    let log = CollectedLog()
    let clock = Mutable(Date.now)
    /// With which the shop signs who it is; without them it has a secret.
    var clientKeys: KeyStore?

    func test(_ body: @escaping @Sendable (Browser, Provider) async throws -> Void) async throws {
        let clock = clock
        let keys = try KeyStore(.hmac(generated: .hs256), clock: { clock.value })
        let logger = Logger(label: "test", level: .trace, destination: log)
        try await OpenIDConnectSample.withShop(
            port: 0, providerPort: 0, keys: keys, signingKeys: Self.signingKeys.get(), clientKeys: clientKeys,
            mode: .production, logger: logger
        ) { shop, provider in
            try await shop.test { shop in
                try await provider.server.test { client in
                    try await body(Browser(shop: shop, provider: client), provider)
                }
            }
        }
    }
}

/// Keeps what the servers log.
final class CollectedLog: LogDestination {
    private let lines = Mutex<[String]>([])

    func write(_ record: LogRecord) {
        let fields = record.fields.map { name, value in
            switch value {
            case .string(let text): "\(name)=\(text)"
            case .integer(let number): "\(name)=\(number)"
            }
        }
        lines.withLock { $0.append("\(record.level) \(record.message) \(fields.joined(separator: " "))") }
    }

    var text: String { lines.withLock { $0.joined(separator: "\n") } }
}

/// A value that a test changes while others read it.
final class Mutable<Value: Sendable>: Sendable {
    private let content: Mutex<Value>

    init(_ value: Value) {
        content = Mutex(value)
    }

    var value: Value { content.withLock { $0 } }

    func change(_ change: @Sendable (inout Value) -> Void) {
        content.withLock { change(&$0) }
    }
}
