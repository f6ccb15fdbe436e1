import ApusHTTP
import Testing

@Suite struct MethodTests {
    @Test(arguments: [
        ("GET", HTTP.Method.get), ("HEAD", .head), ("POST", .post), ("PUT", .put), ("DELETE", .delete),
        ("CONNECT", .connect), ("OPTIONS", .options), ("TRACE", .trace), ("PATCH", .patch),
        // RFC 9110 §9.1: methods are case-sensitive.
        ("get", .other("get")), ("GETS", .other("GETS")), ("PROPFIND", .other("PROPFIND")),
        ("BASELINE-CONTROL", .other("BASELINE-CONTROL")),
    ])
    func `knows a method by its token`(_ token: String, _ method: HTTP.Method) {
        #expect(HTTP.Method(token) == method)
        #expect(method.token == token && method.description == token)
    }

    @Test(arguments: ["", "G T", "GET ", "GET\r\n", "ü", "G(T", "GET/"])
    func `refuses what is not a token`(_ token: String) {
        #expect(HTTP.Method(token) == nil)
    }
}
