public import ApusHTTP

/// Anything that stands in a block of routes: one route, a group, or a list that a function returned.
public protocol RouteElement: Sendable {
    /// The routes in it.
    var routes: Routes { get }
}

/// A list of routes.
///
/// A function marked `@RouteBuilder` that returns `Routes` is a piece of a service in a file of its own.
public struct Routes: RouteElement {
    package var definitions: [RouteDefinition]

    init(_ definitions: [RouteDefinition] = []) {
        self.definitions = definitions
    }

    /// The routes of a block.
    public init(@RouteBuilder _ content: () -> Routes) {
        self = content()
    }

    /// The list itself.
    public var routes: Routes { self }

    func mapping(_ change: (inout RouteDefinition) -> Void) -> Routes {
        var changed = self
        for index in changed.definitions.indices { change(&changed.definitions[index]) }
        return changed
    }
}

extension RouteElement {
    /// Demands a principal, which any one of `schemes` may find.
    ///
    /// Routes inside that name schemes of their own keep those. Without a principal the answer is 401 with one challenge per scheme, in
    /// this order.
    public func authenticated(by schemes: any AuthenticationScheme...) -> Routes {
        routes.mapping { if $0.schemes.isEmpty { $0.schemes = schemes } }
    }

    /// Demands that the principal satisfies all of `policies`, besides those that routes inside demand; otherwise the answer is 403.
    ///
    /// Routes inside that say `allowAnonymous()` are exempt.
    public func requires(_ policies: Policy...) -> Routes {
        routes.mapping { if !$0.admitsAnonymous { $0.policies = policies + $0.policies } }
    }

    /// Lifts the demand for a principal that groups around these routes, or the server, make.
    ///
    /// The schemes are asked all the same: a request with good credentials has its `user`, and any other is `.anonymous`. A route
    /// that has policies of its own cannot say so.
    public func allowAnonymous() -> Routes {
        routes.mapping { $0.admitsAnonymous = true }
    }

    /// Has handlers take up to `octets` of content at once, in place of the server's `Limits.content`.
    ///
    /// Routes inside that have a limit of their own keep it.
    public func contentLimit(_ octets: Int) -> Routes {
        routes.mapping { if $0.contentLimit == nil { $0.contentLimit = octets } }
    }

    /// Has handlers answer within `duration`, in place of the server's `Limits.handlerDeadline`; nil lets them take for ever.
    ///
    /// Routes inside that have a deadline of their own keep it.
    public func deadline(_ duration: Duration?) -> Routes {
        routes.mapping { if $0.handlerDeadline == nil { $0.handlerDeadline = HandlerDeadline(duration) } }
    }

    /// Takes requests with cookies that other sites cause a browser to send, whatever their method.
    ///
    /// For routes that strangers' pages may call in a user's name, such as one that a payment service's page posts a form
    /// to. Browsers send only a cookie with `SameSite=None` along.
    public func allowingCrossSite() -> Routes {
        routes.mapping { $0.allowsCrossSite = true }
    }

    /// Puts `middleware` around these routes: the first outermost, all of them outside of what the routes inside have.
    public func middleware(_ middleware: any Middleware...) -> Routes {
        routes.mapping { $0.middleware = middleware + $0.middleware }
    }
}

/// Routes under a common path: `Group("/orders") { … }`.
public struct Group: RouteElement {
    /// What it stands for in a block of routes.
    public let routes: Routes

    /// - Parameter path: the segments that come before the paths inside; may contain `{name}` segments.
    public init(_ path: String, @RouteBuilder _ content: () -> Routes) {
        routes = content().mapping { $0.template = RouteTemplate.join(path, $0.template) }
    }
}

/// One route for a method that has no type of its own here, for several, or for every method.
public struct Route: RouteElement {
    /// What it stands for in a block of routes.
    public let routes: Routes

    /// Answers `methods` at `path`.
    public init<Answer: ResponseConvertible>(
        _ methods: HTTP.Method..., path: String, file: String = #fileID, line: UInt = #line,
        handler: nonisolated(nonsending) @escaping @Sendable (Request) async throws -> Answer
    ) {
        routes = Routes(methods, path, SourcePlace(file: file, line: line), .answering(handler))
    }

    /// Answers `methods` at `path`, with a handler that waits for nothing.
    public init<Answer: ResponseConvertible>(
        _ methods: HTTP.Method..., path: String, file: String = #fileID, line: UInt = #line,
        handler: @escaping @Sendable (Request) throws -> Answer
    ) {
        routes = Routes(methods, path, SourcePlace(file: file, line: line), .answering(handler))
    }

    /// Answers `methods` at `path`, with a handler that is called when all of the content is there.
    public init<Content: RequestContent, Answer: ResponseConvertible>(
        _ methods: HTTP.Method..., path: String, file: String = #fileID, line: UInt = #line,
        handler: nonisolated(nonsending) @escaping @Sendable (Request, Content) async throws -> Answer
    ) {
        routes = Routes(methods, path, SourcePlace(file: file, line: line), .answering(handler))
    }

    /// Answers `methods` at `path`, with a handler that is called when all of the content is there, and waits for nothing else.
    public init<Content: RequestContent, Answer: ResponseConvertible>(
        _ methods: HTTP.Method..., path: String, file: String = #fileID, line: UInt = #line,
        handler: @escaping @Sendable (Request, Content) throws -> Answer
    ) {
        routes = Routes(methods, path, SourcePlace(file: file, line: line), .answering(handler))
    }
}

extension Routes {
    /// - Parameter methods: every one when there is none.
    fileprivate init(_ methods: [HTTP.Method], _ path: String, _ place: SourcePlace, _ handler: RouteHandler) {
        let answered = methods.isEmpty ? [nil] : methods.map(Optional.some)
        self.init(
            answered.map { method in
                RouteDefinition(
                    method: method, template: RouteTemplate.join("", path), place: place, handler: handler)
            })
    }

    init(_ method: HTTP.Method, _ path: String, _ file: String, _ line: UInt, _ handler: RouteHandler) {
        self.init([method], path, SourcePlace(file: file, line: line), handler)
    }
}
