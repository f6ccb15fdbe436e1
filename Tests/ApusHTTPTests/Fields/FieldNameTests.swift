import ApusHTTP
import Testing

@Suite struct FieldNameTests {
    @Test(arguments: [
        "", " ", "a b", "a:", ":a", "a\r\n", "a\0", "ä", "a(b", "a/b", "a,b", "a=b", "a\"", "[a]", "a{", "a@b",
    ])
    func `refuses what is not a token`(_ text: String) {
        #expect(throws: HTTP.FieldError.invalidName) { try HTTP.FieldName(validating: text) }
    }

    @Test func `takes every character of a token`() throws {
        // tchar, RFC 9110 §5.6.2
        let text = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
        #expect(try HTTP.FieldName(validating: text).spelling == text)
    }

    @Test func `compares in either case and keeps its spelling`() throws {
        let name = try HTTP.FieldName(validating: "cOnTeNt-TyPe")
        #expect(name == .contentType && name.hashValue == HTTP.FieldName.contentType.hashValue)
        #expect(name.description == "cOnTeNt-TyPe" && name.lowercased == "content-type")
        #expect(HTTP.FieldName.contentType != .contentLength)
    }

    @Test func `takes only letters for letters`() {
        // They differ in the same bit as the cases of a letter.
        #expect(HTTP.FieldName("a^") != HTTP.FieldName("a~"))
    }

    @Test func `stops a program that spells a name wrongly`() async {
        await #expect(processExitsWith: .failure) {
            let name: HTTP.FieldName = "not a name"
            print(name)
        }
    }
}
