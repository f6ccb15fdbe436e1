public import ApusHTTP

extension Request {
    /// Reads the content as a form of type `application/x-www-form-urlencoded`, which is what a plain HTML form sends.
    ///
    /// `+` is a space, everything else is percent-encoded UTF-8 (WHATWG URL §5.1). Like all content it can be read
    /// once.
    ///
    /// ```swift
    /// let form = try await request.form()
    /// guard let name = form["username"] else { throw Problem(.badRequest, "The form has no username.") }
    /// ```
    ///
    /// - Parameters:
    ///   - limit: the most octets to take; nil for the limit of the route, or else of the server.
    ///   - maximumItems: the most fields to take.
    /// - Throws: as `RequestBody.collect(upTo:)`; `Problem` 415 for content of another type, and 400 when there is no
    ///   content, when it is malformed, or when it has more fields than the limit. A form without fields is no error.
    public func form(
        upTo limit: Int? = nil, maximumItems: Int = HTTP.Query.defaultLimit
    ) async throws -> HTTP.Query {
        let types = headers.values(of: .contentType)
        guard let type = types.first else {
            throw Problem(.badRequest, "The request has no form; expected application/x-www-form-urlencoded.")
        }
        guard types.count == 1, Self.isForm(type) else {
            throw Problem(
                .unsupportedMediaType, "Expected a form of type application/x-www-form-urlencoded in UTF-8.")
        }
        let octets = try await body.collect(upTo: limit)
        do {
            return try HTTP.Query(octets: octets[...], limit: maximumItems)
        } catch {
            throw Problem(.badRequest, "The form is malformed: \(error)", cause: error)
        }
    }

    /// The type has no parameters (WHATWG URL §5.1); a charset is common all the same, and must not be another than
    /// UTF-8.
    private static func isForm(_ type: String) -> Bool {
        let parts = type.lowercased().split(separator: ";", omittingEmptySubsequences: false).map { part in
            part.trimming { $0 == " " || $0 == "\t" }
        }
        guard parts.first == "application/x-www-form-urlencoded" else { return false }
        return parts.dropFirst().allSatisfy { parameter in
            guard parameter.hasPrefix("charset=") else { return true }
            return ["charset=utf-8", "charset=\"utf-8\""].contains(parameter)
        }
    }
}

extension Substring {
    /// The text without what satisfies a condition at either end.
    fileprivate func trimming(_ isDropped: (Character) -> Bool) -> Substring {
        var text = drop(while: isDropped)
        while let last = text.last, isDropped(last) { text.removeLast() }
        return text
    }
}
