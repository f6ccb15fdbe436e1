import Apus

/// JSON, by the encoder of Foundation and by the one for tokens.
enum Objects {
    static var operations: [Operation] {
        get throws {
            let request = Request(
                head: try Decoding.head(of: Decoding.browser), body: .empty,
                connection: ConnectionContext(peer: nil, isSecure: false, tlsVersion: nil))
            let claims = try JSONValue.parse(text)
            return [
                Operation("encode JSON of members", gives: 27) {
                    try JSON(["message": "Hello, World!"]).response(to: request).body.count ?? 0
                },
                Operation("encode JSON of a struct", gives: 68) {
                    try JSON(Article(name: "lamp", price: 40, tags: ["light", "brass"], isInStock: true))
                        .response(to: request).body.count ?? 0
                },
                Operation("parse claims", gives: 8) { try JSONValue.parse(text).object?.members.count ?? 0 },
                Operation("serialize claims", gives: text.count) { claims.serialized().count },
            ]
        }
    }

    private static let text = Array(
        (#"{"iss":"KestrunApi","aud":"KestrunClients","sub":"admin","name":"admin","role":["admin","user"],"#
            + #""iat":1796040000,"nbf":1796040000,"exp":1796043600}"#).utf8)
}

private struct Article: Encodable {
    let name: String
    let price: Int
    let tags: [String]
    let isInStock: Bool
}
