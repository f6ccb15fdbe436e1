import ApusJOSE
import Foundation

/// The words behind a command, taken one by one.
struct Arguments {
    private var words: [String]

    init(_ words: [String]) {
        self.words = words
    }

    /// Takes the value behind each `--name`.
    mutating func values(of name: String) throws -> [String] {
        var values: [String] = []
        while let position = words.firstIndex(of: "--\(name)") {
            guard position + 1 < words.count else { throw UsageError("--\(name) needs a value behind it.") }
            values.append(words[position + 1])
            words.removeSubrange(position...position + 1)
        }
        return values
    }

    /// Takes the value behind `--name`, which may stand once.
    mutating func value(of name: String) throws -> String? {
        let values = try values(of: name)
        guard values.count < 2 else { throw UsageError("--\(name) stands twice.") }
        return values.first
    }

    mutating func required(_ name: String) throws -> String {
        guard let value = try value(of: name) else { throw UsageError("--\(name) is missing.") }
        return value
    }

    mutating func flag(_ name: String) -> Bool {
        guard let position = words.firstIndex(of: "--\(name)") else { return false }
        words.remove(at: position)
        return true
    }

    /// Takes all that is left, of which none may be an option that nobody asked for.
    mutating func rest() throws -> [String] {
        if let option = words.first(where: { $0.hasPrefix("--") }) { throw UsageError("\(option) is not known here.") }
        defer { words = [] }
        return words
    }

    /// Takes the one word that is left.
    mutating func last(_ meaning: String) throws -> String {
        let rest = try rest()
        guard rest.count == 1 else { throw UsageError("Expected one \(meaning), found \(rest.count).") }
        return rest[0]
    }
}

/// A command that was not understood.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ reason: String) {
        description = reason + "\n\n" + TokenTool.usage
    }
}

/// Reads a file, or standard input for `-`.
func contents(of path: String) throws -> [UInt8] {
    if path == "-" { return [UInt8](FileHandle.standardInput.readDataToEndOfFile()) }
    guard let data = FileManager.default.contents(atPath: path) else { throw UsageError("Cannot read '\(path)'.") }
    return [UInt8](data)
}

/// The keys in a file, whatever its form.
func keys(in path: String) throws -> [JWK] {
    let octets = try contents(of: path)
    let passphrase = ProcessInfo.processInfo.environment["TOKENTOOL_PASSPHRASE"]
    if let text = String(validating: octets, as: UTF8.self) {
        if text.contains("-----BEGIN") { return [try JWK(pem: text, passphrase: passphrase)] }
        let value = try JSONValue.parse(text)
        return value["keys"] == nil ? [try JWK(json: text)] : try JWKSet(json: text).keys
    }
    do throws(KeyError) {
        return [try JWK(der: octets, passphrase: passphrase)]
    } catch {
        // Then it is the DER of a key, only that it cannot be opened.
        if error == .passphraseMissing || error == .passphraseWrong { throw error }
    }
    do throws(KeyError) {
        return [try JWK(pkcs12: octets, passphrase: passphrase ?? "")]
    } catch {
        throw error == .passphraseWrong && passphrase == nil ? .passphraseMissing : error
    }
}

/// Makes of each key in a file what it is needed for; those of a set that are for other uses are left out.
func keys<Key>(in path: String, as make: (JWK) throws -> Key) throws -> [Key] {
    var failure: (any Error)?
    let usable = try keys(in: path).compactMap { key -> Key? in
        do {
            return try make(key)
        } catch {
            failure = failure ?? error
            return nil
        }
    }
    if usable.isEmpty { throw failure ?? UsageError("There is no key in '\(path)'.") }
    return usable
}
