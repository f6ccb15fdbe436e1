/// The values of a route's `{name}` segments, percent-decoded once.
public struct Parameters: Sendable {
    private let request: Request

    init(of request: Request) {
        self.request = request
    }

    /// The value of `{name}`; nil when the route has no such segment.
    public subscript(name: String) -> String? {
        guard let index = request.compiledRoute?.parameterNames.firstIndex(of: name) else { return nil }
        return request.segments.value(at: index, of: request.head)
    }

    /// The value of `{name}` as another type, such as `Int`, `UUID` or an enum of your own.
    ///
    /// - Throws: `Problem` 404 when the value is not one of that type: such a resource does not exist; 500 when the route has no
    ///   such segment.
    public func require<Value: LosslessStringConvertible>(_ name: String, as type: Value.Type = Value.self) throws
        -> Value
    {
        guard let text = self[name] else {
            throw Problem(
                .internalServerError,
                cause: ParameterError.noSuchSegment(name, known: request.compiledRoute?.parameterNames ?? []))
        }
        guard let value = Value(text) else {
            throw Problem(.notFound, "The segment '\(name)' of the path is not a valid \(Value.self).")
        }
        return value
    }
}

/// A handler asked for a segment that its route does not have.
enum ParameterError: Error, CustomStringConvertible {
    case noSuchSegment(String, known: [String])

    var description: String {
        switch self {
        case .noSuchSegment(let name, let known):
            """
            The route has no segment '{\(name)}'; it has \(known.isEmpty ? "none" : known.joined(separator: ", ")). \
            Name the segment in the route's path, or correct the name here.
            """
        }
    }
}
