import Apus
import ApusJOSE
import ApusTesting
import Synchronization

/// The issuer: publishes keys, changes them, and is at times not well.
final class KeyPublisher: Sendable {
    private struct State {
        var mood = IssuerMood.well
        var keys: ClosedRange<Int> = 0...0
    }

    private let state = Mutex(State())
    private let world: World
    private let limits: RemoteKeySet.Limits
    private let maximumAge: Int?

    init(in world: World, limits: RemoteKeySet.Limits, maximumAge: Int?) {
        self.world = world
        self.limits = limits
        self.maximumAge = maximumAge
    }

    var mood: IssuerMood {
        get { state.withLock(\.mood) }
        set { state.withLock { $0.mood = newValue } }
    }

    /// The numbers of the keys that are published, unless the mood is another.
    var keys: ClosedRange<Int> { state.withLock(\.keys) }

    func addKey() { state.withLock { $0.keys = $0.keys.lowerBound...$0.keys.upperBound + 1 } }

    func dropKey() {
        state.withLock { state in
            guard state.keys.count > 1 else { return }
            state.keys = state.keys.lowerBound + 1...state.keys.upperBound
        }
    }

    /// Tells the test which keys are in a good answer; the service under test does not know this field.
    static let contents: HTTP.FieldName = "X-Contents"

    var server: Server {
        Server("Login") {
            Get("/jwks") { [self] request in
                let mood = mood
                switch mood {
                case .well, .refused, .reset: return try answer(to: request, Array(keys))
                case .slow(let hundredths):
                    try await world.sleep(for: limits.time * hundredths / 100)
                    return try answer(to: request, Array(keys))
                case .noKeys: return try answer(to: request, [])
                case .status(let code): return Response(HTTP.Status(code: code))
                case .content(let text): return Response(text: text)
                case .tooLarge:
                    let padding = ",\"more\":\"\(String(repeating: "x", count: limits.octets))\""
                    return Response(text: IssuerKeys.set(of: Array(keys), padding: padding))
                case .cutOff:
                    return Response(streaming: { writer in
                        try await writer.write(Array("{\"keys\":[".utf8))
                        throw Violation(description: "the content ends here")
                    })
                }
            }
        }
    }

    private func answer(to request: Request, _ keys: [Int]) throws -> Response {
        let contents = keys.map(String.init).joined(separator: " ")
        let tag = "\"keys \(contents)\""
        var response = Response(text: IssuerKeys.set(of: keys))
        if request.headers[.ifNoneMatch] == tag { response = Response(.notModified) }
        try response.headers.set(.etag, tag)
        try response.headers.set(Self.contents, contents)
        if let maximumAge { try response.headers.set(.cacheControl, "max-age=\(maximumAge)") }
        return response
    }
}
