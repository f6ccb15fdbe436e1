/// Writes each record to several destinations, in their order.
public struct CombinedLog: LogDestination {
    private let destinations: [any LogDestination]

    /// Makes a destination of several.
    public init(_ destinations: any LogDestination...) {
        self.destinations = destinations
    }

    /// Writes the record everywhere.
    public func write(_ record: LogRecord) {
        for destination in destinations { destination.write(record) }
    }
}
