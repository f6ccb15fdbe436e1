import ApusHTTP

// One type per method, so that a route reads as a sentence and the compiler has few initializers to consider: one for
// handlers that wait for something, and one for those that do not; where content is usual, the same for handlers that take it.

/// Reads a resource; it answers HEAD as well, unless a `Head` route does (RFC 9110 §9.3.1).
public struct Get: RouteElement {
    /// What it stands for in a block of routes.
    public let routes: Routes

    /// - Parameter path: literal segments, `{name}`, `{name:int}`, `{name:uuid}`, and at the end `{name...}` for all that follows.
    public init<Answer: ResponseConvertible>(
        _ path: String = "", file: String = #fileID, line: UInt = #line,
        handler: nonisolated(nonsending) @escaping @Sendable (Request) async throws -> Answer
    ) {
        routes = Routes(.get, path, file, line, .answering(handler))
    }

    /// For a handler that waits for nothing.
    ///
    /// - Parameter path: literal segments, `{name}`, `{name:int}`, `{name:uuid}`, and at the end `{name...}` for all that follows.
    public init<Answer: ResponseConvertible>(
        _ path: String = "", file: String = #fileID, line: UInt = #line,
        handler: @escaping @Sendable (Request) throws -> Answer
    ) {
        routes = Routes(.get, path, file, line, .answering(handler))
    }
}

/// Answers HEAD in a way of its own; the content is not sent (RFC 9110 §9.3.2).
public struct Head: RouteElement {
    /// What it stands for in a block of routes.
    public let routes: Routes

    /// - Parameter path: literal segments, `{name}`, `{name:int}`, `{name:uuid}`, and at the end `{name...}` for all that follows.
    public init<Answer: ResponseConvertible>(
        _ path: String = "", file: String = #fileID, line: UInt = #line,
        handler: nonisolated(nonsending) @escaping @Sendable (Request) async throws -> Answer
    ) {
        routes = Routes(.head, path, file, line, .answering(handler))
    }

    /// For a handler that waits for nothing.
    ///
    /// - Parameter path: literal segments, `{name}`, `{name:int}`, `{name:uuid}`, and at the end `{name...}` for all that follows.
    public init<Answer: ResponseConvertible>(
        _ path: String = "", file: String = #fileID, line: UInt = #line,
        handler: @escaping @Sendable (Request) throws -> Answer
    ) {
        routes = Routes(.head, path, file, line, .answering(handler))
    }
}

/// Has a resource process the content of the request (RFC 9110 §9.3.3).
public struct Post: RouteElement {
    /// What it stands for in a block of routes.
    public let routes: Routes

    /// - Parameter path: literal segments, `{name}`, `{name:int}`, `{name:uuid}`, and at the end `{name...}` for all that follows.
    public init<Answer: ResponseConvertible>(
        _ path: String = "", file: String = #fileID, line: UInt = #line,
        handler: nonisolated(nonsending) @escaping @Sendable (Request) async throws -> Answer
    ) {
        routes = Routes(.post, path, file, line, .answering(handler))
    }

    /// For a handler that waits for nothing.
    ///
    /// - Parameter path: literal segments, `{name}`, `{name:int}`, `{name:uuid}`, and at the end `{name...}` for all that follows.
    public init<Answer: ResponseConvertible>(
        _ path: String = "", file: String = #fileID, line: UInt = #line,
        handler: @escaping @Sendable (Request) throws -> Answer
    ) {
        routes = Routes(.post, path, file, line, .answering(handler))
    }

    /// For a handler that is called when all of the content is there.
    ///
    /// - Parameter path: literal segments, `{name}`, `{name:int}`, `{name:uuid}`, and at the end `{name...}` for all that follows.
    public init<Content: RequestContent, Answer: ResponseConvertible>(
        _ path: String = "", file: String = #fileID, line: UInt = #line,
        handler: nonisolated(nonsending) @escaping @Sendable (Request, Content) async throws -> Answer
    ) {
        routes = Routes(.post, path, file, line, .answering(handler))
    }

    /// For a handler that is called when all of the content is there, and waits for nothing else.
    ///
    /// - Parameter path: literal segments, `{name}`, `{name:int}`, `{name:uuid}`, and at the end `{name...}` for all that follows.
    public init<Content: RequestContent, Answer: ResponseConvertible>(
        _ path: String = "", file: String = #fileID, line: UInt = #line,
        handler: @escaping @Sendable (Request, Content) throws -> Answer
    ) {
        routes = Routes(.post, path, file, line, .answering(handler))
    }
}

/// Replaces a resource with the content of the request (RFC 9110 §9.3.4).
public struct Put: RouteElement {
    /// What it stands for in a block of routes.
    public let routes: Routes

    /// - Parameter path: literal segments, `{name}`, `{name:int}`, `{name:uuid}`, and at the end `{name...}` for all that follows.
    public init<Answer: ResponseConvertible>(
        _ path: String = "", file: String = #fileID, line: UInt = #line,
        handler: nonisolated(nonsending) @escaping @Sendable (Request) async throws -> Answer
    ) {
        routes = Routes(.put, path, file, line, .answering(handler))
    }

    /// For a handler that waits for nothing.
    ///
    /// - Parameter path: literal segments, `{name}`, `{name:int}`, `{name:uuid}`, and at the end `{name...}` for all that follows.
    public init<Answer: ResponseConvertible>(
        _ path: String = "", file: String = #fileID, line: UInt = #line,
        handler: @escaping @Sendable (Request) throws -> Answer
    ) {
        routes = Routes(.put, path, file, line, .answering(handler))
    }

