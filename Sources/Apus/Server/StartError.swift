/// Why a server did not start: what was expected, what was found, and what to do.
public struct StartError: Error, Sendable, CustomStringConvertible {
    /// The whole story in a sentence or two.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
