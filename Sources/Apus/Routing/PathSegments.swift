import ApusHTTP

/// Takes a path apart, and decodes each segment once.
enum PathSegments {
    /// The segments between the slashes; one slash at the end is passed over.
    ///
    /// `%2F` stays inside its segment. A segment that is `.` or `..`, however it is written, is refused: no client sends one (RFC 3986
    /// §5.2.4 has it removed before), and none shall climb out of a folder.
    static func decode(_ path: ArraySlice<UInt8>) throws(PathError) -> [String] {
        var segments: [String] = []
        var start = path.startIndex
        if start < path.endIndex, path[start] == UInt8(ascii: "/") { start += 1 }
        while start < path.endIndex {
            let end = path[start...].firstIndex(of: UInt8(ascii: "/")) ?? path.endIndex
            segments.append(try segment(path[start..<end]))
            start = end + 1
        }
        return segments
    }

    private static func segment(_ octets: ArraySlice<UInt8>) throws(PathError) -> String {
        let text: String
        if octets.contains(UInt8(ascii: "%")) {
            do throws(PercentCodingError) {
                text = try PercentCoding.decode(octets)
            } catch {
                throw .badEncoding(error)
            }
        } else {
            text = String(decoding: octets, as: UTF8.self)
        }
        if text == "." || text == ".." { throw .dotSegment }
        return text
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
