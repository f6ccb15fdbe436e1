import Foundation

private let fuzzer: Fuzzer = {
    let name = ProcessInfo.processInfo.environment["FUZZER"] ?? ""
    guard let fuzzer = Fuzzer.all.first(where: { $0.name == name }) else {
        print("error: set FUZZER to one of \(Fuzzer.all.map(\.name).joined(separator: ", "))")
        exit(2)
    }
    // Swift keeps the cases of an enumeration in unused bits of references, where the search for leaks does not see that
    // they are references. What is made once and stays, such as keys, is left out of it; what each input makes is not.
    ignoreLeaks()
    try? fuzzer.check([])
    searchLeaks()
    return fuzzer
}()

@_silgen_name("__lsan_disable") private func ignoreLeaks()
@_silgen_name("__lsan_enable") private func searchLeaks()

/// What libFuzzer calls for each input; the environment variable FUZZER names the fuzzer.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    do {
        try fuzzer.check(Array(UnsafeBufferPointer(start: start, count: count)))
    } catch {
        fatalError("\(fuzzer.name): \(error)")
    }
    return 0
}
