import ApusHTTP

/// A request's path, decoded once, on its way through the routes.
struct RequestPath: Sendable {
    /// The path; percent-encoded octets have been decoded, so that a slash may be part of a segment.
    let octets: ArraySlice<UInt8>

    /// Where each segment ends; nil when the slashes tell.
    private let ends: [Int]?

    /// `%2F` stays inside its segment.
    ///
    /// A segment that is or holds `.` or `..`, however it is written, is refused: no client sends one (RFC 3986 §5.2.4 has it
    /// removed before), and none shall climb out of a folder.
    ///
    /// - Parameter isPlain: there is surely nothing to decode or to refuse, so that nobody needs to look.
    init(_ path: ArraySlice<UInt8>, isPlain: Bool = false) throws(PathError) {
        guard !isPlain, Self.needsDecoding(path) else {
            octets = path
            ends = nil
            return
        }
        var decoded: [UInt8] = []
        var ends: [Int] = []
        for segment in path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst() {
            decoded.append(UInt8(ascii: "/"))
            let text: String
            do throws(PercentCodingError) {
                text = try PercentCoding.decode(segment)
            } catch {
                throw .badEncoding(error)
            }
            if text.split(whereSeparator: { $0 == "/" || $0 == "\\" }).contains(where: { $0 == "." || $0 == ".." }) {
                throw .dotSegment
            }
            decoded.append(contentsOf: text.utf8)
            ends.append(decoded.count)
        }
        octets = decoded[...]
        self.ends = ends
    }

    /// True for a path with a percent sign or a backslash, or with a segment that begins with a dot: the usual path has neither.
    private static func needsDecoding(_ path: ArraySlice<UInt8>) -> Bool {
        var previous: UInt8 = 0
        for octet in path {
            switch octet {
            case UInt8(ascii: "%"), UInt8(ascii: "\\"): return true
            case UInt8(ascii: ".") where previous == UInt8(ascii: "/"): return true
            default: previous = octet
            }
        }
        return false
    }

    /// The segment behind the slash at `slash`; nil at the end of the path.
    ///
    /// One slash at the end is passed over.
    func segment(after slash: Int) -> Range<Int>? {
        let start = slash + 1
        guard start < octets.endIndex else { return nil }
        if let ends {
            guard let end = ends.first(where: { $0 >= start }) else { return nil }
            return start..<end
        }
        let rest = octets.span.extracting(droppingFirst: start - octets.startIndex)
        var length = 0
        while length < rest.count, rest[length] != UInt8(ascii: "/") { length &+= 1 }
        return start..<start + length
    }

    func text(_ range: Range<Int>) -> String {
        String(decoding: octets[range], as: UTF8.self)
    }
}

/// Why a path is refused before any route sees it.
package enum PathError: Error {
    case badEncoding(PercentCodingError)
    case dotSegment

    var problem: Problem {
        switch self {
        case .badEncoding(let error):
            Problem(.badRequest, "The path is malformed: \(error)", cause: error)
        case .dotSegment:
            Problem(.badRequest, "The path has a segment '.' or '..'; send the path that it leads to.")
        }
    }
}
