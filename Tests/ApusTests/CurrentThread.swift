import Foundation

/// The thread on which this runs.
enum CurrentThread {
    static var identity: UInt { UInt(pthread_self()) }

    /// The name that it was started with, from proc(5).
    static var name: String {
        let name = try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)
        return name?.split(separator: "\n").first.map(String.init) ?? ""
    }
}
