import ApusHTTP
import Testing

@testable import Apus

/// How long an answer is fresh (RFC 9111 §4.2, §5.2).
@Suite struct FetchedResponseTests {
    static let controls: [(control: String, age: String?, freshness: Duration?)] = [
        ("public, max-age=60", nil, .seconds(60)),
        ("MAX-AGE=60", nil, .seconds(60)),
        ("max-age=\"60\"", nil, .seconds(60)),
        ("max-age=60, max-age=30", nil, .seconds(30)),
        ("max-age=60", "20", .seconds(40)),
        ("max-age=60", "90", .zero),
        ("no-store", nil, .zero),
        ("max-age=60, no-cache", nil, .zero),
        ("max-age=-1", nil, .zero),
        ("max-age=", nil, .zero),
        ("max-age=99999999999999999999", nil, .seconds(1 << 31)),
        ("public", nil, nil),
        ("", nil, nil),
    ]

    @Test(arguments: controls)
    func `reads Cache-Control and Age`(control: String, age: String?, freshness: Duration?) throws {
        var fields = HTTP.Fields()
        try fields.set(.cacheControl, control)
        if let age { try fields.set(.age, age) }
        #expect(FetchedResponse.maximumAge(fields) == freshness)
    }

    @Test func `knows nothing without Cache-Control`() {
        #expect(FetchedResponse.maximumAge(HTTP.Fields()) == nil)
    }
}
