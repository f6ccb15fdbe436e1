extension Span<UInt8> {
    /// Where a text in ASCII stands for the first time, from an offset on.
    func firstRange(of text: StaticString, from start: Int = 0) -> Range<Int>? {
        text.withUTF8Buffer { letters in
            guard count - start >= letters.count else { return nil }
            for position in start...count - letters.count
            where letters.indices.allSatisfy({ letters[$0] == self[position + $0] }) {
                return position..<position + letters.count
            }
            return nil
        }
    }
}
