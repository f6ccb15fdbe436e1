import ApusHTTP

/// Where in a request's path the values of its route's `{name}` segments stand.
package struct RouteSegments: Sendable {
    private let firstTwo: PathValues.Two
    /// Nil for a path that means what it says, and leads to a route with at most two values.
    private let rare: Rare?

    /// A class, because few requests need the room.
    private final class Rare: Sendable {
        let path: RequestPath
        let values: PathValues

        init(_ path: RequestPath, _ values: PathValues) {
            self.path = path
            self.values = values
        }
    }

    /// Those of a route that has none.
    @inline(__always)
    package init() {
        firstTwo = PathValues.Two()
        rare = nil
    }

    init(_ values: PathValues, of path: RequestPath) {
        firstTwo = values.firstTwo
        rare = path.isAsReceived && values.areFew ? nil : Rare(path, values)
    }

    /// - Parameter head: that of the request.
    func value(at index: Int, of head: HTTP.RequestHead) -> String {
        if let rare { return rare.path.text(rare.values[index], of: head) }
        return RequestPath.text(index == 0 ? firstTwo.first.range : firstTwo.second.range, asReceivedIn: head)
    }
}
