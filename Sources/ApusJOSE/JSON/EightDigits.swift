/// Eight decimal digits as one word, the first of them lowest.
enum EightDigits {
    static let zeros: UInt64 = 0x3030_3030_3030_3030

    /// The least number that has more digits.
    static let limit: UInt = 100_000_000

    /// The number that they write; nil when one of the octets is no digit.
    static func value(_ word: UInt64) -> Int? {
        // A digit has 3 in its upper half, and still when 6 is added to it; no sum leaves its octet once the former is known.
        guard word & 0xF0F0_F0F0_F0F0_F0F0 == zeros, (word &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0 == zeros
        else { return nil }
        // Neighbours are joined to numbers of two digits, of four and of eight: the lower one, which was written first, counts for more.
        let digits = word &- zeros
        let pairs = (digits &* 10 &+ digits &>> 8) & 0x00FF_00FF_00FF_00FF
        let fours = (pairs &* 100 &+ pairs &>> 16) & 0x0000_FFFF_0000_FFFF
        return Int((fours &* 10_000 &+ fours &>> 32) & 0xFFFF_FFFF)
    }

    /// The digits of a number below the limit, zeros in front.
    static func word(of number: UInt) -> UInt64 {
        // The other way round: what is left of a number when its upper half is taken away goes up to the place behind it.
        // To divide, each part is multiplied by a little more than 2^20 / 100 or 2^10 / 10, which is exact for so few digits.
        let number = UInt64(number)
        let upper = number / 10_000
        let fours = upper | (number &- upper &* 10_000) &<< 32
        let hundreds = (fours &* 10_486) &>> 20 & 0x0000_007F_0000_007F
        let pairs = hundreds | (fours &- hundreds &* 100) &<< 16
        let tens = (pairs &* 103) &>> 10 & 0x000F_000F_000F_000F
        return (tens | (pairs &- tens &* 10) &<< 8) | zeros
    }
}
