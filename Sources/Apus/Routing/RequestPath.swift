import ApusHTTP

/// A request's path, decoded once, on its way through the routes.
///
/// Most paths mean what they say. Those stay where they are, in the request's head, which has to be at hand then.
struct RequestPath: Sendable {
    /// A class, because few paths need the room.
    private final class Decoded: Sendable {
        /// A slash may be part of a segment.
        let octets: [UInt8]
        let ends: [Int]

        init(_ octets: [UInt8], ends: [Int]) {
            self.octets = octets
            self.ends = ends
        }
    }

    /// Nil when there is nothing to decode.
    private let decoded: Decoded?

    /// `%2F` stays inside its segment.
    ///
    /// A segment that is or holds `.` or `..`, however it is written, is refused: no client sends one (RFC 3986 §5.2.4 has it
    /// removed before), and none shall climb out of a folder.
    @inline(__always)
    init(of head: HTTP.RequestHead) throws(PathError) {
        decoded = head.isPathPlain ? nil : try Self.decode(head.pathBytes)
    }

    private static func decode(_ path: ArraySlice<UInt8>) throws(PathError) -> Decoded? {
        guard needsDecoding(path) else { return nil }
        var octets: [UInt8] = []
        var ends: [Int] = []
        for segment in path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst() {
            octets.append(UInt8(ascii: "/"))
            let text: String
            do throws(PercentCodingError) {
                text = try PercentCoding.decode(segment)
            } catch {
                throw .badEncoding(error)
            }
            if text.split(whereSeparator: { $0 == "/" || $0 == "\\" }).contains(where: { $0 == "." || $0 == ".." }) {
                throw .dotSegment
            }
            octets.append(contentsOf: text.utf8)
            ends.append(octets.count)
        }
        return Decoded(octets, ends: ends)
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

    /// Its octets are those of the request, so that a slash among them is one between segments.
    var isAsReceived: Bool { decoded == nil }

    /// Has `body` look at the octets of the path.
    ///
    /// - Parameter head: that which the path is of.
    @inline(__always)
    func withOctets(of head: HTTP.RequestHead, _ body: (Span<UInt8>) -> Void) {
        guard let decoded else { return head.withPath(body) }
        let octets = decoded.octets
        body(octets.span)
    }

    /// The segment behind the slash at `slash`; nil at the end of the path.
    ///
    /// One slash at the end is passed over.
    ///
    /// - Parameter octets: those of the path.
    func segment(of octets: Span<UInt8>, after slash: Int) -> Range<Int>? {
        let start = slash + 1
        guard start < octets.count else { return nil }
        if let decoded { return decoded.ends.first { $0 >= start }.map { start..<$0 } }
        return start..<Self.nextSlash(in: octets, from: start)
    }

    /// Eight octets are looked at together.
    private static func nextSlash(in octets: Span<UInt8>, from start: Int) -> Int {
        let bytes = octets.bytes
        var position = start
        while position &+ 8 <= octets.count {
            let word = UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
            // Zero where a slash is; of the marks of such octets the first is surely right.
            let difference = word ^ 0x2F2F_2F2F_2F2F_2F2F
            let found = (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
            guard found == 0 else { return position &+ found.trailingZeroBitCount &>> 3 }
            position &+= 8
        }
        while position < octets.count, octets[position] != UInt8(ascii: "/") { position &+= 1 }
        return position
    }

    /// A part of the path.
    ///
    /// - Parameter head: that which the path is of.
    func text(_ range: Range<Int>, of head: HTTP.RequestHead) -> String {
        var text = ""
        withOctets(of: head) { text = Self.text($0.extracting(range)) }
        return text
    }

    /// The same of a path that is as it was received.
    static func text(_ range: Range<Int>, asReceivedIn head: HTTP.RequestHead) -> String {
        var text = ""
        head.withPath { text = Self.text($0.extracting(range)) }
        return text
    }

    private static func text(_ octets: Span<UInt8>) -> String {
        octets.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
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
