@testable import Apus
@testable import ApusHTTP
@testable import ApusTesting

extension Fuzzer {
    /// What another server answers: it reads the same however it is split, and as the test client reads it.
    static let response = Fuzzer(name: "http-response") { (octets) throws(Violation) in
        let whole = try ReadResponse(feeding: [octets])
        for pieces in InputSplitting.splits(of: octets) {
            let split = try ReadResponse(feeding: pieces)
            try require(split == whole, "A response reads the same however it is split: \(split), \(whole)")
        }
        try checkAge(whole.fields)
        guard whole.isComplete, let other = readByTestClient(octets) else { return }
        try require(whole.status == other.status && whole.content == other.octets, "Two readers agree: \(whole)")
        let isSame = zip(whole.fields, other.headers).allSatisfy { first, second in
            first.name == second.name && first.value.utf8.elementsEqual(second.value.utf8)
        }
        // The test client takes each octet that is not UTF-8 for U+FFFD, the decoder takes it for ISO-8859-1.
        let isText = String(validating: octets, as: UTF8.self) != nil
        try require(whole.fields.count == other.headers.count && (isSame || !isText), "Two readers agree about fields")
    }

    /// Nil also for what the test client alone refuses.
    private static func readByTestClient(_ octets: [UInt8]) -> TestResponse? {
        var parser = ResponseParser()
        parser.receive(octets.span)
        parser.receiveEnd()
        return try? parser.next(to: .get)
    }

    private static func checkAge(_ fields: HTTP.Fields) throws(Violation) {
        guard let age = FetchedResponse.maximumAge(fields) else {
            let directives = (fields[.cacheControl] ?? "").lowercased().split(separator: ",").map { directive in
                directive.drop { $0 == " " }
            }
            try require(!directives.contains("no-store"), "What must not be stored is not fresh")
            return
        }
        try require(age >= .zero && age <= .seconds(1 << 31), "A response is fresh for no less than no time")
    }
}

/// What a decoder says about one response, in a form that can be compared.
private struct ReadResponse: Equatable {
    private(set) var status = HTTP.Status.ok
    private(set) var fields = HTTP.Fields()
    private(set) var content: [UInt8] = []
    private(set) var isComplete = false
    private(set) var failure: ResponseDecodingError?

    private static let maximumContent = 1_024

    init(feeding pieces: [[UInt8]]) throws(Violation) {
        var decoder = ResponseDecoder(maximumContent: Self.maximumContent)
        do throws(ResponseDecodingError) {
            for piece in pieces where !isComplete { isComplete = try decoder.receive(piece.span) }
            if !isComplete {
                try decoder.receiveEnd()
                isComplete = true
            }
        } catch {
            failure = error
        }
        try require(decoder.content.count <= Self.maximumContent, "The limit of content holds")
        guard failure == nil else { return }
        (status, fields, content) = (decoder.status, decoder.fields, decoder.content)
        try require((200...599).contains(status.code), "Interim responses are passed over")
    }
}
