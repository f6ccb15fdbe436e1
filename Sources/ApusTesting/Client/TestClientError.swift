/// Why a test's client could not send a request, or got nothing that is a response to it.
///
/// An answer that is an error by its status is a response, not one of these.
public struct TestClientError: Error, Sendable, CustomStringConvertible {
    /// What was expected, and what was found.
    public let description: String

    init(_ description: String) {
        self.description = description
    }

    static let reset = TestClientError("The server reset the connection before the response ended.")
}
