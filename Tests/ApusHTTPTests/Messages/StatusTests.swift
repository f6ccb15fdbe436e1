import ApusHTTP
import Testing

@Suite struct StatusTests {
    /// Some of IANA's registry, among them names that were changed by RFC 9110.
    @Test(arguments: [
        (HTTP.Status.continue, 100, "Continue"), (.ok, 200, "OK"), (.created, 201, "Created"),
        (.noContent, 204, "No Content"), (.permanentRedirect, 308, "Permanent Redirect"),
        (.unauthorized, 401, "Unauthorized"), (.contentTooLarge, 413, "Content Too Large"),
        (.uriTooLong, 414, "URI Too Long"), (.expectationFailed, 417, "Expectation Failed"),
        (.unprocessableContent, 422, "Unprocessable Content"), (.tooManyRequests, 429, "Too Many Requests"),
        (.requestHeaderFieldsTooLarge, 431, "Request Header Fields Too Large"),
        (.httpVersionNotSupported, 505, "HTTP Version Not Supported"),
    ])
    func `has the code and phrase of the registry`(_ status: HTTP.Status, _ code: Int, _ phrase: String) {
        #expect(status.code == code && status.reasonPhrase == phrase && status == HTTP.Status(code: code))
        #expect(status.description == "\(code) \(phrase)")
    }

    @Test func `takes a code that is not registered`() {
        let status = HTTP.Status(code: 799)
        #expect(status.code == 799 && status.reasonPhrase.isEmpty && status.description == "799")
    }

    @Test(arguments: [(100, true), (103, true), (200, false), (204, true), (205, false), (304, true), (404, false)])
    func `knows which responses have no content, by RFC 9110 §6.4.1`(_ code: Int, _ expected: Bool) {
        #expect(HTTP.Status(code: code).forbidsContent == expected)
    }

    @Test func `stops a program that gives no three-digit code`() async {
        await #expect(processExitsWith: .failure) { print(HTTP.Status(code: 99)) }
        await #expect(processExitsWith: .failure) { print(HTTP.Status(code: 1_000)) }
    }
}
