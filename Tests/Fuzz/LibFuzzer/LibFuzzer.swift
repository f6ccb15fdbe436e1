import Foundation

private let fuzzer: Fuzzer = {
    let name = ProcessInfo.processInfo.environment["FUZZER"] ?? ""
    guard let fuzzer = Fuzzer.all.first(where: { $0.name == name }) else {
        print("error: set FUZZER to one of \(Fuzzer.all.map(\.name).joined(separator: ", "))")
        exit(2)
    }
    return fuzzer
}()

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
