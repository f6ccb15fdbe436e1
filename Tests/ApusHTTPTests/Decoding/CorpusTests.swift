import ApusHTTP
import Testing

@Suite struct CorpusTests {
    @Test(arguments: ValidRequest.corpus) func `reads what RFC 9112 allows`(_ request: ValidRequest) {
        let transcript = Transcript(request.text)
        #expect(transcript.failure == nil)
        #expect(transcript.messages.map(\.method) == request.methods)
        #expect(transcript.messages.map(\.text) == request.contents)
        #expect(transcript.messages.map(\.isComplete) == request.methods.map { _ in true })
        #expect(transcript.rest.isEmpty && transcript.isBetweenMessages)
        var trailers: [String: String] = [:]
        for (name, value) in transcript.messages.last?.trailers ?? HTTP.Fields() { trailers[name] = value }
        #expect(trailers == request.trailers)
    }

    @Test(arguments: InvalidRequest.corpus) func `refuses what RFC 9112 forbids`(_ request: InvalidRequest) {
        let failure = Transcript(feeding: [request.octets]).failure
        #expect(failure?.reason == request.reason)
        #expect(failure?.status == request.status)
    }

    @Test(arguments: ValidRequest.corpus) func `reads the same however it is split`(_ request: ValidRequest) {
        let whole = Transcript(feeding: [request.octets])
        for index in request.octets.indices {
            let pieces = [Array(request.octets[..<index]), Array(request.octets[index...])]
            #expect(Transcript(feeding: pieces) == whole, "split at \(index)")
        }
        #expect(Transcript(feeding: request.octets.map { [$0] }) == whole)
    }

    @Test(arguments: InvalidRequest.corpus) func `refuses the same however it is split`(_ request: InvalidRequest) {
        let whole = Transcript(feeding: [request.octets]).failure
        for index in request.octets.indices {
            let pieces = [Array(request.octets[..<index]), Array(request.octets[index...])]
            #expect(Transcript(feeding: pieces).failure == whole, "split at \(index)")
        }
        #expect(Transcript(feeding: request.octets.map { [$0] }).failure == whole)
    }

    @Test(arguments: ValidRequest.corpus) func `waits for the rest of what is cut off`(_ request: ValidRequest) {
        let whole = Transcript(feeding: [request.octets])
        for index in request.octets.indices {
            let cut = Transcript(feeding: [Array(request.octets[..<index])])
            #expect(cut.failure == nil, "cut at \(index)")
            #expect(cut != whole, "cut at \(index)")
        }
    }

    @Test(arguments: InvalidRequest.corpus)
    func `finds no other fault in what is cut off`(_ request: InvalidRequest) {
        let whole = Transcript(feeding: [request.octets]).failure
        for index in request.octets.indices {
            let failure = Transcript(feeding: [Array(request.octets[..<index])]).failure
            #expect(failure == nil || failure == whole, "cut at \(index)")
        }
    }

    @Test(arguments: [
        HTTP.DecoderLimits(),
        HTTP.DecoderLimits(
            requestLine: 30, fieldSectionBytes: 60, fieldCount: 2, chunkExtensionBytes: 3, trailerBytes: 9,
            trailerCount: 1),
    ])
    func `reads damaged requests the same however they are split, and never traps`(_ limits: HTTP.DecoderLimits) {
        var generator = SplitMix64(seed: 0xA9B5)
        let (valid, invalid) = (ValidRequest.corpus.map(\.octets), InvalidRequest.corpus.map(\.octets))
        for round in 0..<3_000 {
            var octets = (round.isMultiple(of: 4) ? invalid : valid).randomElement(using: &generator) ?? []
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                let index = octets.indices.randomElement(using: &generator) ?? 0
                octets[index] =
                    [0, 9, 10, 13, 32, 48, 58, 59, 127, .random(in: 0...255, using: &generator)]
                    .randomElement(using: &generator) ?? 0
            }
            let whole = Transcript(feeding: [octets], limits: limits)
            let dripped = Transcript(feeding: octets.map { [$0] }, limits: limits)
            #expect(dripped.failure == whole.failure && dripped.messages == whole.messages)
        }
    }
}
