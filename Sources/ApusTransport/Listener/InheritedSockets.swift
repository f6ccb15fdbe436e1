import Synchronization

/// The listening sockets that a service manager has opened for this process (sd_listen_fds(3)).
package final class InheritedSockets: Sendable {
    /// Which of them.
    package enum Choice: Sendable, Equatable, CustomStringConvertible {
        /// By its name in `LISTEN_FDNAMES`; the first of this name that is not taken.
        case name(String)
        /// By its place, from 0.
        case index(Int)

        package var description: String {
            switch self {
            case .name(let name): "'\(name)'"
            case .index(let index): "number \(index)"
            }
        }
    }

    private struct Socket {
        let name: String
        let descriptor: Int32
        var isTaken = false
    }

    /// SD_LISTEN_FDS_START.
    package static let firstDescriptor: Int32 = 3
    private static let maximumCount: Int32 = 1_024

    private let sockets: Mutex<[Socket]>

    /// Those of this process; the variables are removed, so that its children do not take them for theirs.
    package static let current: InheritedSockets = {
        let names = ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"]
        let values = names.map(Syscall.takeVariable)
        return InheritedSockets(process: values[0], count: values[1], names: values[2])
    }()

    /// - Parameters:
    ///   - process: whom the sockets are for; they are not taken when that is another.
    ///   - names: one for each, with a colon between.
    ///   - first: the descriptor of the first; the others follow.
    package init(process: String?, count: String?, names: String?, first: Int32 = firstDescriptor) {
        let isMeant = process.flatMap { Int($0) } == Syscall.processNumber
        let count = isMeant ? min(max(count.flatMap { Int32($0) } ?? 0, 0), Self.maximumCount) : 0
        let names = names?.split(separator: ":", omittingEmptySubsequences: false) ?? []
        sockets = Mutex(
            (0..<count).map { index in
                let name = names.indices.contains(Int(index)) ? String(names[Int(index)]) : "unknown"
                return Socket(name: name, descriptor: first + index)
            })
    }

    /// Gives the descriptor away, once.
    ///
    /// - Throws: `ListenerError.notInherited` with what there is.
    func take(_ choice: Choice) throws(ListenerError) -> Int32 {
        let (descriptor, names) = sockets.withLock { sockets -> (Int32?, [String]) in
            let index =
                switch choice {
                case .name(let name): sockets.firstIndex { $0.name == name && !$0.isTaken }
                case .index(let index): sockets.indices.first { $0 == index && !sockets[$0].isTaken }
                }
            guard let index else { return (nil, sockets.map { $0.name + ($0.isTaken ? " (in use)" : "") }) }
            sockets[index].isTaken = true
            return (sockets[index].descriptor, [])
        }
        guard let descriptor else { throw .notInherited("\(choice)", found: names) }
        return descriptor
    }
}
