/// What happened in a simulation, boiled down to a number: two runs that differ anywhere differ here.
struct TraceHash {
    private(set) var value: UInt64 = 0x243F_6A88_85A3_08D3

    mutating func mix(_ number: UInt64) {
        let product = (value ^ number).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        value = product.high ^ product.low
    }

    mutating func mix(_ octets: UnsafeRawBufferPointer) {
        mix(UInt64(octets.count))
        var place = 0
        while place + 8 <= octets.count {
            mix(octets.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            place += 8
        }
        while place < octets.count {
            mix(UInt64(octets[place]))
            place += 1
        }
    }
}
