import ApusJOSE

extension PasswordHash {
    /// Why a text is not the hash of a password; never the text itself.
    public enum TextError: Error, Hashable, Sendable, CustomStringConvertible {
        /// It is not `$scrypt$ln=…,r=…,p=…$salt$hash` in the one way to write that.
        case malformed
        /// It names another function than scrypt.
        case unknownFunction
        /// Its numbers are none that scrypt allows, or demand more than `Cost.maximumOctets` and `Cost.maximumWork`.
        case costOutOfBounds
        /// The salt has less than 8 or more than 64 octets, or the hash less than 16 or more than 64.
        case lengthOutOfBounds

        /// What was expected.
        public var description: String {
            switch self {
            case .malformed:
                "Expected the hash of a password as $scrypt$ln=17,r=8,p=1$salt$hash, in base64 without padding."
            case .unknownFunction: "Expected the hash of a password by scrypt; it was made by another function."
            case .costOutOfBounds: "The hash of a password has a cost that scrypt or its limits here do not allow."
            case .lengthOutOfBounds: "Expected a hash of 16 to 64 octets with a salt of 8 to 64."
            }
        }
    }

    /// The hash as it is stored, in the PHC string format: `$scrypt$ln=17,r=8,p=1$salt$hash`.
    ///
    /// It is a secret: whoever has it can try passwords as fast as his machines allow.
    public var text: String {
        "$scrypt$\(cost)$\(Self.encode(salt))$\(Self.encode(key))"
    }

    /// Reads a hash that was stored.
    ///
    /// Each hash has one text alone: numbers without signs or leading zeros in this order, base64 without padding and
    /// unused bits.
    ///
    /// - Throws: `TextError`.
    public init(_ text: String) throws(TextError) {
        guard text.utf8.count <= Self.maximumTextOctets else { throw .malformed }
        let parts = text.utf8.split(separator: UInt8(ascii: "$"), omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[0].isEmpty, !parts[1].isEmpty else { throw .malformed }
        guard parts[1].elementsEqual("scrypt".utf8) else { throw .unknownFunction }
        guard parts.count == 5 else { throw .malformed }
        let cost = try Self.cost(parts[2])
        let (salt, key) = (try Self.decode(parts[3]), try Self.decode(parts[4]))
        guard 8...64 ~= salt.count, 16...64 ~= key.count else { throw .lengthOutOfBounds }
        self.init(cost: cost, salt: salt, key: key)
    }

    /// Longer than any hash within the bounds.
    private static let maximumTextOctets = 256

    private static func cost(_ text: Substring.UTF8View) throws(TextError) -> Cost {
        let pairs = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard pairs.count == 3 else { throw .malformed }
        let logN = try number(pairs[0], named: "ln=")
        let blockSize = try number(pairs[1], named: "r=")
        let parallelization = try number(pairs[2], named: "p=")
        guard let cost = Cost(logN: logN, blockSize: blockSize, parallelization: parallelization) else {
            throw .costOutOfBounds
        }
        return cost
    }

    /// The shortest decimal form of a number that is not negative.
    private static func number(_ text: Substring.UTF8View, named name: String) throws(TextError) -> Int {
        guard text.starts(with: name.utf8) else { throw .malformed }
        let digits = text.dropFirst(name.utf8.count)
        guard let first = digits.first, digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            first != UInt8(ascii: "0") || digits.count == 1
        else { throw .malformed }
        guard let number = Int(Substring(digits)) else { throw .costOutOfBounds }
        return number
    }

    /// The PHC string format's B64: the standard alphabet without padding, which but for two characters is that of
    /// URLs.
    private static func encode(_ octets: [UInt8]) -> String {
        Base64URL.encode(octets).replacing("-", with: "+").replacing("_", with: "/")
    }

    private static func decode(_ text: Substring.UTF8View) throws(TextError) -> [UInt8] {
        var symbols = [UInt8](text)
        for index in symbols.indices {
            switch symbols[index] {
            case UInt8(ascii: "+"): symbols[index] = UInt8(ascii: "-")
            case UInt8(ascii: "/"): symbols[index] = UInt8(ascii: "_")
            case UInt8(ascii: "-"), UInt8(ascii: "_"): throw .malformed
            default: break
            }
        }
        do {
            return try Base64URL.decode(symbols.span)
        } catch {
            throw .malformed
        }
    }
}
