import ApusHTTP
import Testing

/// Requests that RFC 9112 allows, with what they mean.
struct ValidRequest: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    var methods: [String] = ["GET"]
    var contents: [String] = [""]
    var trailers: [String: String] = [:]

    var octets: [UInt8] { Array(text.utf8) }

    static let corpus = [
        ValidRequest(
            testDescription: "the example of RFC 9112 §2.1",
            text: "GET /hello.txt HTTP/1.1\r\nUser-Agent: curl/7.64.1\r\nHost: www.example.com\r\n"
                + "Accept-Language: en, mi\r\n\r\n"),
        ValidRequest(
            testDescription: "absolute form, RFC 9112 §3.2.2",
            text: "GET http://www.example.org/pub/WWW/TheProject.html HTTP/1.1\r\nHost: www.example.org\r\n\r\n"),
        ValidRequest(
            testDescription: "authority form, RFC 9112 §3.2.3",
            text: "CONNECT www.example.com:80 HTTP/1.1\r\nHost: www.example.com\r\n\r\n", methods: ["CONNECT"]),
        ValidRequest(
            testDescription: "asterisk form, RFC 9112 §3.2.4",
            text: "OPTIONS * HTTP/1.1\r\nHost: www.example.org:8001\r\n\r\n", methods: ["OPTIONS"]),
        ValidRequest(
            testDescription: "chunks, extensions and trailers, RFC 9112 §7.1",
            text: "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
                + "4;x\r\nWiki\r\n5;y=z;q=\"a;\\\"b\"\r\npedia\r\nE\r\n in\r\n\r\nchunks.\r\n000\r\nX-Sum: 7\r\n\r\n",
            methods: ["POST"], contents: ["Wikipedia in\r\n\r\nchunks."], trailers: ["X-Sum": "7"]),
        ValidRequest(
            testDescription: "the coding's name in another case, RFC 9112 §7",
            text: "POST /c HTTP/1.1\r\nHost: a\r\ntransfer-encoding:CHUNKED\r\n\r\na\r\n0123456789\r\n0\r\n\r\n",
            methods: ["POST"], contents: ["0123456789"]),
        ValidRequest(
            testDescription: "a length, RFC 9112 §6.2",
            text: "PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nHello",
            methods: ["PUT"], contents: ["Hello"]),
        ValidRequest(
            testDescription: "no Host in HTTP/1.0", text: "GET / HTTP/1.0\r\n\r\n"),
        ValidRequest(
            testDescription: "an empty Host, RFC 9110 §7.2", text: "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
        ValidRequest(
            testDescription: "one empty line before each request, RFC 9112 §2.2",
            text: "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n\r\nHEAD / HTTP/1.1\r\nHost: a\r\n\r\n",
            methods: ["GET", "HEAD"], contents: ["", ""]),
        ValidRequest(
            testDescription: "two requests in chunks",
            text: "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;a\r\nx\r\n0\r\nA: b\r\n\r\n"
                + "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\ny\r\n0\r\n\r\n",
            methods: ["PUT", "PUT"], contents: ["x", "y"]),
        ValidRequest(
            testDescription: "whitespace around a value and octets above ASCII in it, RFC 9110 §5.5",
            text: "GET / HTTP/1.1\r\nHost: a\r\nX-Name: \t Jürgen \t\r\nX-Empty:\r\n\r\n"),
        ValidRequest(
            testDescription: "three requests one after the other, RFC 9112 §9.3.2",
            text: "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\none"
                + "\r\nDELETE /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"
                + "PATCH /3 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nthree\r\n0\r\n\r\n",
            methods: ["POST", "DELETE", "PATCH"], contents: ["one", "", "three"]),
    ]
}
