import Foundation

@testable import Apus
@testable import ApusHTTP

extension Fuzzer {
    /// Addresses to go back to: what is followed stays at the origin, by Foundation's reading and by that of a lax browser.
    static let returnURL = Fuzzer(name: "return-url") { (octets) throws(Violation) in
        let text = String(decoding: octets, as: UTF8.self)
        guard LocalReference.isLocal(text) else { return }
        // WHATWG URL §4.4: tabs and line ends are dropped, controls and spaces at the ends as well, and \ is /.
        let dropped = text.unicodeScalars.filter { $0 != "\t" && $0 != "\n" && $0 != "\r" }
        let lax = String(String.UnicodeScalarView(dropped.drop { $0.value <= 0x20 })).replacing("\\", with: "/")
        try require(lax.hasPrefix("/") && !lax.hasPrefix("//"), "A lax browser finds no other host")
        if let url = URL(string: text, relativeTo: URL(string: "https://here.example/login")) {
            try require(url.host == "here.example" && url.scheme == "https", "The address stays at its origin")
        }
        var fields = HTTP.Fields()
        _ = try succeed("What is followed can stand in Location") { try fields.append(.location, text) }
        try require(fields[.location] == text, "Location is what was checked")
        let encoded = PercentCoding.encode(text)
        let query = try succeed("It can stand in a query") { try HTTP.Query("ReturnUrl=" + encoded) }
        try require(query["ReturnUrl"] == text, "It comes back from a query as it was")
    }
}
