@testable import ApusHTTP

extension Fuzzer {
    /// Dates in the three forms of RFC 9110 §5.6.7: what is read is written as a date that reads the same.
    static let date = Fuzzer(name: "http-date") { (octets) throws(Violation) in
        let text = String(decoding: octets, as: UTF8.self)
        for now in [nil, 784_111_777, 4_000_000_000] {
            guard let seconds = IMFFixdate.parse(text, now: now) else { continue }
            let written = IMFFixdate.format(secondsSince1970: seconds)
            try require(written.count == 29, "A date has 29 octets")
            let again = IMFFixdate.parse(String(decoding: written, as: UTF8.self))
            // A leap second at the end of the year 9999 is one that four digits cannot show.
            try require(again == min(seconds, 253_402_300_799), "What is written reads the same")
            let isLeapSecond = text.contains(":60 ")
            if text.utf8.count == 29, !isLeapSecond {
                try require(written == octets, "The preferred form has one text")
            }
        }
    }
}
