/// Why a fetched set is of no use.
enum RemoteKeySetFailure: Error, CustomStringConvertible {
    case status(Int)
    case tooLarge(limit: Int)
    case tooSlow(Duration)
    case tooManyStrays(limit: Int)
    case tooManyKeys(limit: Int)
    case malformed(String)

    var description: String {
        switch self {
        case .status(let status): "The server answered \(status); expected 200 with a JWK Set, or 304"
        case .tooLarge(let limit): "The JWK Set has more than \(limit) octets"
        case .tooSlow(let limit): "The fetch took longer than \(limit)"
        case .tooManyStrays(let limit):
            "\(limit) fetches before this one still go on, though they were cancelled when their time was over"
        case .tooManyKeys(let limit): "The JWK Set has more than \(limit) keys"
        case .malformed(let reason): "The content is not a JWK Set: \(reason)"
        }
    }
}