    /// For a handler that is called when all of the content is there.
    ///
    /// - Parameter path: literal segments, `{name}`, `{name:int}`, `{name:uuid}`, and at the end `{name...}` for all that follows.
    public init<Content: RequestContent, Answer: ResponseConvertible>(
        _ path: String = "", file: String = #fileID, line: UInt = #line,
        handler: nonisolated(nonsending) @escaping @Sendable (Request, Content) async throws -> Answer
    ) {
        routes = Routes(.put, path, file, line, .answering(handler))
    }

    /// For a handler that is called when all of the content is there, and waits for nothing else.
    ///
    /// - Parameter path: literal segments, `{name}`, `{name:int}`, `{name:uuid}`, and at the end `{name...}` for all that follows.
    public init<Content: RequestContent, Answer: ResponseConvertible>(
        _ path: String = "", file: String = #fileID, line: UInt = #line,
        handler: @escaping @Sendable (Request, Content) throws -> Answer
    ) {
        routes = Routes(.put, path, file, line, .answering(handler))
    }
}

/// Changes a part of a resource (RFC 5789).
public struct Patch: RouteElement {
    /// What it stands for in a block of routes.
    public let routes: Routes

    /// - Parameter path: literal segments, `{name}`, `{name:int}`, `{name:uuid}`, and at the end `{name...}` for all that follows.
    public init<Answer: ResponseConvertible>(
        _ path: String = "", file: String = #fileID, line: UInt = #line,
        handler: nonisolated(nonsending) @escaping @Sendable (Request) async throws -> Answer
    ) {
        routes = Routes(.patch, path, file, line, .answering(handler))
    }

    /// For a handler that waits for nothing.
    ///
    /// - Parameter path: literal segments, `{name}`, `{name:int}`, `{name:uuid}`, and at the end `{name...}` for all that follows.
    public init<Answer: ResponseConvertible>(
        _ path: String = "", file: String = #fileID, line: UInt = #line,
        handler: @escaping @Sendable (Request) throws -> Answer
    ) {
        routes = Routes(.patch, path, file, line, .answering(handler))
    }

    /// For a handler that is called when all of the content is there.
    ///
    /// - Parameter path: literal segments, `{name}`, `{name:int}`, `{name:uuid}`, and at the end `{name...}` for all that follows.
    public init<Content: RequestContent, Answer: ResponseConvertible>(
        _ path: String = "", file: String = #fileID, line: UInt = #line,
        handler: nonisolated(nonsending) @escaping @Sendable (Request, Content) async throws -> Answer
    ) {
        routes = Routes(.patch, path, file, line, .answering(handler))
    }

    /// For a handler that is called when all of the content is there, and waits for nothing else.
    ///
    /// - Parameter path: literal segments, `{name}`, `{name:int}`, `{name:uuid}`, and at the end `{name...}` for all that follows.
    public init<Content: RequestContent, Answer: ResponseConvertible>(
        _ path: String = "", file: String = #fileID, line: UInt = #line,
        handler: @escaping @Sendable (Request, Content) throws -> Answer
    ) {
        routes = Routes(.patch, path, file, line, .answering(handler))
    }
}

/// Removes a resource (RFC 9110 §9.3.5).
public struct Delete: RouteElement {
    /// What it stands for in a block of routes.
    public let routes: Routes

    /// - Parameter path: literal segments, `{name}`, `{name:int}`, `{name:uuid}`, and at the end `{name...}` for all that follows.
    public init<Answer: ResponseConvertible>(
        _ path: String = "", file: String = #fileID, line: UInt = #line,
        handler: nonisolated(nonsending) @escaping @Sendable (Request) async throws -> Answer
    ) {
        routes = Routes(.delete, path, file, line, .answering(handler))
    }

    /// For a handler that waits for nothing.
    ///
    /// - Parameter path: literal segments, `{name}`, `{name:int}`, `{name:uuid}`, and at the end `{name...}` for all that follows.
    public init<Answer: ResponseConvertible>(
        _ path: String = "", file: String = #fileID, line: UInt = #line,
        handler: @escaping @Sendable (Request) throws -> Answer
    ) {
        routes = Routes(.delete, path, file, line, .answering(handler))
    }
}

/// Answers OPTIONS in a way of its own, in place of the list of methods that the server gives (RFC 9110 §9.3.7).
public struct Options: RouteElement {
    /// What it stands for in a block of routes.
    public let routes: Routes

    /// - Parameter path: literal segments, `{name}`, `{name:int}`, `{name:uuid}`, and at the end `{name...}` for all that follows.
    public init<Answer: ResponseConvertible>(
        _ path: String = "", file: String = #fileID, line: UInt = #line,
        handler: nonisolated(nonsending) @escaping @Sendable (Request) async throws -> Answer
    ) {
        routes = Routes(.options, path, file, line, .answering(handler))
    }

    /// For a handler that waits for nothing.
    ///
    /// - Parameter path: literal segments, `{name}`, `{name:int}`, `{name:uuid}`, and at the end `{name...}` for all that follows.
    public init<Answer: ResponseConvertible>(
        _ path: String = "", file: String = #fileID, line: UInt = #line,
        handler: @escaping @Sendable (Request) throws -> Answer
    ) {
        routes = Routes(.options, path, file, line, .answering(handler))
    }
}
