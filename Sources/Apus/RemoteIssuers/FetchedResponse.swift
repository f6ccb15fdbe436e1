import ApusHTTP
import ApusJOSE

/// A response as the owner of a key set sees it, and what others want of it besides.
struct FetchedResponse: Sendable {
    let answer: KeySetAnswer
    /// The media type of the content in lower case, without parameters; nil when it does not say.
    let mediaType: String?
    /// Where the document is instead; nil unless the response says so (RFC 9110 §15.4).
    let redirect: String?

    init(_ decoder: ResponseDecoder) {
        let fields = decoder.fields
        switch decoder.status.code {
        case 301, 302, 303, 307, 308: redirect = fields[.location]
        default: redirect = nil
        }
        mediaType = fields[.contentType].map { type in
            (type.split(separator: ";", maxSplits: 1).first ?? "").trimmingSpaces.lowercased()
        }
        answer = KeySetAnswer(
            status: decoder.status.code, body: decoder.content, entityTag: fields[.etag],
            maximumAge: Self.maximumAge(fields))
    }

    /// For how long the response is fresh (RFC 9111 §4.2); nil when it does not say.
    static func maximumAge(_ fields: HTTP.Fields) -> Duration? {
        guard let control = fields[.cacheControl] else { return nil }
        var seconds: Int?
        for directive in control.split(separator: ",") {
            let parts = directive.split(separator: "=", maxSplits: 1).map { $0.trimmingSpaces.lowercased() }
            switch parts.first {
            case "no-store", "no-cache": return .zero
            case "max-age":
                // RFC 9111 §5.2: the quoted form is to be read as well. Of several the shortest is believed.
                let text = parts.count == 2 ? parts[1].trimmingQuotes : ""
                guard !text.isEmpty, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return .zero }
                seconds = min(seconds ?? .max, Int(text) ?? .max)
            default: break
            }
        }
        // What a cache on the way has used up already.
        let age = fields[.age].flatMap { Int($0) } ?? 0
        return seconds.map { .seconds(max(0, min($0, 1 << 31) - max(0, age))) }
    }
}

extension StringProtocol {
    fileprivate var trimmingSpaces: SubSequence {
        var text = self[...].drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text = text.dropLast() }
        return text
    }

    fileprivate var trimmingQuotes: SubSequence {
        guard count >= 2, first == "\"", last == "\"" else { return self[...] }
        return dropFirst().dropLast()
    }
}

/// Why a document could not be fetched.
enum FetchError: Error, Equatable, CustomStringConvertible {
    case addressRefused(String)
    case redirectRefused(String)
    case tooManyRedirects(limit: Int)
    case tooSlow
    case nobodyThere

    var description: String {
        switch self {
        case .addressRefused(let url):
            "The address '\(EchoedText(url))' is not one of https without user and fragment; nothing is fetched by another way"
        case .redirectRefused(let location):
            "The server redirects to '\(EchoedText(location))', where nothing is to be sent; configure the final address"
        case .tooManyRedirects(let limit): "The server redirects more than \(limit) times"
        case .tooSlow: "The server has not answered in time"
        case .nobodyThere: "The server does not answer"
        }
    }
}
