import ApusHTTP
import Testing

@Suite struct DecodingErrorTests {
    @Test(arguments: InvalidRequest.corpus)
    func `says what was expected and echoes nothing`(_ request: InvalidRequest) throws {
        // A marker where the peer's own words stand, in the target and in a field.
        let text = String(decoding: request.octets, as: UTF8.self)
            .replacing("HTTP/1.1\r\nHost: a\r\n", with: "HTTP/1.1\r\nHost: a\r\nX: s3cret\r\n", maxReplacements: 1)
        let error = try #require(Transcript(text).failure)
        #expect(error.description.hasPrefix("Expected ") && error.description.hasSuffix("."))
        #expect(!error.description.contains("s3cret") && !String(reflecting: error).contains("s3cret"))
    }

    @Test func `names the limit that was passed`() {
        #expect(HTTP.DecodingError(.tooManyFields(limit: 7)).description.contains("7"))
        #expect(HTTP.DecodingError(.requestLineTooLong(limit: 7)).description.contains("7"))
    }
}
