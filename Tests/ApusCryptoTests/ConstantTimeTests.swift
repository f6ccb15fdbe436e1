import ApusCrypto
import Testing

@Suite struct ConstantTimeTests {
    @Test(arguments: [
        ("", "", true), ("a", "a", true), ("secret", "secret", true), ("secret", "secreT", false),
        ("secret", "Secret", false), ("secret", "secre", false), ("secret", "secret1", false), ("", "a", false),
        ("a", "", false),
    ])
    func `compares every octet and the lengths`(first: String, second: String, areEqual: Bool) {
        let (first, second) = ([UInt8](first.utf8), [UInt8](second.utf8))
        let answer = ConstantTime.equal(first.span, second.span)
        #expect(answer == areEqual)
    }
}
