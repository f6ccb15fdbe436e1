import Apus

extension TestClient {
    /// Reads a resource; otherwise as `send(_:_:_:headers:body:)`.
    public func get(
        _ path: String, _ credentials: TestCredentials? = nil, headers: KeyValuePairs<String, String> = [:],
        body: TestContent? = nil
    ) async throws -> TestResponse {
        try await send(.get, path, credentials, headers: headers, body: body)
    }

    /// Reads a resource without its content; otherwise as `send(_:_:_:headers:body:)`.
    public func head(
        _ path: String, _ credentials: TestCredentials? = nil, headers: KeyValuePairs<String, String> = [:],
        body: TestContent? = nil
    ) async throws -> TestResponse {
        try await send(.head, path, credentials, headers: headers, body: body)
    }

    /// Has a resource process content; otherwise as `send(_:_:_:headers:body:)`.
    public func post(
        _ path: String, _ credentials: TestCredentials? = nil, headers: KeyValuePairs<String, String> = [:],
        body: TestContent? = nil
    ) async throws -> TestResponse {
        try await send(.post, path, credentials, headers: headers, body: body)
    }

    /// Replaces a resource; otherwise as `send(_:_:_:headers:body:)`.
    public func put(
        _ path: String, _ credentials: TestCredentials? = nil, headers: KeyValuePairs<String, String> = [:],
        body: TestContent? = nil
    ) async throws -> TestResponse {
        try await send(.put, path, credentials, headers: headers, body: body)
    }

    /// Changes a part of a resource; otherwise as `send(_:_:_:headers:body:)`.
    public func patch(
        _ path: String, _ credentials: TestCredentials? = nil, headers: KeyValuePairs<String, String> = [:],
        body: TestContent? = nil
    ) async throws -> TestResponse {
        try await send(.patch, path, credentials, headers: headers, body: body)
    }

    /// Removes a resource; otherwise as `send(_:_:_:headers:body:)`.
    public func delete(
        _ path: String, _ credentials: TestCredentials? = nil, headers: KeyValuePairs<String, String> = [:],
        body: TestContent? = nil
    ) async throws -> TestResponse {
        try await send(.delete, path, credentials, headers: headers, body: body)
    }

    /// Asks what a resource can do; otherwise as `send(_:_:_:headers:body:)`.
    public func options(
        _ path: String, _ credentials: TestCredentials? = nil, headers: KeyValuePairs<String, String> = [:],
        body: TestContent? = nil
    ) async throws -> TestResponse {
        try await send(.options, path, credentials, headers: headers, body: body)
    }
}
